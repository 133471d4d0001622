package roa

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// faultServer accepts connections on loopback and hands each to a function. It
// counts the requests whose header arrived whole.
type faultServer struct {
	listener net.Listener
	requests atomic.Int32
	wg       sync.WaitGroup
	mu       sync.Mutex
	conns    []net.Conn
	cancel   context.CancelFunc // ends the call of the test
	nonces   []string
}

// endCall cancels the context of the call.
func (s *faultServer) endCall() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cancel != nil {
		s.cancel()
	}
}

func (s *faultServer) setCancel(cancel context.CancelFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cancel = cancel
}

// seen returns the nonces of the requests so far.
func (s *faultServer) seen() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.nonces)
}

func startFaultServer(t *testing.T, handle func(s *faultServer, conn net.Conn)) *faultServer {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s := &faultServer{listener: listener}
	s.wg.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			s.mu.Lock()
			s.conns = append(s.conns, conn)
			s.mu.Unlock()
			s.wg.Go(func() {
				defer func() { _ = conn.Close() }()
				handle(s, conn)
			})
		}
	})
	return s
}

// stop closes everything and waits for the end of all handlers.
func (s *faultServer) stop() {
	_ = s.listener.Close()
	s.mu.Lock()
	for _, conn := range s.conns {
		_ = conn.Close()
	}
	s.mu.Unlock()
	s.wg.Wait()
}

// serve reads requests from a connection and calls answer for each, until that
// returns false.
func serve(answer func(s *faultServer, conn net.Conn) bool) func(*faultServer, net.Conn) {
	return func(s *faultServer, conn net.Conn) {
		r := bufio.NewReader(conn)
		for {
			req, err := http.ReadRequest(r)
			if err != nil {
				return
			}
			s.requests.Add(1)
			_, _ = io.Copy(io.Discard, req.Body)
			s.mu.Lock()
			s.nonces = append(s.nonces, req.Header.Get(keyAcsNonce))
			s.mu.Unlock()
			if !answer(s, conn) {
				return
			}
		}
	}
}

// reply answers every request with this text.
func reply(status int, header, body string) func(*faultServer, net.Conn) {
	return serve(func(_ *faultServer, conn net.Conn) bool {
		_, err := fmt.Fprintf(conn, "HTTP/1.1 %d X\r\n%sContent-Length: %d\r\n\r\n%s", status, header, len(body), body)
		return err == nil
	})
}

// raw writes a text after each request and closes the connection.
func raw(text string) func(*faultServer, net.Conn) {
	return serve(func(_ *faultServer, conn net.Conn) bool {
		_, _ = io.WriteString(conn, text)
		return false
	})
}

// refuse is a proxy that makes no connection.
func refuse(status int) func(*faultServer, net.Conn) {
	return func(_ *faultServer, conn net.Conn) {
		_, _ = http.ReadRequest(bufio.NewReader(conn))
		_, _ = fmt.Fprintf(conn, "HTTP/1.1 %d CANARY\r\nContent-Length: 0\r\n\r\n", status)
	}
}

// silent accepts a connection and never says a word.
func silent(_ *faultServer, conn net.Conn) { wait(conn) }

// goAway is an HTTP/2 server that processes no request: it ends each connection after the
// first, with the frame that says so.
func goAway(s *faultServer, raw net.Conn) {
	const data, headers, settings, goaway, endStream = 0, 1, 4, 7, 1
	conn := tls.Server(raw, unknownCertificate)
	frame := func(kind, size byte) { // of zeros
		_, _ = conn.Write(append([]byte{0, 0, size, kind, 0, 0, 0, 0, 0}, make([]byte, size)...))
	}
	_, _ = io.CopyN(io.Discard, conn, int64(len("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")))
	frame(settings, 0)
	for head := make([]byte, 9); ; {
		if _, err := io.ReadFull(conn, head); err != nil {
			return
		}
		size := int64(head[0])<<16 | int64(head[1])<<8 | int64(head[2])
		_, _ = io.CopyN(io.Discard, conn, size)
		if kind := head[3]; (kind == data || kind == headers) && head[4]&endStream != 0 {
			s.requests.Add(1)
			frame(goaway, 8)
			_ = conn.Close()
			return
		}
	}
}

// reset makes closing the connection a reset.
func reset(conn net.Conn) {
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

// wait returns when the client has closed the connection.
func wait(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) }
