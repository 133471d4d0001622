package roa

import (
	"errors"
	"fmt"
	"io"
	"sync"
)

// ErrResponseTooLarge is the cause of errors about responses above the limit of
// [WithMaxResponseSize], and about packed ones that unpack to next to nothing.
var ErrResponseTooLarge = errors.New("response is too large")

// maxErrorBody is how much of an error's body is read. It must be all of it, as the code
// may come last and as only then the connection can be used again.
const maxErrorBody = maxPooledBuffer

// maxPooledBuffer is the largest buffer that is kept for later responses.
const maxPooledBuffer = 1 << 20

// bodyBuffer reads bodies into memory that is used again.
type bodyBuffer struct{ data []byte }

var bufferPool sync.Pool

func getBuffer() *bodyBuffer {
	if b, ok := bufferPool.Get().(*bodyBuffer); ok {
		return b
	}
	return new(bodyBuffer)
}

// putBuffer gives a buffer back. Its content is wiped as responses hold secrets,
// and memory in a pool lives long.
func putBuffer(b *bodyBuffer) {
	if cap(b.data) > maxPooledBuffer {
		return
	}
	clear(b.data)
	b.data = b.data[:0]
	bufferPool.Put(b)
}

// read reads a body of at most limit bytes. A declared length is not trusted
// for more than a pooled buffer holds.
func (b *bodyBuffer) read(body io.Reader, declared, limit int64) error {
	if declared > limit {
		return fmt.Errorf("%w: it has %d bytes and the limit is %d", ErrResponseTooLarge, declared, limit)
	}
	// One byte more than declared, to see the end without growing.
	b.grow(min(declared+1, maxPooledBuffer))
	if err := b.readUpTo(body, limit+1); err != nil {
		return err
	}
	if int64(len(b.data)) > limit {
		return fmt.Errorf("%w: it has more than %d bytes", ErrResponseTooLarge, limit)
	}
	return nil
}

// readPrefix reads what there is of a body, up to a limit. A body that breaks off
// still tells more than the reason why it did.
func (b *bodyBuffer) readPrefix(body io.Reader, limit int64) { _ = b.readUpTo(body, limit) }

// readUpTo reads to the end or to maxLen bytes. It never reserves more memory
// than that.
func (b *bodyBuffer) readUpTo(body io.Reader, maxLen int64) error {
	for int64(len(b.data)) < maxLen {
		if len(b.data) == cap(b.data) {
			b.grow(min(maxLen, 2*int64(cap(b.data))+4096))
		}
		n, err := body.Read(b.data[len(b.data):min(int64(cap(b.data)), maxLen)])
		b.data = b.data[:len(b.data)+n]
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// grow makes room for size bytes in all.
func (b *bodyBuffer) grow(size int64) {
	if int64(cap(b.data)) >= size {
		return
	}
	data := make([]byte, len(b.data), size)
	copy(data, b.data)
	b.data = data
}
