package world

import (
	"encoding/base64"
	"strconv"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// A Trigger is a link that redeploys an application of a cluster.
type Trigger struct {
	ack.Trigger
}

// firstTrigger is the id before that of the first trigger of an account.
const firstTrigger = 100_000

// AddTrigger adds a trigger to a cluster, and gives it an id and a token. The token looks like those of the service: no source
// tells what is in it.
func (w *World) AddTrigger(c *Cluster, t ack.Trigger) *Trigger {
	w.LastTrigger = max(w.LastTrigger, firstTrigger) + 1
	t.ID, t.ClusterID = strconv.FormatInt(w.LastTrigger, 10), c.ClusterID
	encode := base64.RawURLEncoding.EncodeToString
	claims := `{"clusterId":"` + t.ClusterID + `","id":"` + t.ID + `"}`
	t.Token = roa.Secret(encode([]byte(`{"alg":"RS256","typ":"JWT"}`)) + "." + encode([]byte(claims)) + "." + w.NewID("", 64))
	row := &Trigger{Trigger: t}
	c.Triggers.Put(t.ID, row)
	return row
}

// DeleteTrigger removes the trigger of an id from whichever cluster of the account has it.
func (w *World) DeleteTrigger(id string) error {
	for _, c := range w.Clusters.All() {
		if c.Triggers.Get(id) != nil {
			c.Triggers.Delete(id)
			return nil
		}
	}
	return NotFound("trigger", id)
}
