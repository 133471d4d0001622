package roa

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/ackgen/ackgen/sdk/internal/nilcheck"
)

// Reader is [io.Reader], for [Request.Stream]: generated code does without package io.
type Reader = io.Reader

// Stream sets the body to what a reader holds from where it stands, as it is. Its media type
// is that of the operation, or else application/octet-stream; [CallHeader] can set another. Nil
// means no body.
//
// The signature covers the whole body, so that it is read before anything is sent. An
// [io.Seeker] is then read again from the same place for each attempt, and must not change until the
// call is over; from then on nothing reads it. Everything else is kept in memory, however much
// it is. The reader is not closed, and stands anywhere afterwards: who makes another call with it
// seeks to its beginning before.
func (r *Request) Stream(body Reader) {
	if !nilcheck.IsNil(body) {
		r.stream, r.hasBody = &readerBody{from: body}, true
	}
}

// readerBody is a body that is read as often as it is sent. What net/http still does with an
// attempt that is over must not disturb the next one, so that only one reads at a time.
type readerBody struct {
	from        io.Reader
	again       io.ReadSeeker // the same, or what was kept of it
	start, size int64

	mu   sync.Mutex
	turn *bodyTurn
}

func (b *readerBody) load(ctx context.Context) (size int64, hash string, err error) {
	if b.again, b.start, err = seekable(ctx, b.from); err != nil {
		return 0, "", readBodyError(ctx, err)
	}
	sum := sha256.New()
	if b.size, err = io.Copy(sum, contextReader{ctx, b.again}); err != nil {
		return 0, "", readBodyError(ctx, err)
	}
	return b.size, hex.EncodeToString(sum.Sum(nil)), nil
}

// seekable returns a reader that can be sought back to where it starts. Pipes have a method
// to seek that fails.
func seekable(ctx context.Context, from io.Reader) (again io.ReadSeeker, start int64, err error) {
	if seeker, ok := from.(io.ReadSeeker); ok {
		if start, err = seeker.Seek(0, io.SeekCurrent); err == nil {
			return seeker, start, nil
		}
	}
	data, err := io.ReadAll(contextReader{ctx, from})
	return bytes.NewReader(data), 0, err
}

func readBodyError(ctx context.Context, err error) error {
	return fmt.Errorf("read body: %w", contextError(ctx, err))
}

// contextReader reads until a context ends.
type contextReader struct {
	ctx  context.Context // of the one call that reads
	from io.Reader
}

func (r contextReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.from.Read(p)
}

func (b *readerBody) open() (io.ReadCloser, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, err := b.again.Seek(b.start, io.SeekStart); err != nil {
		return nil, fmt.Errorf("read body again: %w", err)
	}
	b.turn = &bodyTurn{body: b, left: b.size}
	return b.turn, nil
}

func (b *readerBody) end() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn = nil
}

// bodyTurn reads the body for one sending.
type bodyTurn struct {
	body *readerBody
	left int64
}

var errTurnOver = errors.New("body is not sent any more")

func (t *bodyTurn) Read(p []byte) (int, error) {
	t.body.mu.Lock()
	defer t.body.mu.Unlock()
	switch {
	case t.body.turn != t:
		return 0, errTurnOver
	case t.left == 0:
		return 0, io.EOF
	}
	n, err := t.body.again.Read(p[:min(int64(len(p)), t.left)])
	t.left -= int64(n)
	if errors.Is(err, io.EOF) {
		if err = nil; t.left > 0 {
			err = io.ErrUnexpectedEOF // it has become shorter
		}
	}
	return n, err
}

// Close ends the turn. The reader belongs to the program.
func (t *bodyTurn) Close() error {
	t.body.mu.Lock()
	defer t.body.mu.Unlock()
	if t.body.turn == t {
		t.body.turn = nil
	}
	return nil
}
