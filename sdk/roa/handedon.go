package roa

import (
	"context"
	"errors"
	"io"
	"sync"
)

// ReadCloser is [io.ReadCloser], for responses that are streams: generated code does without
// package io.
type ReadCloser = io.ReadCloser

// handedOn is the body of a response that the caller of a call reads. What belongs to the call
// lives until the body was read to its end, or is closed.
type handedOn struct {
	body    io.ReadCloser
	explain func(error) error
	closing sync.Once
	closed  error
	ending  sync.Once
	ends    []func()
}

// Read reads the body.
func (h *handedOn) Read(p []byte) (int, error) {
	n, err := h.body.Read(p)
	if err == nil {
		return n, nil
	}
	if !errors.Is(err, io.EOF) {
		err = h.explain(err) // before the context of the call ends
	}
	h.end()
	return n, err
}

// Close closes the body, which ends the connection if there is more to read.
func (h *handedOn) Close() error {
	h.closing.Do(func() {
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
