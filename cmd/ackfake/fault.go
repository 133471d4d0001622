package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ackgen/ackgen/internal/spell"
	"github.com/ackgen/ackgen/sdk/acktest"
)

// everyOperation stands for all of them in a --fault.
const everyOperation = "*"

// settings are what a --fault may say with a value, and switches what it may say without.
var (
	settings = map[string]func(f *acktest.Fault, value string) error{
		"group":    func(f *acktest.Fault, v string) error { f.Group = v; return nil },
		"code":     func(f *acktest.Fault, v string) error { f.Code = v; return nil },
		"message":  func(f *acktest.Fault, v string) error { f.Message = v; return nil },
		"status":   func(f *acktest.Fault, v string) error { return whole(&f.Status, v) },
		"skip":     func(f *acktest.Fault, v string) error { return whole(&f.Skip, v) },
		"count":    func(f *acktest.Fault, v string) error { return whole(&f.Count, v) },
		"delay":    func(f *acktest.Fault, v string) error { return duration(&f.Delay, v) },
		"throttle": func(f *acktest.Fault, v string) error { return duration(&f.Throttle, v) },
		"share": func(f *acktest.Fault, v string) (err error) {
			if f.Share, err = strconv.ParseFloat(v, 64); err != nil {
				return fmt.Errorf("%q is not a number such as 0.1", v)
			}
			return nil
		},
	}
	switches = map[string]func(*acktest.Fault){
		"reset":          func(f *acktest.Fault) { f.Reset = true },
		"after":          func(f *acktest.Fault) { f.After = true },
		"html":           func(f *acktest.Fault) { f.HTML = true },
		"truncate":       func(f *acktest.Fault) { f.Truncate = true },
		"unknown-fields": func(f *acktest.Fault) { f.UnknownFields = true },
		"type-drift":     func(f *acktest.Fault) { f.TypeDrift = true },
		"error-case":     func(f *acktest.Fault) { f.ErrorCase = true },
	}
)

func whole(into *int, text string) (err error) {
	if *into, err = strconv.Atoi(text); err != nil {
		return fmt.Errorf("%q is not a whole number", text)
	}
	return nil
}

func duration(into *time.Duration, text string) (err error) {
	if *into, err = time.ParseDuration(text); err != nil {
		return fmt.Errorf("%q is not a duration such as 2s", text)
	}
	return nil
}

// parseFault reads a --fault: an operation or *, a colon, and what is wrong, separated by
// commas.
func parseFault(text string) (acktest.Fault, error) {
	var f acktest.Fault
	operation, list, found := strings.Cut(text, ":")
	if !found || operation == "" || list == "" {
		return f, fmt.Errorf("--fault %q: it must be an operation or *, a colon and what is wrong, such as CreateCluster:status=503", text)
	}
	if operation != everyOperation {
		f.Operation = operation
	}
	for word := range strings.SplitSeq(list, ",") {
		if err := setFault(&f, word); err != nil {
			return f, fmt.Errorf("--fault %q: %w", text, err)
		}
	}
	return f, nil
}

// setFault sets what one word of a --fault says.
func setFault(f *acktest.Fault, word string) error {
	name, value, hasValue := strings.Cut(word, "=")
	set, turnOn := settings[name], switches[name]
	switch {
	case set != nil && hasValue:
		if err := set(f, value); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	case turnOn != nil && !hasValue:
		turnOn(f)
	case set != nil:
		return fmt.Errorf("%s needs a value, as in %s=", name, name)
	case turnOn != nil:
		return fmt.Errorf("%s takes no value", name)
	default:
		names := slices.Sorted(maps.Keys(settings))
		names = append(names, slices.Sorted(maps.Keys(switches))...)
		return fmt.Errorf("%q is none of %s%s", name, strings.Join(names, ", "), spell.Hint(name, names))
	}
	return nil
}
