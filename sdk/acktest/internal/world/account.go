package world

import "github.com/ackgen/ackgen/sdk/ack"

// An Account is an Alibaba Cloud account with all that it has in ACK.
type Account struct {
	ID       string
	Clusters Table[Cluster]
	// Tasks holds those of deleted clusters, too, as somebody may wait for their end.
	Tasks  Table[Task]
	Events []ack.Event
}

// account returns the account of an id, which exists as soon as somebody asks for it.
func (s *State) account(id string) *Account {
	if a := s.accounts.Get(id); a != nil {
		return a
	}
	a := &Account{ID: id}
	s.accounts.Put(id, a)
	return a
}
