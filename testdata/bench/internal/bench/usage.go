package bench

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"github.com/ackgen/ackgen/testdata/bench/internal/report"
)

// Usage is what a run of a program took, with all programs that it waited for.
type Usage struct {
	Wall, CPU time.Duration
	Memory    int64 // bytes that one of the programs had at most
}

// Run runs a program in a folder and tells what it took. It must not fail.
func Run(ctx context.Context, folder, name string, args ...string) (Usage, error) {
	cmd := exec.CommandContext(ctx, name, args...) //nolint:gosec // G204: the go command, and what it has built
	cmd.Dir = folder
	start := time.Now()
	out, err := cmd.CombinedOutput()
	wall := time.Since(start)
	if err != nil {
		return Usage{}, fmt.Errorf("run %s: %w: %s", name, err, last(string(out)))
	}
	usage := Usage{Wall: wall, CPU: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	if system, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		usage.Memory = system.Maxrss << 10 // Linux counts in KiB
	}
	return usage, nil
}

// last is the end of what a program said, which tells why it failed.
func last(text string) string {
	const most = 2000
	text = strings.TrimSpace(text)
	return text[max(0, len(text)-most):]
}

// Job is something that is run in every round.
type Job struct {
	Name string
	Run  func(ctx context.Context) (Usage, error)
}

// InTurn runs all jobs in turn, as often as asked for, so that what disturbs a while
// of the run disturbs all of them. It returns the usages of each job.
func (s *Settings) InTurn(ctx context.Context, rounds int, jobs []Job) ([][]Usage, error) {
	all := make([][]Usage, len(jobs))
	for round := range rounds {
		for i, job := range jobs {
			s.Log("round %d of %d: %s", round+1, rounds, job.Name)
			usage, err := job.Run(ctx)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", job.Name, err)
			}
			all[i] = append(all[i], usage)
		}
	}
	return all, nil
}

// Wall is the figure of the time that passed.
func Wall(runs []Usage) report.Figure {
	return figure(runs, "s", func(u Usage) float64 { return u.Wall.Seconds() })
}

// CPU is the figure of the time that all processors worked.
func CPU(runs []Usage) report.Figure {
	return figure(runs, "s", func(u Usage) float64 { return u.CPU.Seconds() })
}

// Memory is the figure of the memory that was used at most.
func Memory(runs []Usage) report.Figure {
	return figure(runs, "MiB", func(u Usage) float64 { return float64(u.Memory) / (1 << 20) })
}

func figure(runs []Usage, unit string, of func(Usage) float64) report.Figure {
	values := make([]float64, len(runs))
	for i, run := range runs {
		values[i] = of(run)
	}
	return report.Median(unit, values...)
}
