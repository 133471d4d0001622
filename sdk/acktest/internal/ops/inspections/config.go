package inspections

import (
	"strconv"
	"strings"

	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// configOf returns a cluster with its configuration, or the fault that there is none.
func configOf(w *world.World, clusterID string) (*world.Cluster, *world.InspectConfig, error) {
	c, err := w.Cluster(clusterID)
	if err != nil {
		return nil, nil, err
	}
	if c.InspectConfig == nil {
		return nil, nil, world.NotFound("configuration of inspections of the cluster", clusterID)
	}
	return c, c.InspectConfig, nil
}

// schedule sets when a cluster is inspected: daily, at one hour and minute. The name is that of the parameter.
func schedule(config *world.InspectConfig, name, rule string) error {
	parts := make(map[string]string)
	for part := range strings.SplitSeq(rule, ";") {
		key, value, found := strings.Cut(part, "=")
		if _, twice := parts[key]; !found || twice {
			return world.Invalid("The parameter %s is not a rule of RFC 5545.", name)
		}
		parts[key] = value
	}
	hour, okHour := within(parts["BYHOUR"], 23)
	minute, okMinute := within(parts["BYMINUTE"], 59)
	if parts["FREQ"] != "DAILY" || !okHour || !okMinute || len(parts) != 3 {
		return world.Invalid("The parameter %s does not consist of FREQ=DAILY, BYHOUR and BYMINUTE.", name)
	}
	config.Recurrence, config.Hour, config.Minute = rule, hour, minute
	return nil
}

// within returns a number from 0 to a limit.
func within(text string, limit int) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 0 && n <= limit
}
