package credentials

import (
	"os"
	"path/filepath"
	"strings"
)

// env returns a variable of the environment without white space around it. It is the
// only place that reads one: credentials-go is told all that it would look for.
func env(name string) string {
	return strings.TrimSpace(os.Getenv(name)) //nolint:forbidigo // providers that read the environment say so
}

func envTrue(name string) bool { return strings.EqualFold(env(name), "true") }

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
