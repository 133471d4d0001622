package roa

import (
	"context"
	"errors"
	"io"
	"sync"
	"sync/atomic"
)

// ReadCloser is [io.ReadCloser], for responses that are streams: generated code does without
// package io.
type ReadCloser = io.ReadCloser

// handedOn is the body of a response that the caller of a call reads. What belongs to the call
// lives until the body was read to its end, or is closed.
type handedOn struct {
	body    io.ReadCloser
	explain func(error) error
	failed  error // of Read, which fails with it from then on
	closing sync.Once
	shut    atomic.Bool
	closed  error
	ending  sync.Once
	ends    []func()
}

// Read reads the body.
func (h *handedOn) Read(p []byte) (int, error) {
	if h.failed != nil {
		return 0, h.failed
	}
	n, err := h.body.Read(p)
	switch {
	case err == nil:
		return n, nil
	case errors.Is(err, io.EOF), h.shut.Load():
		h.failed = err
	default:
		h.failed = h.explain(err) // before the context of the call ends
	}
	h.end()
	return n, h.failed
}

// Close closes the body, which ends the connection if there is more to read.
func (h *handedOn) Close() error {
	h.closing.Do(func() {
		h.shut.Store(true)
		h.closed = h.body.Close()
		h.end()
	})
	return h.closed
}

func (h *handedOn) end() {
	h.ending.Do(func() {
		for _, end := range h.ends {
			end()
		}
	})
}

// callEnd is what is left to do when a call is over.
type callEnd struct {
	cancel context.CancelFunc
	source bodySource // nil: the body was in memory
	stream *handedOn  // of the last attempt
	handed bool
}

// handOn gives the body of the response to the caller, with all that is left to do.
func (e *callEnd) handOn(to *ReadCloser) {
	if e.stream == nil {
		return
	}
	if e.source != nil {
		e.stream.ends = append(e.stream.ends, e.source.end) // it may still be sent
	}
	e.stream.ends = append(e.stream.ends, e.cancel)
	e.handed, *to = true, e.stream
}

// now does it, unless the caller got it.
func (e *callEnd) now() {
	if e.handed {
		return
	}
	if e.stream != nil {
		_ = e.stream.Close() // somebody who was told of the attempt has panicked
	}
	if e.source != nil {
		e.source.end()
	}
	e.cancel()
}
