package comment

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/ackgen/ackgen/cmd/specgen/internal/approval"
	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/review"
)

// head is the verdict: whether the change may go in, which version it makes and why.
func head(r *review.Review) string {
	var b strings.Builder
	fmt.Fprintf(&b, "## API review: %s → %s\n\n", code(r.Base), code(r.Head))
	switch waiting := len(r.Open()); {
	case len(r.Changes) == 0:
		b.WriteString("**Nothing changes for programs.**\n\n")
	case waiting > 0:
		fmt.Fprintf(&b, "**Blocked: %s for an approval.**\n\n", count(waiting, "breaking change waits", "breaking changes wait"))
	default:
		b.WriteString("**Ready: no unapproved break.**\n\n")
	}
	if r.Version.Next != "" {
		b.WriteString(version(r.Version))
	}
	b.WriteString(table(r.Counts))
	return b.String()
}

func version(v review.Version) string {
	bump := prose(v.Bump)
	if v.Last != "" {
		bump += ", after " + code(v.Last)
	}
	text := fmt.Sprintf("Proposed version: **%s** (%s). %s", prose(v.Next), bump, prose(v.Reason))
	if v.Forcing != nil {
		text += fmt.Sprintf("\n\nThe change that forces it (%s): %s", code(v.Forcing.ID), prose(v.Forcing.Sentence()))
	}
	return text + "\n\n"
}

func table(counts []review.Count) string {
	var b strings.Builder
	b.WriteString("| | breaking | risky | compatible | text |\n| --- | ---: | ---: | ---: | ---: |\n")
	for _, c := range counts {
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d |\n", areaName(c.Area), c.Breaking, c.Risky, c.Compatible, c.Text)
	}
	return b.String()
}

func areaName(a change.Area) string {
	if a == change.Go {
		return "Go"
	}
	return "wire"
}

// open lists what waits for an approval, and how to give it.
func open(r *review.Review) section {
	s := section{heading: "Breaks without approval", intro: "Keep programs unchanged, or accept a break with a reason and commit `" + approval.FileName + "`:\n\n" +
		fence("sh", []string{r.Approve("FINGERPRINT")}) + "\n"}
	if n := r.Avoidable(); n > 0 {
		s.intro += fmt.Sprintf("Of all breaks, %s away if the advice is followed.\n\n", count(n, "goes", "go"))
	}
	for _, c := range r.Open() {
		s.items = append(s.items, item{text: entry(c)})
	}
	return s
}

func approved(r *review.Review) section {
	s := section{}
	for _, c := range r.Approved() {
		s.items = append(s.items, item{text: entry(c)})
	}
	s.title = fmt.Sprintf("Approved breaks (%d)", len(s.items))
	return s
}

// changes lists the changes of an area by level. Breaks without approval stand above.
func changes(r *review.Review, area change.Area) section {
	s := section{title: "Changes on the wire"}
	if area == change.Go {
		s.title = "Changes of the Go packages"
	}
	for _, c := range r.Changes {
		if c.Area == area && !c.Open() && c.Approval == nil {
			s.items = append(s.items, item{group: c.Level.String(), text: entry(c)})
		}
	}
	s.title += fmt.Sprintf(" (%d)", len(s.items))
	return s
}

// entry is one change as an entry of a list.
func entry(c review.Change) string {
	var b strings.Builder
	fmt.Fprintf(&b, "- %s", prose(c.Sentence()))
	if c.Sides() {
		fmt.Fprintf(&b, " (%s → %s)", value(c.From), value(c.To))
	}
	fmt.Fprintf(&b, " · %s", code(c.ID))
	if place := c.Place(); place.File != "" {
		fmt.Fprintf(&b, " · %s", code(place.String()))
	}
	b.WriteString("\n")
	if c.Advice != "" && c.Level >= change.Risky {
		fmt.Fprintf(&b, "  - To keep programs unchanged: %s\n", prose(c.Advice))
	}
	if c.Approval != nil {
		fmt.Fprintf(&b, "  - Approved as %s: %s\n", prose(c.Approval.Role), prose(c.Approval.Reason))
	}
	return b.String()
}

// value shows one side of a change.
func value(s string) string {
	if s == "" {
		return "nothing"
	}
	return code(s)
}

func presets(r *review.Review) section {
	s := section{title: fmt.Sprintf("Presets touched (%d)", len(r.Presets))}
	for _, p := range r.Presets {
		var names []string
		for _, o := range p.Operations {
			names = append(names, code(o.Operation)+" ("+o.Level.String()+")")
		}
		s.items = append(s.items, item{text: "- " + code(p.Name) + ": " + strings.Join(names, ", ") + "\n"})
	}
	return s
}

func changelog(r *review.Review) section {
	s := section{title: "Draft of the changelog", language: "markdown"}
	if r.Changelog == "" {
		return s
	}
	for line := range strings.Lines(r.Changelog) {
		s.items = append(s.items, item{text: codeLine(line)})
	}
	return s
}

func stale(r *review.Review) section {
	s := section{title: fmt.Sprintf("Approvals that can be removed (%d)", len(r.Stale)), intro: "No change has these fingerprints any more.\n\n"}
	for _, a := range r.Stale {
		s.items = append(s.items, item{text: fmt.Sprintf("- %s: %s\n", code(a.Fingerprint), prose(cmp.Or(a.Change, a.Reason)))})
	}
	return s
}

func declarations(r *review.Review) section {
	s := section{title: fmt.Sprintf("Go declarations before and after (%d)", len(r.Declarations))}
	for _, d := range r.Declarations {
		s.items = append(s.items, item{text: code(d.Package+"."+d.Name) + "\n\n" + fence("diff", marked(d.Base, d.Head)) + "\n"})
	}
	return s
}

// examples lists the examples that differ. The others are on the page.
func examples(r *review.Review) section {
	s := section{}
	for _, e := range r.Examples {
		if e.Base != e.Head {
			s.items = append(s.items, item{text: code(e.Operation) + ", " + prose(e.Part) + "\n\n" + fence("diff", marked(e.Base, e.Head)) + "\n"})
		}
	}
	s.title = fmt.Sprintf("Examples before and after (%d)", len(s.items))
	return s
}

func marked(base, head string) []string {
	var out []string
	for _, l := range review.Lines(base, head) {
		if l.Mark == "@" {
			l.Mark, l.Text = "@@", " … @@"
		}
		out = append(out, l.Mark+l.Text)
	}
	return out
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
