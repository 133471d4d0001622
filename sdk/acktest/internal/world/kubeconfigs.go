package world

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/pki"
)

// An Authority signs the certificates of a cluster. A snapshot holds its key.
type Authority struct{ *pki.Authority }

// MarshalJSONTo writes all that the authority consists of.
func (a Authority) MarshalJSONTo(enc *jsontext.Encoder) error {
	snapshot, err := a.Snapshot()
	if err != nil {
		return fmt.Errorf("save authority: %w", err)
	}
	return json.MarshalEncode(enc, snapshot)
}

// UnmarshalJSONFrom reads what MarshalJSONTo wrote.
func (a *Authority) UnmarshalJSONFrom(dec *jsontext.Decoder) (err error) {
	var snapshot pki.Snapshot
	if err = json.UnmarshalDecode(dec, &snapshot); err != nil {
		return err
	}
	a.Authority, err = pki.Restore(snapshot)
	return err
}

// A Holder is a RAM user, a RAM role or the account itself, with its kubeconfig for a cluster.
type Holder struct {
	User string
	// The present certificate and its key in PEM. They are empty if there is none.
	Certificate, Key string
	NotAfter         time.Time // of the present certificate
	// Expires is when the last of all certificates ends, those of temporary kubeconfigs among them.
	Expires time.Time
	Hours   int64     // how long the next certificate is valid; 0 is three years
	Used    time.Time // when the user last came to the Kubernetes API
	Removed bool
}

// CertState returns how the certificates of a holder are.
func (h *Holder) CertState(now time.Time) ack.KubeconfigCertState {
	switch {
	case h == nil:
		return ack.KubeconfigCertStateUnissued
	case h.Removed:
		return ack.KubeconfigCertStateRemoved
	case h.Expires.IsZero():
		return ack.KubeconfigCertStateUnissued
	case now.Before(h.Expires):
		return ack.KubeconfigCertStateUnexpired
	}
	return ack.KubeconfigCertStateExpired
}

// UserID returns the id of the caller: that of the RAM user, or of the account.
func (w *World) UserID() string { return cmp.Or(w.Caller.User, w.ID) }

// ServingCluster returns the cluster of an id that has a Kubernetes API by now, or the fault why it has none.
func (w *World) ServingCluster(id string) (*Cluster, error) {
	c, err := w.Cluster(id)
	if err != nil {
		return nil, err
	}
	if c.State == ack.ClusterStateInitial || c.State == ack.ClusterStateFailed {
		return nil, Conflict("The cluster %s is %s and has no API server.", id, c.State)
	}
	return c, nil
}

// Signer returns the authority of the cluster, which is made when it is first needed.
func (c *Cluster) Signer() (*pki.Authority, error) {
	if c.Authority == nil {
		made, err := pki.New()
		if err != nil {
			return nil, fmt.Errorf("make authority: %w", err)
		}
		c.Authority = &Authority{made}
	}
	return c.Authority.Authority, nil
}

// Holder returns the row of a user in a cluster, which exists as soon as somebody asks for it.
func (c *Cluster) Holder(user string) *Holder {
	if h := c.Holders.Get(user); h != nil {
		return h
	}
	h := &Holder{User: user}
	c.Holders.Put(user, h)
	return h
}

// Kubeconfig returns the certificate of a user, the same one until it expires.
func (w *World) Kubeconfig(c *Cluster, user string) (pki.Client, error) {
	if h := c.Holders.Get(user); h != nil && h.Certificate != "" && w.Now().Before(h.NotAfter) {
		return pki.Client{Certificate: []byte(h.Certificate), Key: []byte(h.Key), NotAfter: h.NotAfter}, nil
	}
	return w.Renew(c, user)
}

// Renew gives a user a new certificate. Those from before stay valid.
func (w *World) Renew(c *Cluster, user string) (pki.Client, error) {
	until := w.Now().AddDate(3, 0, 0)
	if h := c.Holders.Get(user); h != nil && h.Hours > 0 {
		until = w.Now().Add(time.Duration(h.Hours) * time.Hour)
	}
	issued, err := w.Issue(c, user, until)
	if err != nil {
		return pki.Client{}, err
	}
	h := c.Holder(user)
	h.Certificate, h.Key, h.NotAfter = string(issued.Certificate), string(issued.Key), issued.NotAfter
	return issued, nil
}

