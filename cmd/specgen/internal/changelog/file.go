package changelog

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/mod/semver"
)

// Unreleased is the heading of what the next version will tell.
const Unreleased = "## Unreleased"

// File is a CHANGELOG.md that is understood.
type File struct {
	head     string    // up to and with the heading Unreleased
	notes    string    // what people wrote below it
	sections []section // of the versions, the latest first
}

type section struct {
	version string
	text    string // with its heading
}

var versionHeading = regexp.MustCompile(`^## (v\d+\.\d+\.\d+) - \d{4}-\d{2}-\d{2}$`)

// Parse reads a CHANGELOG.md: a head, the heading "## Unreleased", and below it one
// section "## v1.2.3 - 2006-01-02" for each version, the latest first. The error says
// what else the file holds, as nothing must be put into a file in a wrong place.
func Parse(text string) (*File, error) {
	if strings.Contains(text, "\r") {
		return nil, errors.New("CHANGELOG.md has line ends of Windows: store it with line feeds alone")
	}
	f := &File{}
	var current *string
	current = &f.head
	fenced, seen := "", false
	for i, line := range strings.SplitAfter(text, "\n") {
		plain := strings.TrimRight(line, "\n ")
		if fence := fenceOf(plain, fenced); fence != fenced {
			fenced = fence
		} else if fenced == "" && strings.HasPrefix(plain, "## ") {
			switch match := versionHeading.FindStringSubmatch(plain); {
			case plain == Unreleased && !seen:
				seen = true
				f.head += line
				current = &f.notes
				continue
			case plain == Unreleased:
				return nil, fmt.Errorf("CHANGELOG.md:%d: %q stands there twice: keep one", i+1, Unreleased)
			case match == nil:
				return nil, fmt.Errorf("CHANGELOG.md:%d: heading %q is not understood: use %q or a version like %q", i+1, plain, Unreleased, "## v1.2.3 - 2006-01-02")
			case !seen:
				return nil, fmt.Errorf("CHANGELOG.md:%d: %s stands before %q: put that heading first", i+1, match[1], Unreleased)
			default:
				if err := f.follows(match[1], i+1); err != nil {
					return nil, err
				}
				f.sections = append(f.sections, section{version: match[1]})
				current = &f.sections[len(f.sections)-1].text
			}
		}
		*current += line
	}
	switch {
	case !seen:
		return nil, fmt.Errorf("CHANGELOG.md has no heading %q: add it above the versions", Unreleased)
	case fenced != "":
		return nil, fmt.Errorf("CHANGELOG.md: a block of code that begins with %s does not end", fenced)
	}
	return f, nil
}

// follows checks that a version is older than the one above it.
func (f *File) follows(version string, line int) error {
	if len(f.sections) == 0 {
		return nil
	}
	switch last := f.sections[len(f.sections)-1].version; semver.Compare(version, last) {
	case -1:
		return nil
	case 0:
		return fmt.Errorf("CHANGELOG.md:%d: %s stands there twice: keep one", line, version)
	default:
		return fmt.Errorf("CHANGELOG.md:%d: %s stands below %s: sort the versions, the latest first", line, version, last)
	}
}

var fence = regexp.MustCompile("^ {0,3}(`{3,}|~{3,})")

// fenceOf returns the fence of the block of code that is open after a line.
func fenceOf(line, open string) string {
	match := fence.FindStringSubmatch(line)
	switch {
	case match == nil:
		return open
	case open == "":
		return match[1]
	case strings.HasPrefix(match[1], open) && strings.TrimSpace(line) == match[1]:
		return ""
	default:
		return open
	}
}

// Notes returns what people wrote for the next version.
func (f *File) Notes() string { return strings.TrimSpace(f.notes) }

// Version returns the section of a version, or an empty text.
func (f *File) Version(version string) string {
	for _, s := range f.sections {
		if s.version == version {
			return strings.TrimSpace(s.text) + "\n"
		}
	}
	return ""
}

// Release returns the file with the section of a version in place of the notes, which
// are a part of the section: see [Content]. A file that has exactly that section
// already stays as it is.
func (f *File) Release(version, text string) (string, error) {
	if old := f.Version(version); old != "" {
		if old != strings.TrimSpace(text)+"\n" || f.Notes() != "" {
			return "", fmt.Errorf("CHANGELOG.md tells of %s already: a version is released once", version)
		}
		return f.text(f.sections), nil
	}
	if len(f.sections) > 0 && semver.Compare(version, f.sections[0].version) < 0 {
		return "", fmt.Errorf("CHANGELOG.md tells of %s, and %s is older", f.sections[0].version, version)
	}
	return f.text(append([]section{{version, text}}, f.sections...)), nil
}

func (f *File) text(sections []section) string {
	parts := []string{strings.TrimRight(f.head, "\n")}
	for _, s := range sections {
		parts = append(parts, strings.Trim(s.text, "\n"))
	}
	return strings.Join(parts, "\n\n") + "\n"
}
