package world

import (
	"fmt"
	"strconv"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

// A Diagnosis is a search for the cause of a fault.
type Diagnosis struct {
	ID                string
	Type              ack.DiagnosisType
	Target            string // JSON
	Node              string // name of the node that it is about, if it is about one
	Status, Code      int64
	Message           string
	Created, Finished time.Time
	Items             []DiagnosisItem
}

// A DiagnosisItem is what a diagnosis has found in one place.
type DiagnosisItem struct {
	Name         string
	Level        ack.DiagnosisCheckItemLevel
	Value, Refer string
}

// Values of the status and of the code of a diagnosis.
const (
	DiagnosisCreated = iota
	DiagnosisRunning
	DiagnosisOver

	diagnosisFailed = 1
)

// Diagnose starts a diagnosis.
func (w *World) Diagnose(c *Cluster, d *Diagnosis) {
	d.ID, d.Created = w.NewHexID("", 32), w.Now()
	c.Diagnoses.Put(d.ID, d)
	dropOld(&c.Diagnoses)
	w.Start(diagnoseCluster, &Task{Hidden: true, ClusterID: c.ClusterID, Target: ack.TaskTarget{ID: d.ID, Type: "diagnosis"}})
}

// Diagnosis returns the diagnosis of an id, or the fault that there is none.
func (c *Cluster) Diagnosis(id string) (*Diagnosis, error) {
	if d := c.Diagnoses.Get(id); d != nil {
		return d, nil
	}
	return nil, NotFound("diagnosis", id)
}

func diagnosingCluster() *Kind {
	with := func(f func(*World, *Task, *Cluster, *Diagnosis)) func(*World, *Task) {
		return func(w *World, t *Task) {
			if c := w.Clusters.Get(t.ClusterID); c != nil {
				if d := c.Diagnoses.Get(t.Target.ID); d != nil {
					f(w, t, c, d)
				}
			}
		}
	}
	run := with(func(_ *World, _ *Task, _ *Cluster, d *Diagnosis) { d.Status = DiagnosisRunning })
	return &Kind{
		Type:   "cluster_diagnosis",
		Stages: []Stage{{Name: "create", After: 5 * time.Second}, {Name: "run", After: 2 * time.Minute}},
		Enter:  func(w *World, t *Task, _ string) { run(w, t) },
		Finish: with(func(w *World, _ *Task, c *Cluster, d *Diagnosis) {
			d.Status, d.Message, d.Finished, d.Items = DiagnosisOver, "success", w.Now(), c.diagnose(d)
		}),
		Fail: with(func(w *World, t *Task, _ *Cluster, d *Diagnosis) {
			d.Status, d.Code, d.Message, d.Finished = DiagnosisOver, diagnosisFailed, t.Failure.Message, w.Now()
		}),
	}
}

// diagnose looks at the cluster, and at the node that the diagnosis is about or at all of them.
func (c *Cluster) diagnose(d *Diagnosis) []DiagnosisItem {
	items := []DiagnosisItem{diagnosisItem("ClusterState", string(c.State), string(ack.ClusterStateRunning))}
	ready, all := 0, 0
	for _, n := range c.Nodes.All() {
		if d.Node == n.NodeName {
			return append(items,
				diagnosisItem("NodeStatus", string(n.NodeStatus), string(ack.NodeStatusReady)),
				diagnosisItem("InstanceStatus", string(n.InstanceStatus), string(ack.InstanceStatusRunning)),
				diagnosisItem("NodeSchedulable", strconv.FormatBool(!n.Unschedulable), "true"))
		}
		if all++; !isUnready(n) {
			ready++
		}
	}
	return append(items, diagnosisItem("NodesReady", strconv.Itoa(ready), strconv.Itoa(all)))
}

func diagnosisItem(name, value, refer string) DiagnosisItem {
	item := DiagnosisItem{Name: name, Level: ack.DiagnosisCheckItemLevelNormal, Value: value, Refer: refer}
	if value != refer {
		item.Level = ack.DiagnosisCheckItemLevelError
	}
	return item
}

// diagnosisTexts says what each check of a diagnosis is about.
func diagnosisTexts() map[string]Text {
	return map[string]Text{
		"ClusterState":    {"Checks whether the cluster is running.", "检查集群是否运行中。"},
		"NodeStatus":      {"Checks whether Kubernetes calls the node ready.", "检查节点是否就绪。"},
		"InstanceStatus":  {"Checks whether the instance of the node is running.", "检查节点实例是否运行中。"},
		"NodeSchedulable": {"Checks whether pods can be scheduled onto the node.", "检查节点是否可调度。"},
		"NodesReady":      {"Checks whether all nodes are ready.", "检查所有节点是否就绪。"},
	}
}

// Describe returns what the diagnosis has found, as the service describes it.
func (d *Diagnosis) Describe(language string) []ack.DiagnosisCheckItem {
	texts := diagnosisTexts()
	items := make([]ack.DiagnosisCheckItem, len(d.Items))
	for i, item := range d.Items {
		message := Text{"success", "正常"}
		if item.Level != ack.DiagnosisCheckItemLevelNormal {
			message = Text{fmt.Sprintf("It is %q, not %q.", item.Value, item.Refer), fmt.Sprintf("当前为 %q，应为 %q。", item.Value, item.Refer)}
		}
		group := "Cluster"
		if d.Node != "" && item.Name != "ClusterState" {
			group = "Node"
		}
		items[i] = ack.DiagnosisCheckItem{
			Name: item.Name, Display: item.Name, Desc: texts[item.Name].In(language), Group: group, Level: item.Level,
			Message: message.In(language), Value: item.Value, Refer: item.Refer,
		}
	}
	return items
}
