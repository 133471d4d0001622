package gateway

import (
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"
)

// maxSend bounds how long a client may take to read a response.
const maxSend = 30 * time.Second

// send writes a response whose header is set.
func send(w http.ResponseWriter, r Response) {
	control := http.NewResponseController(w)
	_ = control.SetWriteDeadline(time.Now().Add(maxSend)) // not every writer has one
	status := r.Status
	if status == 0 {
		status = http.StatusOK
	}
	switch {
	case r.Reset:
		reset(control)
	case r.Cut && r.Body != "":
		w.Header().Set("Content-Length", strconv.Itoa(len(r.Body)))
		w.WriteHeader(status)
		_, _ = io.WriteString(w, r.Body[:len(r.Body)/2])
		_ = control.Flush()
		abort()
	default:
		w.WriteHeader(status)
		_, _ = io.WriteString(w, r.Body) // the server does not care about a client that went away
	}
}

// reset closes the connection of a request in the way that peers see as a reset. HTTP/2 shares connections: there, it resets the stream.
func reset(control *http.ResponseController) {
	conn, _, err := control.Hijack()
	if err != nil {
		abort()
	}
	if secure, ok := conn.(*tls.Conn); ok {
		conn = secure.NetConn() // without the farewell of TLS
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

// abort ends a request without the rest of its response.
func abort() { panic(http.ErrAbortHandler) } //nolint:forbidigo // net/http has no other way
