// Package comment prints a review as Markdown, for a comment on a pull request: what
// has to be decided first, all else folded. A comment never exceeds what GitHub takes.
//
// It may import its siblings approval, change, review and visible, and the standard
// library.
package comment

import (
	"cmp"
	"fmt"
	"html"
	"math"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/review"
)

// Mark starts every comment, so that the next review finds and replaces it.
const Mark = "<!-- specgen review -->\n"

// Limit is how many bytes a comment may have. GitHub takes 65,536 characters, of which
// there are never more than bytes; the rest is for what is put around it.
const Limit = 65000

// reserve is kept for the last lines of a comment that is cut.
const reserve = 1024

// Markdown prints a review within [Limit]. What has no room is counted at the end.
func Markdown(r *review.Review) string {
	var b strings.Builder
	b.WriteString(Mark + head(r))
	cut := 0
	write := func(s section, room int) {
		text, left := s.print(room)
		b.WriteString(text)
		cut += left
	}
	write(open(r), (Limit-reserve-b.Len())/2)
	sections := []section{
		approved(r), changes(r, change.Wire), changes(r, change.Go), presets(r), changelog(r), stale(r), declarations(r), examples(r),
	}
	shares := share(sections, Limit-reserve-b.Len())
	for i, s := range sections {
		write(s, shares[i])
	}
	if cut > 0 {
		verb := "entries are"
		if cut == 1 {
			verb = "entry is"
		}
		fmt.Fprintf(&b, "\n**This comment is cut, because GitHub takes 65,536 characters: %d %s not shown.** This writes a page with all of them:\n\n%s",
			cut, verb, fence("sh", []string{r.Command() + " --html review.html"}))
	}
	return b.String()
}

// share divides the room: short sections get what they need, long ones the same part
// of the rest.
func share(sections []section, room int) []int {
	order := make([]int, len(sections))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(sections[a].size(), sections[b].size()) })
	out := make([]int, len(sections))
	for n, i := range order {
		out[i] = min(sections[i].size(), room/(len(order)-n))
		room -= out[i]
	}
	return out
}

// section is a part of a comment. It is folded if it has a title, and has a heading
// otherwise.
type section struct {
	heading, title string
	intro          string
	// language is set where the entries are the lines of a block of code.
	language string
	items    []item
}

// item is an entry of a section. The first one of a group stands below its name.
type item struct{ group, text string }

// frame returns what stands around the entries.
func (s section) frame() (before, after string) {
	before = "\n### " + s.heading + "\n\n" + s.intro
	if s.title != "" {
		before, after = "\n<details>\n<summary>"+html.EscapeString(s.title)+"</summary>\n\n"+s.intro, "\n</details>\n"
	}
	if s.language != "" {
		run := ticks(s.items)
		before, after = before+run+s.language+"\n", run+"\n"+after
	}
	return before, after
}

// ticks returns what begins and ends a block of code with some lines.
func ticks(lines []item) string {
	run := 2
	for _, line := range lines {
		run = max(run, longestRun(line.text))
	}
	return strings.Repeat("`", run+1)
}

// more is kept for the line that counts what has no room.
const more = 32

// size returns how much room all of the section needs.
func (s section) size() int {
	if len(s.items) == 0 {
		return 0
	}
	text, _ := s.print(math.MaxInt)
	return len(text) + more
}

// print returns the section with the entries that have room, and how many have none. A
// section of which nothing has room is empty.
func (s section) print(room int) (text string, left int) {
	if len(s.items) == 0 {
		return "", 0
	}
	before, after := s.frame()
	room -= len(before) + len(after) + more
	var b strings.Builder
	group := ""
	for _, i := range s.items {
		text := i.text
		if i.group != group {
			text = "\n**" + i.group + "**\n\n" + text
		}
		if len(text) > room {
			left++
			continue
		}
		room -= len(text)
		group = i.group
		b.WriteString(text)
	}
	switch {
	case left == len(s.items):
		return "", left
	case left > 0 && s.language != "":
		fmt.Fprintf(&b, "… and %d more lines\n", left)
	case left > 0:
		fmt.Fprintf(&b, "\n… and %d more.\n", left)
	}
	return before + b.String() + after, left
}
