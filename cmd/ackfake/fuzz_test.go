package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/internal/canary"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/acktest/sample"
)

// FuzzState starts the server on states that another version has kept, or nobody. It begins with them, and then the next start begins with what it has
// kept, or it refuses: the error names the file, tells in one line what is wrong without what the file holds, and leaves the file as it is.
func FuzzState(f *testing.F) {
	kept, err := sample.Snapshot(f.Context())
	require.NoError(f, err)
	secret := canary.Word("state")
	good := string(kept)
	for _, text := range []string{
		good, strings.Replace(good, `"version": 1`, `"version": 2`, 1), strings.Replace(good, `"version": 1`, `"version": "`+secret+`"`, 1), strings.Replace(good, `"version": 1,`, "", 1),
		strings.ReplaceAll(good, `": "`, `": "`+secret), strings.Replace(good, `"accounts"`, `"`+secret+`"`, 1), good[:len(good)/2], good + good, "\ufeff" + good,
		"", " ", "null", "{}", "[]", `"` + secret + `"`, `{"version":1}`, `{"version":1,"version":1}`, `{"version":1e0,"accounts":null}`, `{"version":1,"accounts":{"` + secret + `":null}}`,
		"\x00\xff", "\x1f\x8b\x08", strings.Repeat(`{"a":`, 20_000), strings.Repeat("[", 20_000),
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		file := filepath.Join(t.TempDir(), "state.json")
		require.NoError(t, os.WriteFile(file, text, 0o600))
		if err := startOn(t, file); err != nil {
			assert.True(t, strings.HasPrefix(err.Error(), "start with the state "+file+": acktest.WithSnapshot: load state: "), "%v", err)
			assert.NotContains(t, err.Error(), "\n")
			assert.Less(t, len(err.Error()), 1000)
			assert.Empty(t, canary.Find(err.Error(), secret))
			after, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.True(t, bytes.Equal(text, after), "the file is changed")
			return
		}
		require.NoError(t, startOn(t, file), "what it has kept itself")
	})
}

// startOn starts the server with a state and stops it again, which keeps the state.
func startOn(t *testing.T, file string) error {
	t.Helper()
	a := &app{speed: 1}
	a.Tool = cli.New(a.command())
	a.Spec, a.state, a.listen = "", file, "127.0.0.1:0"
	opts, err := a.options(io.Discard)
	require.NoError(t, err)
	srv, err := a.start(t.Context(), append(opts, acktest.WithCredentials("mine", "secret", "")))
	if err != nil {
		return err
	}
	defer srv.Close()
	k, err := keep(srv, file, a.log)
	require.NoError(t, err)
	return a.end(srv, k)
}
