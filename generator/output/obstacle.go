package output

import (
	"io/fs"
	"strings"
)

// Obstacle is something in the output folder that keeps a plan from being made.
type Obstacle struct {
	Path string
	// Why tells what it is and what to do.
	Why string
}

// ObstacleError lists everything that keeps a plan from being made.
type ObstacleError struct {
	Obstacles []Obstacle
}

// Error names the obstacles, one on each line.
func (e *ObstacleError) Error() string {
	lines := make([]string, len(e.Obstacles))
	for i, o := range e.Obstacles {
		lines[i] = o.Path + ": error: " + o.Why
	}
	return strings.Join(lines, "\n")
}

const (
	foreign     = "file in the way of a generated one: another tool or a person wrote it; move it or write to another folder"
	notAFile    = "not a file, but in the way of a generated one; move it or write to another folder"
	existing    = "exists, and nothing is overwritten; move it or choose another name"
	changed     = "has changed since it was read; run the command again"
	handWritten = "hand-written file in the output folder: it lacks the header of generated code; move it or write to another folder"
)

// entry is what the output folder holds under a name. Only files have content.
type entry struct {
	name    string
	mode    fs.FileMode
	content []byte
}

func (e entry) ours() bool { return e.mode.IsRegular() && Ours(e.content) }

// obstacle tells why a plan cannot be made with the entry, or returns "". In the way
// is what has the name of a generated file.
func (e entry) obstacle(inTheWay bool) string {
	switch {
	case !e.mode.IsRegular() && inTheWay:
		return notAFile
	case !e.mode.IsRegular(), Ours(e.content):
		return ""
	case !generated(e.content):
		return handWritten
	case inTheWay:
		return foreign
	default:
		return ""
	}
}
