// Package filelock lets one program at a time work on something. A lock is a file
// that is locked by the operating system, so that it ends with its program, however
// that ends. It imports only the standard library.
package filelock

import (
	"errors"
	"io"
)

// ErrLocked says that another program, or another part of this one, has the lock.
var ErrLocked = errors.New("it is locked")

// Lock locks a file, which it makes if it is not there, until the lock is closed. It
// does not wait: the error is [ErrLocked] when the file is locked. The file stays when
// the lock ends, since others may be about to lock it.
func Lock(path string) (io.Closer, error) { return lock(path) }
