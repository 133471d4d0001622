package world

// DeleteContact notes that a contact for alerts is deleted.
func (w *World) DeleteContact(id int64) {
	if w.DeletedContacts == nil {
		w.DeletedContacts = make(map[int64]bool)
	}
	w.DeletedContacts[id] = true
}

// DeleteContactGroup notes that a group of contacts is deleted.
func (w *World) DeleteContactGroup(id int64) {
	if w.DeletedContactGroups == nil {
		w.DeletedContactGroups = make(map[int64]bool)
	}
	w.DeletedContactGroups[id] = true
}
