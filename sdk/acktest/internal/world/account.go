package world

import "github.com/ackgen/ackgen/sdk/ack"

// An Account is an Alibaba Cloud account with all that it has in ACK.
type Account struct {
	ID            string
	Quota         Quota
	ResourceGroup string                     // id of the default one
	Orders        map[ack.ServicePlan]string // ids of those that opened the service
	Clusters      Table[Cluster]
	// Tasks holds those of deleted clusters, too, as somebody may wait for their end.
	Tasks   Table[Task]
	Events  []Event // the oldest first
	LastLog int64   // id of the latest line of a log of a cluster
	// Released holds the ids of the instances that were released last: they cannot be attached again.
	Released []string

	Templates    Table[Template] // by the id that the versions share
	LastTrigger  int64           // id of the latest trigger
	Grants       []Grant         // in all clusters
	EdgeMachines Table[EdgeMachine]
	// Ids of contacts and groups of contacts for alerts that were deleted.
	DeletedContacts, DeletedContactGroups map[int64]bool
}

// account returns the account of an id, which exists as soon as somebody asks for it.
func (s *State) account(id string) *Account {
	if a := s.accounts.Get(id); a != nil {
		return a
	}
	a := &Account{ID: id, Quota: s.quota, ResourceGroup: "rg-acfm" + s.ids.text(idDigits, 11)}
	s.accounts.Put(id, a)
	s.dirty = true
	return a
}
