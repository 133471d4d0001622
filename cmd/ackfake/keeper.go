package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"github.com/ackgen/ackgen/internal/filelock"
	"github.com/ackgen/ackgen/internal/privatefile"
)

// readState returns the snapshot in a file, nil when there is none yet.
func readState(path string) ([]byte, error) {
	snapshot, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the state: %w", err)
	}
	return snapshot, nil
}

// lockState makes this program the only one that uses the state in a file, until it ends or the lock is closed.
func lockState(path string) (io.Closer, error) {
	lock, err := filelock.Lock(path + ".lock")
	if errors.Is(err, filelock.ErrLocked) {
		return nil, fmt.Errorf("the state %s is in use by another ackfake: stop that one, or give another file", path)
	}
	if err != nil {
		return nil, fmt.Errorf("lock the state: %w", err)
	}
	return lock, nil
}

// A source is what has a state: the server.
type source interface {
	Snapshot() ([]byte, error)
	Changed() <-chan struct{}
}

// A keeper keeps the state of a server in a file, which is always whole.
type keeper struct {
	server  source
	path    string
	log     *slog.Logger
	changed <-chan struct{} // closed when the file is no longer up to date
	stop    context.CancelFunc
	stopped chan struct{}
}

// keep writes the state to the file, and again after each change until close is called.
func keep(server source, path string, log *slog.Logger) (*keeper, error) {
	if err := privatefile.RemoveLeftovers(path); err != nil {
		return nil, fmt.Errorf("keep the state: %w", err)
	}
	ctx, stop := context.WithCancel(context.Background())
	k := &keeper{server: server, path: path, log: log, stop: stop, stopped: make(chan struct{})}
	if err := k.save(); err != nil {
		stop()
		return nil, err
	}
	go k.run(ctx)
	return k, nil
}

// close writes the state a last time.
func (k *keeper) close() error {
	k.stop()
	<-k.stopped
	return k.save()
}

func (k *keeper) save() error {
	k.changed = k.server.Changed()
	snapshot, err := k.server.Snapshot()
	if err != nil {
		return err
	}
	if err := privatefile.Write(k.path, snapshot); err != nil {
		return fmt.Errorf("keep the state: %w", err)
	}
	return nil
}

// Between a change and its writing pass a moment, as changes come in groups, and ten times
// what the last writing took, so that a large state leaves time for requests.
const (
	moment = 100 * time.Millisecond
	share  = 10
)

// run writes the state after each change.
func (k *keeper) run(ctx context.Context) {
	defer close(k.stopped)
	var took time.Duration
	for {
		select {
		case <-k.changed:
		case <-ctx.Done():
			return
		}
		timer := time.NewTimer(max(moment, share*took))
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return
		}
		start := time.Now()
		if err := k.save(); err != nil {
			k.log.Error("the state is not kept; the next change tries again", "error", err)
		}
		took = time.Since(start)
	}
}
