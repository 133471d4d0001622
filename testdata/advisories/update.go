package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// idForm is what an advisory is called: it becomes the name of a file.
var idForm = regexp.MustCompile(`^GO-\d{4}-\d{4,}$`)

// renew writes what a database has on the modules of a repository into the list.
func renew(ctx context.Context, database, root, list string) error {
	modules, err := modulesOf(root)
	if err != nil {
		return err
	}
	var index []module
	if err := read(ctx, database, "index/modules", &index); err != nil {
		return err
	}
	wanted := map[string]bool{}
	for _, m := range index {
		for _, v := range m.Vulnerabilities {
			if modules[m.Path] {
				wanted[v.ID] = true
			}
		}
	}
	var entries []entry
	for id := range wanted {
		if !idForm.MatchString(id) {
			return fmt.Errorf("read the database: %q is not the name of an advisory", id)
		}
		var e entry
		if err := read(ctx, database, "ID/"+id, &e); err != nil {
			return err
		}
		if e.ID != id {
			return fmt.Errorf("read the database: %s is called %q", id, e.ID)
		}
		entries = append(entries, e.ofModules(modules))
	}
	return write(list, entries)
}

func read(ctx context.Context, database, endpoint string, into any) error {
	data, err := get(ctx, database, endpoint)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("read %s of the database: %w", endpoint, err)
	}
	return nil
}

// patience is how long one file of the database may take.
const patience = 20 * time.Second

// get returns one file of a database, whose name ends in .json.
func get(ctx context.Context, database, endpoint string) ([]byte, error) {
	if dir, ok := strings.CutPrefix(database, "file://"); ok {
		data, err := os.ReadFile(filepath.FromSlash(dir + "/" + endpoint + ".json"))
		if err != nil {
			return nil, fmt.Errorf("read the database: %w", err)
		}
		return data, nil
	}
	if err := checkAddress(database); err != nil {
		return nil, err
	}
	return download(ctx, database, endpoint)
}

// checkAddress says what is wrong with an address that is not one of a folder.
func checkAddress(database string) error {
	if !strings.HasPrefix(database, "https://") {
		return fmt.Errorf("read the database: the address %q begins neither with https:// nor with file://", database)
	}
	address, err := url.Parse(database)
	if err != nil {
		return fmt.Errorf("read the database: %w", err)
	}
	if address.Hostname() == "" {
		return fmt.Errorf("read the database: the address %q names no host", database)
	}
	return nil
}

// errUnreachable is for a database whose address is right, and that the network does not lead to.
var errUnreachable = errors.New("cannot reach the database")

func download(ctx context.Context, database, endpoint string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, database+"/"+endpoint+".json", http.NoBody)
	if err != nil {
		return nil, fmt.Errorf("read the database: %w", err)
	}
	response, err := http.DefaultClient.Do(request) //nolint:forbidigo // a program of this repository
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUnreachable, err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("read the database: %s: %s", endpoint, response.Status)
	}
	data, err := io.ReadAll(io.LimitReader(response.Body, 64<<20))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUnreachable, err)
	}
	return data, nil
}

// fileAddress returns the address of a folder.
func fileAddress(dir string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(dir)}).String()
}
