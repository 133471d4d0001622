package gateway

import (
	"crypto/tls"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"time"
)

// maxWait bounds how long a client may take for its header, for its body and for reading the response, each.
const maxWait = 30 * time.Second

// MaxHeader bounds the header of a request together with its target, in bytes.
const MaxHeader = 64 << 10

// NewServer returns a server with limits that keep clients from disturbing others. It warns of what goes wrong below HTTP, such as clients that do
// not trust its certificate.
func NewServer(h http.Handler, logger *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: maxWait,
		IdleTimeout:       4 * maxWait,
		MaxHeaderBytes:    MaxHeader,
		// OPTIONS * is an unknown route like any other.
		DisableGeneralOptionsHandler: true,
		ErrorLog:                     slog.NewLogLogger(logger.Handler(), slog.LevelWarn),
	}
}

// send writes a response whose header is set.
func send(w http.ResponseWriter, r Response) {
	control := http.NewResponseController(w)
	_ = control.SetWriteDeadline(time.Now().Add(maxWait)) // not every writer has one
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
	if tcp, ok := conn.(interface{ SetLinger(seconds int) error }); ok { // also that of a listener which wraps its connections
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

// abort ends a request without the rest of its response.
func abort() { panic(http.ErrAbortHandler) } //nolint:forbidigo // net/http has no other way
