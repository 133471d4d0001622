package roa

import (
	"context"
	"io"
)

// bodySource is a body that does not lie in memory. Only programs that have one link what
// implements it.
type bodySource interface {
	// load reads it once, and returns its length and its hash in hexadecimal.
	load(ctx context.Context) (size int64, hash string, err error)
	// open begins to read it again. What was opened before fails from then on.
	open() (io.ReadCloser, error)
	// end makes what was opened fail.
	end()
}
