// Package events is what the operations on events do.
//
// It may import the standard library, sdk/ack, and the behavior and world packages of acktest.
package events

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
)

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"DescribeClusterEvents":   behavior.Of(DescribeClusterEvents),
		"DescribeEvents":          behavior.Of(DescribeEvents),
		"DescribeEventsForRegion": behavior.Of(DescribeEventsForRegion),
	}
}

// How many events a page holds unless the request says otherwise, and at most.
const (
	usualPage   = 50
	largestPage = 100
)

func list(events []ack.Event, page behavior.Page) (ack.EventList, error) {
	var out ack.EventList
	var err error
	out.Events, out.PageInfo, out.NextToken, err = behavior.Paged(events, page, usualPage, largestPage)
	return out, err
}
