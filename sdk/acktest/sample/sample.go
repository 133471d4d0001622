// Package sample makes a state of the fake server in which everything is there that the
// examples of the spec name: what a reader copies out of the documentation works.
//
// It may import sdk/ack, sdk/acktest and sdk/roa.
package sample

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

// The ids that the examples of the spec name.
const (
	ClusterID    = "c82e6987e2961451182edacd74faf1234"
	NodePoolID   = "np31da1b38983f4511b490fc62108a615"
	NodeName     = "cn-beijing.192.168.0.36"
	InstanceID   = "i-bp11xjhwkj8k966u4x3c"
	TaskID       = "T-5a54309c80282e39ea00002f"
	TemplateID   = "874ec485-e7e6-4373-8a3b-47bde8ae789f"
	TriggerID    = "102536"
	PolicyID     = "allowed-repos-cbhhb" // of an instance of ACKAllowedRepos
	MachineID    = "cc0725ddf688744979cd98445f67e1234"
	PlanID       = "P-655c9c127e0e6603ef001234"
	CheckID      = "1697100584236600453-" + ClusterID + "-clustercheck-lboto"
	DiagnosisID  = "6f719f23098240818eb26fe3a37d1234"
	ReportID     = "5d6557c983064c45bed62ab2a2119cc7"
	RepairRuleID = "r-c2aa10f4b8d94e7f9b3c"
	UserID       = "236712345678901234" // of a RAM user
)

const (
	region = "cn-beijing"
	nodeIP = "192.168.0.36"
)

// Snapshot returns a snapshot for [acktest.WithSnapshot] and [acktest.Server.Restore]: a
// running cluster with a node pool of two nodes and add-ons, and one of each thing that
// has an id above. It is made by calls, and so is different each time in what has no id
// there. An error tells which call failed.
func Snapshot(ctx context.Context) ([]byte, error) {
	srv, err := acktest.Start()
	if err != nil {
		return nil, fmt.Errorf("make a sample: %w", err)
	}
	defer srv.Close()
	client, err := ack.New(append(srv.Options(), roa.WithRegion(region))...)
	if err != nil {
		return nil, fmt.Errorf("make a sample: %w", err)
	}
	defer client.CloseIdleConnections()
	s := &seeder{client: client, maintained: srv.Now().AddDate(0, 0, 3).Weekday()}
	for _, step := range []func(context.Context) error{s.cluster, s.pool, s.resources, s.access, s.runs, s.shared} {
		if err := step(ctx); err != nil {
			return nil, fmt.Errorf("make a sample: %w", err)
		}
	}
	srv.Advance(time.Hour) // until all that was begun has ended
	snapshot, err := srv.Snapshot()
	if err != nil {
		return nil, fmt.Errorf("make a sample: %w", err)
	}
	return []byte(strings.NewReplacer(s.ids...).Replace(string(snapshot))), nil
}

// A seeder creates things, and remembers which ids are to become which. Ids with others
// in them come first.
type seeder struct {
	client     *ack.Client
	maintained time.Weekday // not soon: the plan for that day has to be there still
	clusterID  string
	nodeName   string
	nodeIP     string
	ids        []string
}

func (s *seeder) rename(id, to string) { s.ids = append(s.ids, id, to) }
