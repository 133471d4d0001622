package report

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
)

// Results is what was measured on one machine, in one run or several.
type Results struct {
	Machine  Machine   `json:"machine"`
	Versions []Version `json:"versions"`
	Sections []Section `json:"sections"`
}

// Machine is what a run was made on.
type Machine struct {
	CPU   string `json:"cpu"`
	Cores int    `json:"cores"`
	OS    string `json:"os"`
	Go    string `json:"go"`
}

// String names the machine as the page does.
func (m Machine) String() string {
	return fmt.Sprintf("%s, %d cores, %s, %s", m.CPU, m.Cores, m.OS, m.Go)
}

// Version is the version of something that was measured.
type Version struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Read reads results from a file.
func Read(file string) (*Results, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	results := new(Results)
	if err := json.Unmarshal(data, results); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return results, nil
}

// Days are the first and the last day on which something was measured.
func (r *Results) Days() string {
	var days []string
	for _, section := range r.Sections {
		days = append(days, section.Date)
	}
	if len(days) == 0 {
		return "no day"
	}
	first, last := slices.Min(days), slices.Max(days)
	if first == last {
		return first
	}
	return first + " to " + last
}

// Median is the middle of a figure, for a text about it.
func (r *Results) Median(section, row, column string) (string, error) {
	if found, ok := Find(r.Sections, section); ok {
		if figure, ok := found.Figure(row, column); ok {
			figure.Low, figure.High = figure.Median, figure.Median
			return figure.String(), nil
		}
	}
	return "", fmt.Errorf("nothing is measured as %s, %s, %s", section, row, column)
}

// Keep takes over what another run has of all but some measurements. It must have been
// made on the same machine, with the same versions of others.
func (r *Results) Keep(old *Results, but []string) error {
	if old.Machine != r.Machine {
		return fmt.Errorf("the other figures are of another machine (%s): measure all", old.Machine)
	}
	if !slices.Equal(old.Versions, r.Versions) {
		return fmt.Errorf("the other figures are of other versions (%v): measure all", old.Versions)
	}
	for _, section := range old.Sections {
		if !slices.Contains(but, section.Of) {
			r.Sections = append(r.Sections, section)
		}
	}
	return nil
}

// Write writes results to a file.
func (r *Results) Write(file string) error {
	data, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(data, '\n'), 0o644) //nolint:gosec // is public
}
