package clusters

import (
	"net/http"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/fault"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// kmsPause is how long a change of the encryption has to wait after another one.
const kmsPause = 5 * time.Minute

// UpdateKMSEncryption starts to change how the secrets of a cluster are encrypted.
func UpdateKMSEncryption(w *world.World, in *ack.UpdateKMSEncryptionRequest) (*ack.UpdateKMSEncryptionResponse, error) {
	c, err := w.ReadyCluster(in.ClusterID)
	disable, key := behavior.Value(in.DisableEncryption), behavior.Value(in.KMSKeyID)
	switch {
	case err != nil:
		return nil, err
	case !w.MayOperate(c):
		return nil, fault.New(http.StatusForbidden, string(ack.CodeForbiddenUpdateKMSState), "The role of the caller does not allow the change.")
	case !c.IsPro():
		return nil, world.Invalid("The cluster %s is not a Pro cluster.", c.ClusterID)
	case !disable && key == "":
		return nil, world.Missing("kms_key_id")
	case !c.Encryption.Changed.IsZero() && w.Now().Sub(c.Encryption.Changed) < kmsPause:
		return nil, world.Conflict("The encryption of the cluster %s changed less than five minutes ago.", c.ClusterID)
	case disable:
		key = ""
	}
	w.Encrypt(c, key)
	return &ack.UpdateKMSEncryptionResponse{}, nil
}
