package report

import (
	"encoding/json"
	"fmt"
	"os"
)

// Results is a whole run.
type Results struct {
	Date     string    `json:"date"`
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

// Write writes results to a file.
func (r *Results) Write(file string) error {
	data, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(data, '\n'), 0o644)
}
