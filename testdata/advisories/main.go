// Command advisories looks for known vulnerabilities in this repository with govulncheck: make vulncheck. The list of advisories in the folder
// list is what it compares with where the database of the Go project cannot be reached, and in CI, whose result must not change by itself.
// make advisories brings the list up to date.
//
// The folder is a module of its own, as nothing else needs govulncheck.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"golang.org/x/vuln/scan"
)

// pinned is the folder of the list, from the root of the repository.
const pinned = "testdata/advisories/list"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "advisories:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("advisories", flag.ContinueOnError)
	root := flags.String("root", "../..", "the root of the repository")
	database := flags.String("db", "https://vuln.go.dev", "a database of advisories: an https or file address")
	only := flags.Bool("pinned", false, "compare with the list of the repository, whether the database can be reached or not")
	update := flags.Bool("update", false, "write the advisories of our dependencies into the list")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("%q is no flag: run with --help for those that there are", flags.Arg(0))
	}
	absolute, err := filepath.Abs(*root)
	if err != nil {
		return fmt.Errorf("find the repository: %w", err)
	}
	list := filepath.Join(absolute, filepath.FromSlash(pinned))
	if *update {
		return renew(ctx, *database, absolute, list)
	}
	offline := *only
	if !offline {
		if offline, err = unreachable(ctx, *database, out); err != nil {
			return err
		}
	}
	address := *database
	if offline {
		address = fileAddress(list)
	}
	if err := announce(ctx, address, offline, out); err != nil {
		return err
	}
	return check(ctx, address, absolute, out)
}

// unreachable reports whether the network does not lead to a database. Any other error is one of the address, or of what is there: the list must
// not hide it.
func unreachable(ctx context.Context, database string, out io.Writer) (bool, error) {
	_, err := get(ctx, database, "index/db")
	if errors.Is(err, errUnreachable) {
		fmt.Fprintln(out, err)
		return true, nil
	}
	return false, err
}

// announce says which advisories a check is about to compare with, as its result holds for these alone.
func announce(ctx context.Context, address string, isList bool, out io.Writer) error {
	var last state
	var modules []module
	var vulns []vuln
	for endpoint, into := range map[string]any{"index/db": &last, "index/modules": &modules, "index/vulns": &vulns} {
		if err := read(ctx, address, endpoint, into); err != nil {
			return err
		}
	}
	what, day := "the database "+address, "of a day that it does not tell"
	if isList {
		what = "the list in " + pinned
	}
	if !last.Modified.IsZero() {
		day = "of " + last.Modified.Format(time.DateOnly)
	}
	fmt.Fprintf(out, "compares with %s, %s: %d advisories of %d modules\n", what, day, len(vulns), len(modules))
	return nil
}

// check runs govulncheck on the packages of a module. It is an error when one of them calls what has an advisory.
func check(ctx context.Context, database, dir string, out io.Writer) error {
	command := scan.Command(ctx, "-db", database, "-C", dir, "./...")
	command.Stdout, command.Stderr = out, out
	if err := command.Start(); err != nil {
		return fmt.Errorf("start govulncheck: %w", err)
	}
	if err := command.Wait(); err != nil {
		return fmt.Errorf("govulncheck: %w", err)
	}
	return nil
}
