package catalog

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
)

// A Setting is what the configuration of an add-on may hold under a key. Its value is a text, also where it looks like a number
// or a truth value.
type Setting struct {
	Type        string   `json:"type"`
	Description string   `json:"description"`
	Default     string   `json:"default,omitempty"`
	Enum        []string `json:"enum,omitempty"`
	Pattern     string   `json:"pattern,omitempty"`
}

func text(description string) Setting { return Setting{Type: "string", Description: description} }

// flag is a setting that is off unless it is set.
func flag(description string) Setting {
	return Setting{Type: "string", Description: description, Default: "false", Enum: []string{"true", "false"}}
}

func amount(description, usual, pattern string) Setting {
	return Setting{Type: "string", Description: description, Default: usual, Pattern: pattern}
}

// Patterns of amounts.
const (
	cpu    = `^[0-9]+(\.[0-9]+)?m?$`
	memory = `^[0-9]+(\.[0-9]+)?(Ki|Mi|Gi|Ti|k|M|G|T)?$`
	number = `^[0-9]+$`
)

// resources are the settings of add-ons whose pods can be sized.
var resources = map[string]Setting{
	"CpuLimit":      amount("The CPU that each pod may use.", "1000m", cpu),
	"CpuRequest":    amount("The CPU that each pod asks for.", "100m", cpu),
	"MemoryLimit":   amount("The memory that each pod may use.", "1Gi", memory),
	"MemoryRequest": amount("The memory that each pod asks for.", "100Mi", memory),
}

// Schema returns the JSON Schema of the configuration. It is open to other keys: the table does not know all of them.
func (a *Addon) Schema() string {
	schema := struct {
		Schema     string             `json:"$schema"`
		Title      string             `json:"title"`
		Type       string             `json:"type"`
		Properties map[string]Setting `json:"properties"`
	}{"https://json-schema.org/draft-07/schema#", "Values", "object", a.Settings}
	if schema.Properties == nil {
		schema.Properties = map[string]Setting{}
	}
	text, _ := json.Marshal(schema) // Texts cannot fail.
	return string(text)
}

// Defaults returns the configuration that the add-on has without one, as a JSON object.
func (a *Addon) Defaults() string {
	values := make(map[string]string)
	for key, setting := range a.Settings {
		if setting.Default != "" {
			values[key] = setting.Default
		}
	}
	text, _ := json.Marshal(values) // Texts cannot fail.
	return string(text)
}

// Check compares a configuration with the schema. The error holds no value: configurations may hold secrets.
func (a *Addon) Check(config string) error {
	var values map[string]json.RawMessage
	if err := json.Unmarshal([]byte(config), &values); err != nil || values == nil {
		return errors.New("the configuration is not a JSON object")
	}
	for _, key := range slices.Sorted(maps.Keys(a.Settings)) {
		setting, raw := a.Settings[key], values[key]
		if raw == nil {
			continue
		}
		var value *string
		switch err := json.Unmarshal(raw, &value); {
		case err != nil || value == nil:
			return fmt.Errorf("the setting %s is not a text", key)
		case setting.Enum != nil && !slices.Contains(setting.Enum, *value):
			return fmt.Errorf("the setting %s is none of its values", key)
		case setting.Pattern != "" && !regexp.MustCompile(setting.Pattern).MatchString(*value):
			return fmt.Errorf("the setting %s has another form", key)
		}
	}
	return nil
}
