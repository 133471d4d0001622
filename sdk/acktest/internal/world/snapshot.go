package world

import (
	stdjson "encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube"
	"github.com/ackgen/ackgen/sdk/roa"
)

// snapshotVersion changes with what older versions cannot read.
const snapshotVersion = 1

// A snapshot is a state as it is saved. It holds secrets.
type snapshot struct {
	Version  int                  `json:"version"`
	Now      time.Time            `json:"now"`
	IDs      []byte               `json:"ids"`
	Failures map[string][]Failure `json:"failures,omitempty"`
	Accounts Table[Account]       `json:"accounts"`
}

// snapshotOptions make what is restored equal to what was saved: secrets are revealed, nil is not empty, and the numbers of free JSON
// keep their digits.
var snapshotOptions = json.JoinOptions(
	json.Deterministic(true), jsontext.WithIndent("\t"), json.FormatNilSliceAsNull(true), json.FormatNilMapAsNull(true),
	json.WithMarshalers(json.JoinMarshalers(
		json.MarshalToFunc(func(enc *jsontext.Encoder, s roa.Secret) error { return enc.WriteToken(jsontext.String(s.Reveal())) }),
		json.MarshalToFunc(func(enc *jsontext.Encoder, n stdjson.Number) error { return enc.WriteValue(jsontext.Value(n)) }),
		json.MarshalToFunc(func(enc *jsontext.Encoder, d time.Duration) error { return enc.WriteToken(jsontext.String(d.String())) }),
	)),
	json.WithUnmarshalers(json.JoinUnmarshalers(
		json.UnmarshalFromFunc(readNumber), json.UnmarshalFromFunc(readDuration),
	)),
)

func readNumber(dec *jsontext.Decoder, out *any) error {
	if dec.PeekKind() != '0' {
		return errors.ErrUnsupported
	}
	text, err := dec.ReadValue()
	*out = stdjson.Number(text)
	return err // called by the decoder, which says where
}

func readDuration(dec *jsontext.Decoder, out *time.Duration) error {
	token, err := dec.ReadToken()
	if err == nil {
		*out, err = time.ParseDuration(token.String())
	}
	return err // called by the decoder, which says where
}

// Save returns the state as text. It holds secrets.
func (s *State) Save() ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.catchUp(s.clock.Now())
	s.saveObjects()
	ids, err := s.ids.source.MarshalBinary()
	if err != nil {
		return nil, fmt.Errorf("save state: %w", err)
	}
	text, err := json.Marshal(snapshot{Version: snapshotVersion, Now: s.now, IDs: ids, Failures: s.failures, Accounts: s.accounts}, snapshotOptions)
	if err != nil {
		return nil, fmt.Errorf("save state: %w", err)
	}
	return append(text, '\n'), nil
}

// Load replaces the state by one that was saved. A stepped clock goes on from the time of then, and another one from now on: what was to
// happen meanwhile happens at once. An error changes nothing, unless an address to serve a Kubernetes API at cannot be had.
func (s *State) Load(text []byte) error {
	var saved snapshot
	if err := json.Unmarshal(text, &saved, snapshotOptions); err != nil {
		return fmt.Errorf("load state: %w", withoutText(err))
	}
	if saved.Version != snapshotVersion {
		return fmt.Errorf("load state: its version is %d, and this program reads %d", saved.Version, snapshotVersion)
	}
	ids := newIDs(0)
	if err := ids.source.UnmarshalBinary(saved.IDs); err != nil {
		return fmt.Errorf("load state: ids: %w", err)
	}
	queue, err := queueOf(saved.Accounts, allKinds())
	if err != nil {
		return fmt.Errorf("load state: %w", err)
	}
	defer s.tell()
	s.mu.Lock()
	defer s.mu.Unlock()
	replace := func() error {
		s.replace(saved, ids, queue)
		return s.serveAgain()
	}
	if s.apis == nil {
		return replace()
	}
	if err := s.apis.Replace(replace); err != nil {
		return fmt.Errorf("load state: %w", err)
	}
	return nil
}

// replace puts what was saved in place of the present state.
func (s *State) replace(saved snapshot, ids *ids, queue []moment) {
	for _, accounts := range []Table[Account]{s.accounts, saved.Accounts} {
		for _, a := range accounts.All() {
			for id := range a.Clusters.All() {
				s.touched[id] = true
			}
		}
	}
	s.accounts, s.ids, s.failures = saved.Accounts, ids, saved.Failures
	if s.failures == nil {
		s.failures = make(map[string][]Failure)
	}
	s.queue, s.order = nil, 0
	for _, m := range queue {
		s.push(m)
	}
	s.clock.restart(saved.Now)
	s.catchUp(s.clock.Now())
	s.dirty = true
}

// withoutText keeps what was read, which holds secrets, out of an error.
func withoutText(err error) error {
	semantic, ok := errors.AsType[*json.SemanticError](err)
	if why, known := errors.AsType[kube.SnapshotError](err); ok && known {
		return fmt.Errorf("%s: %w", semantic.JSONPointer, why)
	}
	if ok {
		return fmt.Errorf("%s does not fit %s", semantic.JSONPointer, semantic.GoType)
	}
	if syntactic, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		return fmt.Errorf("byte %d is not JSON as expected", syntactic.ByteOffset)
	}
	return errors.New("it cannot be read")
}

// queueOf returns when something happens to the tasks that are under way, or what is wrong with an account.
func queueOf(accounts Table[Account], kinds map[string]*Kind) ([]moment, error) {
	var out []moment
	for id, a := range accounts.All() {
		if err := a.check(id, kinds); err != nil {
			return nil, err
		}
		for _, t := range a.Tasks.All() {
			if t.moves() {
				out = append(out, moment{due: t.Due, account: id, task: t.ID})
			}
		}
	}
	return out, nil
}

// check returns what is wrong with an account that was saved under an id: everything is found by the id that it has, and what is under way
// changes a cluster that is there.
func (a *Account) check(id string, kinds map[string]*Kind) error {
	if a.ID != id {
		return fmt.Errorf("account %s has another id", id)
	}
	for id, c := range a.Clusters.All() {
		if c.ClusterID != id {
			return fmt.Errorf("cluster %s has another id", id)
		}
		if err := c.check(); err != nil {
			return fmt.Errorf("cluster %s: %w", id, err)
		}
	}
	for id, t := range a.Tasks.All() {
		switch {
		case t.ID != id:
			return fmt.Errorf("task %s has another id", id)
		case kinds[t.Kind] == nil || len(t.Stages) == 0 || len(t.Stages) > len(t.Plan):
			return fmt.Errorf("task %s is of no known kind", id)
		case t.Active() && a.Clusters.Get(t.ClusterID) == nil:
			return fmt.Errorf("task %s is for a cluster that is missing", id)
		}
	}
	return nil
}

// check returns what is wrong with a cluster that was saved: node pools and nodes are found by the ids that they have, and no node is of a node pool
// that is missing.
func (c *Cluster) check() error {
	for id, p := range c.NodePools.All() {
		if p.NodePoolInfo.NodePoolID != id {
			return fmt.Errorf("node pool %s has another id", id)
		}
	}
	for id, n := range c.Nodes.All() {
		switch {
		case n.InstanceID != id:
			return fmt.Errorf("node %s has another id", id)
		case n.NodePoolID != "" && c.NodePools.Get(n.NodePoolID) == nil:
			return fmt.Errorf("node %s is of a node pool that is missing", id)
		}
	}
	return nil
}
