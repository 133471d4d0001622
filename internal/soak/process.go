package soak

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"

	"github.com/ackgen/ackgen/internal/soak/meter"
	"github.com/ackgen/ackgen/internal/soak/service"
)

// A process is the running service.
type process struct {
	url       string
	command   *exec.Cmd
	in        io.Closer
	requests  *json.Encoder
	responses *json.Decoder
}

// startProcess starts the service with a command line.
func startProcess(commandLine []string, config service.Config) (*process, error) {
	// It ends with its standard input, not with a context: the windows end first.
	command := exec.CommandContext(context.Background(), commandLine[0], commandLine[1:]...) //nolint:gosec // the program of the soak itself
	command.Stderr = os.Stderr
	in, err := command.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("start the service: %w", err)
	}
	out, err := command.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start the service: %w", err)
	}
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("start the service: %w", err)
	}
	p := &process{command: command, in: in, requests: json.NewEncoder(in), responses: json.NewDecoder(out)}
	var hello service.Hello
	if err := p.ask(config, &hello); err != nil {
		return nil, errors.Join(err, p.stop())
	}
	p.url = hello.URL
	return p, nil
}

// collect returns what the service has counted since the last time.
func (p *process) collect(allowed meter.Reading) (service.Report, error) {
	var report service.Report
	err := p.ask(service.Collect{Allowed: allowed}, &report)
	return report, err
}

func (p *process) ask(question, answer any) error {
	if err := p.requests.Encode(question); err != nil {
		return fmt.Errorf("ask the service: %w", err)
	}
	if err := p.responses.Decode(answer); err != nil {
		return fmt.Errorf("read what the service responds: %w", err)
	}
	return nil
}

// stop ends the service.
func (p *process) stop() error {
	_ = p.in.Close() // fails when the process is gone, which Wait tells
	if err := p.command.Wait(); err != nil {
		return fmt.Errorf("the service ended: %w", err)
	}
	return nil
}
