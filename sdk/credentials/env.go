package credentials

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"
)

// env returns a variable of the environment without white space around it. It is the
// only place that reads one: credentials-go is told all that it would look for.
func env(name string) string {
	return strings.TrimSpace(os.Getenv(name)) //nolint:forbidigo // providers that read the environment say so
}

// checkText refuses what nobody means by a key or a name: it would be signed or sent, and
// the service would refuse it without a word of where it came from.
func checkText(name, value string) error {
	if !utf8.ValidString(value) || strings.ContainsFunc(value, unicode.IsControl) {
		return errors.New(name + " holds a control character, or is not UTF-8")
	}
	return nil
}

func envTrue(name string) bool { return strings.EqualFold(env(name), "true") }

// orVariable returns the value of an option or, where it is empty, that of a variable, and which of them it is from.
func orVariable(value, option, variable string) (got, from string) {
	if value != "" {
		return value, "option " + option
	}
	return env(variable), variable
}

// homeFile returns the path of a file in the home folder of the user.
func homeFile(elem ...string) (string, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return "", absent("there is no home folder")
	}
	return filepath.Join(append([]string{home}, elem...)...), nil
}

// first returns the first text that is not empty.
func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
