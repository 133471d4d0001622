package autoscaling

import (
	"regexp"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// CreateAutoscalingConfig configures how a cluster scales its nodes. What the request leaves out stays.
func CreateAutoscalingConfig(w *world.World, in *ack.CreateAutoscalingConfigRequest) (*ack.CreateAutoscalingConfigResponse, error) {
	c, err := w.ReadyCluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	if err := check(in); err != nil {
		return nil, err
	}
	if c.NextAutoscaling != nil {
		return nil, world.Conflict("The autoscaling of the cluster %s is being configured.", c.ClusterID)
	}
	t := w.ConfigureAutoscaling(c, in)
	return &ack.CreateAutoscalingConfigResponse{TaskReference: ack.TaskReference{ClusterID: t.ClusterID, TaskID: t.ID}}, nil
}

// The forms of texts. Documents write durations with their units, with a blank in between, and without.
var (
	minutes = regexp.MustCompile(`^([1-9]|[1-5][0-9]|60)( ?m)?$`)
	seconds = regexp.MustCompile(`^[1-9][0-9]*( ?s)?$`)
	share   = regexp.MustCompile(`^(0(\.[0-9]+)?|1(\.0+)?)$`)
	rank    = regexp.MustCompile(`^([1-9][0-9]?|100)$`)
)

// check returns the fault of a configuration that is wrong.
func check(in *ack.CreateAutoscalingConfigRequest) error {
	for _, field := range []struct {
		name string
		text *string
		form *regexp.Regexp
	}{
		{"scan_interval", in.ScanInterval, seconds},
		{"unneeded_duration", in.UnneededDuration, minutes},
		{"cool_down_duration", in.CoolDownDuration, minutes},
		{"utilization_threshold", in.UtilizationThreshold, share},
		{"gpu_utilization_threshold", in.GPUUtilizationThreshold, share},
	} {
		if field.text != nil && !field.form.MatchString(*field.text) {
			return world.Invalid("The %s is wrong.", field.name)
		}
	}
	for priority := range in.Priorities {
		if !rank.MatchString(priority) {
			return world.Invalid("The keys of priorities are whole numbers from 1 to 100.")
		}
	}
	return nil
}
