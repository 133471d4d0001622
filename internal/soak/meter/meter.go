// Package meter measures what a process holds: goroutines, connections, open files and memory.
//
// It may import the standard library.
package meter

import (
	"context"
	"fmt"
	"net"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// A Reading is what a process holds at a moment.
type Reading struct {
	Goroutines  int
	Connections int
	// Files is the number of open files, sockets included; 0 on systems that do not tell.
	Files int
	// Heap is the size of all live objects, in bytes.
	Heap uint64
}

// Read measures, after the garbage was collected: twice, as pools keep what they hold for one collection.
func Read(connections *Connections) Reading {
	runtime.GC()
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	return Reading{Goroutines: runtime.NumGoroutine(), Connections: connections.Open(), Files: openFiles(), Heap: memory.HeapAlloc}
}

func openFiles() int {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(entries)
}

// patience is how long a process gets to end what it has given up: that ends a little after whoever gave it up goes on.
const patience = 10 * time.Second

// ReadSettled measures once the process holds no more than is allowed, or when it still does after a while.
func ReadSettled(connections *Connections, allowed Reading) Reading {
	const pause = 20 * time.Millisecond
	ticker := time.NewTicker(pause)
	defer ticker.Stop()
	for end := time.Now().Add(patience); ; <-ticker.C {
		if r := Read(connections); r.within(allowed) || time.Now().After(end) {
			return r
		}
	}
}

// within reports whether nothing but the heap is above what is allowed.
func (r Reading) within(allowed Reading) bool {
	return r.Goroutines <= allowed.Goroutines && r.Connections <= allowed.Connections && r.Files <= allowed.Files
}

// Connections counts connections. It is safe for concurrent use.
type Connections struct{ open atomic.Int64 }

// Open returns how many are open.
func (c *Connections) Open() int { return int(c.open.Load()) }

// Dial connects over TCP, for [net/http.Transport].
func (c *Connections) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := new(net.Dialer).DialContext(ctx, network, address)
	if err != nil {
		return nil, err // the client tells errors of dialing by their type
	}
	return c.Count(conn)
}

// Count counts a TCP connection until it is closed.
func (c *Connections) Count(conn net.Conn) (net.Conn, error) {
	tcp, ok := conn.(*net.TCPConn)
	if !ok {
		return nil, fmt.Errorf("connection is a %T, not one of TCP", conn)
	}
	c.open.Add(1)
	return &countedConn{TCPConn: tcp, closed: sync.OnceFunc(func() { c.open.Add(-1) })}, nil
}

// countedConn can all that a TCP connection can, such as be reset.
type countedConn struct {
	*net.TCPConn

	closed func()
}

// Close implements [net.Conn].
func (c *countedConn) Close() error {
	c.closed()
	return c.TCPConn.Close()
}
