package calls

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
)

// server is the process of the server. It ends when its input does, so it does not
// outlive this process.
type server struct {
	url   string
	cmd   *exec.Cmd
	input io.Closer
}

func startServer(ctx context.Context, programs string) (*server, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(programs, "server")) //nolint:gosec // G204: was built for this
	input, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	output, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s := &server{cmd: cmd, input: input}
	address, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		s.stop()
		return nil, fmt.Errorf("start server: %w", err)
	}
	s.url = "http://" + strings.TrimSpace(address)
	return s, nil
}

// stop ends the server. How it ends does not matter: it has served.
func (s *server) stop() {
	_ = s.input.Close()
	_ = s.cmd.Wait()
}
