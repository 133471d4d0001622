// Package templates is what the operations on templates do.
//
// It may import the standard library, sdk/ack, sdk/roa, and the behavior, catalog and world packages of acktest.
package templates

import "github.com/ackgen/ackgen/sdk/acktest/internal/behavior"

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"CreateTemplate":            behavior.Of(CreateTemplate),
		"DeleteTemplate":            behavior.Of(DeleteTemplate),
		"DescribeTemplateAttribute": behavior.Of(DescribeTemplateAttribute),
		"DescribeTemplates":         behavior.Of(DescribeTemplates),
		"UpdateTemplate":            behavior.Of(UpdateTemplate),
	}
}
