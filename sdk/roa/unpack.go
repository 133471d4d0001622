package roa

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
)

const (
	keyAcceptEncoding  = "Accept-Encoding"
	keyContentEncoding = "Content-Encoding"
)

// gzipOnly is the value of a field, and is shared by all requests.
var gzipOnly = []string{"gzip"}

// askPacked asks for a packed response where net/http would do so by itself. What it
// unpacks by itself nobody can count. The header must belong to the caller.
func askPacked(req *http.Request) bool {
	if req.Header == nil || req.Method == http.MethodHead || req.Header.Get(keyAcceptEncoding) != "" || req.Header.Get("Range") != "" {
		return false
	}
	req.Header[keyAcceptEncoding] = gzipOnly
	return true
}

// unpack makes a response to askPacked what it would be without packing.
func unpack(resp *http.Response) {
	if resp.ContentLength == 0 || !strings.EqualFold(resp.Header.Get(keyContentEncoding), "gzip") {
		return
	}
	resp.Body = &unpackedBody{packed: packedBody{ReadCloser: resp.Body}}
	resp.Header.Del(keyContentEncoding)
	resp.Header.Del("Content-Length")
	resp.ContentLength, resp.Uncompressed = -1, true
}

// unpackedBody is a body that came packed. Its reader is not kept for later responses,
// since it remembers the last 32 KiB of this one, which may be secret.
type unpackedBody struct {
	packed packedBody
	reader *gzip.Reader
	err    error // of Read, which fails with it from then on
}

// Read reads the body.
func (u *unpackedBody) Read(p []byte) (n int, err error) {
	if u.reader == nil && u.err == nil {
		u.reader, u.err = gzip.NewReader(&u.packed)
	}
	if u.err != nil {
		return 0, u.err
	}
	n, u.err = u.reader.Read(p)
	u.packed.gave += int64(n)
	return n, u.err
}

// Close closes the body, also while another goroutine reads it.
func (u *unpackedBody) Close() error { return u.packed.Close() }

// packedBody is the body as it comes from the network. It fails when it gives next to
// nothing: a server can send what unpacks to nothing for ever.
type packedBody struct {
	io.ReadCloser

	took, gave int64
}

const (
	// maxPacking is how many bytes a byte may be packed into. A server that sends each by
	// itself needs up to 11, which depends on its Go; all others need hardly more than one.
	maxPacking = 16
	// unpackedAhead is how much is unpacked before it is given out.
	unpackedAhead = 32 << 10
)

func (b *packedBody) Read(p []byte) (int, error) {
	if b.took > maxPacking*(b.gave+unpackedAhead) {
		return 0, fmt.Errorf("%w: %d bytes unpack to %d", ErrResponseTooLarge, b.took, b.gave)
	}
	n, err := b.ReadCloser.Read(p)
	b.took += int64(n)
	return n, err
}
