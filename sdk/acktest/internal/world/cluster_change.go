package world

import (
	"slices"
	"strings"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

// A Change is what a task makes of a cluster when it ends well. Only one of its members is set.
type Change struct {
	Cluster         *ack.ModifyClusterRequest
	Encryption      *Encryption
	AuditLog        *AuditLog
	ControlPlaneLog *ControlPlaneLog
}

// An Encryption is how the secrets of a cluster are encrypted at rest.
type Encryption struct {
	KeyID   string // of KMS; empty while secrets are not encrypted
	Changed time.Time
}

// On reports whether secrets are encrypted.
func (e Encryption) On() bool { return e.KeyID != "" }

// ModifyCluster changes a cluster. What stands in rows alone changes at once; the rest takes time, in which the cluster is
// updating.
func (w *World) ModifyCluster(c *Cluster, in *ack.ModifyClusterRequest) *Task {
	c.set(in)
	c.Updated = w.Now()
	change := *in
	change.ControlPlaneConfig = nil // only dedicated clusters have such machines
	if in.ControlPlaneConfig != nil && c.ClusterType == ack.ClusterTypeKubernetes {
		machines := *in.ControlPlaneConfig
		machines.LoginPassword = nil // responses do not carry it
		change.ControlPlaneConfig = &machines
	}
	t := &Task{ClusterID: c.ClusterID, Change: &Change{Cluster: &change}}
	assign(&t.Token, in.ClientToken)
	if c.NeedsWork(&change) {
		return w.Start(modifyCluster, t)
	}
	w.setTimezone(c, in.Timezone)
	t = w.Start(setCluster, t)
	w.plan(c)
	return t
}

// Repeated returns the task that an earlier request with the same token started, or nil.
func (w *World) Repeated(c *Cluster, operation, token string) *Task {
	return w.Latest(func(t *Task) bool {
		return token != "" && t.Token == token && t.Operation == operation && t.ClusterID == c.ClusterID
	})
}

// set changes what only stands in the row of a cluster.
func (c *Cluster) set(in *ack.ModifyClusterRequest) {
	assign(&c.Name, in.ClusterName)
	assign(&c.DeletionProtection, in.DeletionProtection)
	assign(&c.MaintenanceWindow, in.MaintenanceWindow)
	assign(&c.OperationPolicy, in.OperationPolicy)
	assign(&c.ResourceGroupID, in.ResourceGroupID)
	assign(&c.SystemEvents, in.SystemEventsLogging)
}

// setTimezone moves a cluster into a time zone, if one is given. Regular inspections go by it from then on.
func (w *World) setTimezone(c *Cluster, zone *string) {
	if zone == nil || *zone == c.Timezone {
		return
	}
	c.Timezone = *zone
	if c.InspectConfig != nil {
		w.SetInspectConfig(c, c.InspectConfig)
	}
}

func assign[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

// NeedsWork reports whether a change is one of the control plane and its surroundings. That of a managed cluster restarts in another time
// zone.
func (c *Cluster) NeedsWork(in *ack.ModifyClusterRequest) bool {
	moves := c.IsManaged() && in.Timezone != nil && *in.Timezone != c.Timezone
	return moves || in.ClusterSpec != nil || in.APIServerEIP != nil || in.APIServerCustomCertSANs != nil || in.ControlPlaneEndpointsConfig != nil ||
		in.ControlPlaneConfig != nil || in.EnableRRSA != nil || in.SecurityGroupID != nil || in.VSwitchIDs != nil
}

// rebuild changes the control plane of a cluster and its surroundings.
func (w *World) rebuild(c *Cluster, in *ack.ModifyClusterRequest) {
	if in.ClusterSpec != nil {
		c.ClusterSpec = *in.ClusterSpec
		c.addRequired()
	}
	assign(&c.Public, in.APIServerEIP)
	w.expose(c)
	if sans := in.APIServerCustomCertSANs; sans != nil {
		if sans.Action == nil || *sans.Action != ack.APIServerCertSANsActionAppend {
			c.ExtraSANs = nil
		}
		c.ExtraSANs = slices.Concat(c.ExtraSANs, sans.SubjectAlternativeNames)
	}
	if in.ControlPlaneEndpointsConfig != nil {
		overlay(&c.ControlPlaneEndpointsConfig, in.ControlPlaneEndpointsConfig)
	}
	if in.ControlPlaneConfig != nil {
		overlay(&c.ControlPlaneConfig, in.ControlPlaneConfig)
		for _, n := range w.addMachines(c) {
			n.run()
		}
	}
	if in.EnableRRSA != nil {
		c.RRSAConfig.Enabled = *in.EnableRRSA
		w.completeRRSA(c)
	}
	w.setTimezone(c, in.Timezone)
	assign(&c.SecurityGroupID, in.SecurityGroupID)
	if in.VSwitchIDs != nil {
		c.VSwitchIDs, c.VSwitchID = in.VSwitchIDs, strings.Join(in.VSwitchIDs, ",")
	}
}

// MigrateCluster turns a cluster of the Basic edition into one of the Pro edition.
func (w *World) MigrateCluster(c *Cluster, spec ack.ClusterSpec) *Task {
	change := &Change{Cluster: &ack.ModifyClusterRequest{ClusterSpec: &spec}}
	return w.Start(migrateCluster, &Task{ClusterID: c.ClusterID, Change: change})
}

// Encrypt changes how the secrets of a cluster are encrypted. The service names no task.
func (w *World) Encrypt(c *Cluster, key string) {
	w.Start(encryptCluster, &Task{ClusterID: c.ClusterID, Hidden: true, Change: &Change{Encryption: &Encryption{KeyID: key}}})
}

// Configure sets parameters of components of the control plane. They can be read where the components count as add-ons, which
// is in Pro clusters.
func (w *World) Configure(c *Cluster, components []ack.ControlPlaneComponentConfig) {
	for _, component := range components {
		if a := c.Addons.Get(*component.Name); a != nil {
			a.configure(component.Configs)
		}
	}
	e := Event{Event: ack.Event{Type: ack.EventTypeClusterConfigurationModify, ClusterID: c.ClusterID, Subject: c.ClusterID}}
	e.Data = ack.EventData{Reason: "Succeeded", Message: "succeeded to modify cluster configuration " + c.ClusterID}
	w.Event(e)
}

// change makes what a task was for.
func (w *World) change(t *Task) {
	c := w.Clusters.Get(t.ClusterID)
	switch change := t.Change; {
	case change.Cluster != nil:
		w.rebuild(c, change.Cluster)
	case change.Encryption != nil:
		c.Encryption = Encryption{KeyID: change.Encryption.KeyID, Changed: w.Now()}
	case change.AuditLog != nil:
		c.AuditLog = *change.AuditLog
	case change.ControlPlaneLog != nil:
		c.ControlPlaneLog = *change.ControlPlaneLog
	}
	c.Updated = w.Now()
}

// changed makes what a task was for, and the cluster running again.
func (w *World) changed(t *Task) {
	w.change(t)
	w.setState(t.ClusterID, ack.ClusterStateRunning)
}

// changing returns a kind of change of the control plane, for which the cluster is in a state of its own. After a failure it
// runs as it did before: no source tells of another state.
func changing(typ string, event ack.EventType, state ack.ClusterState, after time.Duration) *Kind {
	return &Kind{
		Type:   typ,
		Event:  event,
		Stages: []Stage{{Name: "update_control_plane", After: after}},
		Start:  to(state),
		Finish: (*World).changed,
		Fail:   to(ack.ClusterStateRunning),
	}
}

// setting returns a kind of change that the cluster goes on running under.
func setting(typ string, event ack.EventType, after time.Duration, finish func(*World, *Task)) *Kind {
	return &Kind{Type: typ, Event: event, Stages: []Stage{{Name: "apply", After: after}}, Finish: finish}
}