// Issue returns another certificate for a user, which nobody keeps.
func (w *World) Issue(c *Cluster, user string, until time.Time) (pki.Client, error) {
	signer, err := c.Signer()
	if err != nil {
		return pki.Client{}, err
	}
	who := pki.User{Name: user, Groups: []string{"system:users"}}
	if user == w.ID {
		who.Groups = []string{"system:masters"}
	}
	until = until.Truncate(time.Second) // as in certificates
	issued, err := signer.Issue(who, w.Now(), until)
	if err != nil {
		return pki.Client{}, fmt.Errorf("issue certificate: %w", err)
	}
	w.NoteChange()
	h := c.Holder(user)
	h.Removed = false
	if until.After(h.Expires) {
		h.Expires = until
	}
	return issued, nil
}

// RevokeKubeconfig makes all certificates of a user invalid.
func (c *Cluster) RevokeKubeconfig(user string) {
	if c.Authority != nil {
		c.Authority.RevokeUser(user)
	}
	c.Holders.Put(user, &Holder{User: user})
}

// RemoveKubeconfig does the same for good: the user has no kubeconfig any more.
func (c *Cluster) RemoveKubeconfig(user string) {
	if c.Holders.Get(user) == nil {
		return
	}
	c.RevokeKubeconfig(user)
	c.Holder(user).Removed = true
}

// KubernetesAPIs serves the Kubernetes APIs of clusters. Its methods are called under the lock of the state, and must not use that.
type KubernetesAPIs interface {
	// Serve serves the API of a cluster, which keeps the objects of the cluster, and returns where it listens.
	Serve(account string, c *Cluster, authority *pki.Authority) (address string, err error)
	// Objects returns what the API of a cluster keeps, or nil where it is not served.
	Objects(clusterID string) *kube.Snapshot
	// Replace ends all APIs and calls a function that replaces the clusters and serves them. Servers go on where the cluster is the same. An error
	// is that of the function, or says that there will be no other APIs and that it was not called.
	Replace(clusters func() error) error
}

// ServeClusters tells the state who serves the Kubernetes APIs of its clusters. Nobody may be using the state yet.
func (s *State) ServeClusters(apis KubernetesAPIs) { s.apis = apis }

// saveObjects takes over from the Kubernetes APIs what these keep.
func (s *State) saveObjects() {
	if s.apis == nil {
		return
	}
	for _, account := range s.accounts.All() {
		for id, c := range account.Clusters.All() {
			if objects := s.apis.Objects(id); objects != nil {
				c.Objects = objects
			}
		}
	}
}

// APIServer returns the URL of the Kubernetes API of a cluster: the one inside of the VPC where that is wanted or there is no
// other. Where somebody serves the APIs of clusters, this one is served from now on.
func (w *World) APIServer(c *Cluster, private bool) (string, error) {
	if w.state.apis != nil {
		signer, err := c.Signer()
		if err != nil {
			return "", err
		}
		address, err := w.state.apis.Serve(w.ID, c, signer)
		if err != nil {
			return "", fmt.Errorf("serve the Kubernetes API of %s: %w", c.ClusterID, err)
		}
		if address != c.APIAddress {
			c.APIAddress = address
			w.NoteChange()
		}
	}
	public, inside := c.endpoints()
	if private || public == "" {
		return inside, nil
	}
	return public, nil
}

// endpoints returns the public URL of the Kubernetes API, which is empty where there is none, and the one inside of the VPC. Once the API is
// served, both are on this machine, which the private one calls localhost.
func (c *Cluster) endpoints() (public, private string) {
	public, private = c.PublicURL, c.PrivateURL
	if c.APIAddress == "" {
		return public, private
	}
	served := "https://" + c.APIAddress
	if public != "" {
		public = served
	}
	return public, strings.Replace(served, "127.0.0.1", "localhost", 1)
}

// ServeAgain serves the Kubernetes APIs of all clusters for which that was asked for before, at their addresses if these are free: kubeconfigs
// from before go on to work.
func (s *State) ServeAgain() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.serveAgain()
}

func (s *State) serveAgain() error {
	for id, account := range s.accounts.All() {
		w := &World{Account: account, Caller: Caller{Account: id}, state: s}
		for _, c := range account.Clusters.All() {
			if c.APIAddress == "" {
				continue
			}
			if _, err := w.APIServer(c, false); err != nil {
				return err
			}
		}
	}
	return nil
}

// LookAt shows a cluster to a function that changes nothing, if it is there.
func (s *State) LookAt(account, clusterID string, f func(*Cluster)) {
	_ = s.Do(Call{Caller: Caller{Account: account}, Reads: true}, func(w *World) error {
		if c := w.Clusters.Get(clusterID); c != nil {
			f(c)
		}
		return nil
	})
}

// HasCluster reports whether there is such a cluster.
func (s *State) HasCluster(account, clusterID string) (found bool) {
	s.LookAt(account, clusterID, func(*Cluster) { found = true })
	return found
}
