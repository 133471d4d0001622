package triggers

import (
	"strings"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// add adds a trigger to a cluster, or returns the fault why it cannot.
func add(w *world.World, clusterID string, t ack.Trigger) (*world.Trigger, error) {
	c, err := w.Cluster(clusterID)
	if err != nil {
		return nil, err
	}
	namespace, name, found := strings.Cut(t.ProjectID, "/")
	switch {
	case !found || namespace == "" || name == "" || strings.Contains(name, "/"):
		return nil, world.Invalid("The project_id is not a namespace and a name with a slash in between.")
	case t.Action != ack.TriggerActionRedeploy:
		return nil, world.Invalid("The action of a trigger is %s alone.", ack.TriggerActionRedeploy)
	case t.Type != ack.TriggerTypeDeployment && t.Type != ack.TriggerTypeApplication:
		return nil, world.Invalid("The type of a trigger is deployment or application.")
	}
	t.Name = name // No source tells where the name of a trigger comes from.
	return w.AddTrigger(c, t), nil
}

// created returns a trigger as the response to its creation has it: without its name and its token.
func created(t *world.Trigger) ack.Trigger {
	out := t.Trigger
	out.Name, out.Token = "", ""
	return out
}
