package upgrades

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// GetUpgradeStatus tells how far the latest upgrade of a cluster has come.
func GetUpgradeStatus(w *world.World, in *ack.GetUpgradeStatusRequest) (*ack.GetUpgradeStatusResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	t := w.LatestUpgrade(c)
	if t == nil {
		return &ack.GetUpgradeStatusResponse{UpgradeStep: ack.UpgradeStepNotStart}, nil
	}
	out := &ack.GetUpgradeStatusResponse{PrecheckReportID: t.ReportID, UpgradeStep: ack.UpgradeStepUpgrading}
	if t.Stage() == world.StagePrecheck {
		out.UpgradeStep = ack.UpgradeStepPrechecking
	}
	switch t.State {
	case world.TaskPaused:
		out.Status, out.UpgradeStep = ack.UpgradeStatePause, ack.UpgradeStepPause
	case world.TaskSuccess:
		out.Status, out.UpgradeStep, out.UpgradeTask.Status = ack.UpgradeStateSuccess, ack.UpgradeStepSuccess, ack.UpgradeTaskStatusSuccess
	case world.TaskFailed:
		fail(out, t.Failure.Message)
	case world.TaskCanceled: // no source tells what becomes of the state, and it is over
		fail(out, "the upgrade was canceled")
	default:
		out.Status, out.UpgradeTask.Status = ack.UpgradeStateRunning, ack.UpgradeTaskStatusRunning
	}
	return out, nil
}

func fail(out *ack.GetUpgradeStatusResponse, why string) {
	out.Status, out.ErrorMessage = ack.UpgradeStateFail, why
	out.UpgradeTask = ack.UpgradeTask{Status: ack.UpgradeTaskStatusFailed, Message: why}
}
