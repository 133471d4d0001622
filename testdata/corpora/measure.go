package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// result is how one generator fared with one document. Results have no times, so
// that files of equal runs are equal.
type result struct {
	Tool     string    `json:"tool"`
	Module   string    `json:"module"`
	Path     string    `json:"path"`
	Hash     string    `json:"hash"`
	Valid    bool      `json:"valid"`
	Class    class     `json:"class"`
	Detail   string    `json:"detail,omitempty"`
	Findings []finding `json:"findings,omitempty"`
}

// measure runs all tools on all documents. What a former run did with the same tool
// is not done again.
func measure(ctx context.Context, set *settings, tools []*tool, docs []*document) ([]result, error) {
	module, err := filepath.Abs(".")
	if err != nil {
		return nil, err
	}
	check := newChecker(ctx, module)
	var all []result
	for _, t := range tools {
		store, err := openStore(t.results(set))
		if err != nil {
			return nil, err
		}
		err = each(ctx, set, docs, func(slot int, d *document) error {
			if store.has(d) {
				return nil
			}
			r, err := one(ctx, set, t, check, slot, d)
			if err != nil {
				return err
			}
			return store.add(r)
		})
		if err := errors.Join(err, store.close()); err != nil {
			return nil, fmt.Errorf("run %s: %w", t.name, err)
		}
		all = append(all, store.of(docs)...)
	}
	return all, nil
}

// each calls do for every document, several at a time. The slot numbers those that
// run at the same time.
func each(ctx context.Context, set *settings, docs []*document, do func(slot int, d *document) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	work := make(chan *document)
	var wg sync.WaitGroup
	for slot := range set.parallel {
		wg.Go(func() {
			for d := range work {
				if err := do(slot, d); err != nil {
					cancel(err)
				}
			}
		})
	}
	for _, d := range docs {
		if ctx.Err() != nil {
			break
		}
		work <- d
	}
	close(work)
	wg.Wait()
	return context.Cause(ctx)
}

// one runs a tool on a document, in a folder that is gone afterwards.
func one(ctx context.Context, set *settings, t *tool, check *checker, slot int, d *document) (r result, err error) {
	r = result{Tool: t.name, Module: d.Module, Path: d.Path, Hash: d.Hash, Valid: d.Valid}
	work := filepath.Join(set.folder, "work")
	base := fmt.Sprintf("w%d", slot)
	out := filepath.Join(work, base)
	if err := errors.Join(os.RemoveAll(out), os.MkdirAll(out, 0o750)); err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(out)) }()
	if err := os.WriteFile(filepath.Join(out, "go.mod"), []byte("module example.com/"+base+"\n"), 0o600); err != nil {
		return r, err
	}
	o, err := t.generate(ctx, d.file, out, set.limit)
	if err != nil {
		return r, err
	}
	root := strings.TrimSuffix(d.file, filepath.FromSlash(d.Path))
	r.Class, r.Findings = classify(o)
	switch {
	case r.Class != "":
		if r.Findings == nil {
			r.Detail = detail(o, root, out+string(filepath.Separator))
		}
	default:
		r.Class = compiled
		if err := check.check(out, "example.com/"+base, t.packages); err != nil {
			r.Class = notCompiling
			r.Detail = strings.ReplaceAll(err.Error(), out+string(filepath.Separator), "")
		}
	}
	for i := range r.Findings {
		r.Findings[i].Pos.File = strings.TrimPrefix(r.Findings[i].Pos.File, filepath.ToSlash(root))
	}
	return r, ctx.Err()
}

// store keeps the results of a tool in a file, one per line. It is written while a
// run goes on, and sorted when it is complete.
type store struct {
	path string
	file *os.File

	mu   sync.Mutex
	done map[string]result // by hash
}

func openStore(path string) (*store, error) {
	s := &store{path: path, done: map[string]result{}}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for line := range strings.Lines(string(data)) {
		var r result
		// The last line of a run that was ended may be cut.
		if json.Unmarshal([]byte(line), &r) == nil {
			s.done[r.Hash] = r
		}
	}
	s.file, err = os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	return s, err
}

func (s *store) has(d *document) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.done[d.Hash]
	return ok
}

func (s *store) add(r result) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.done[r.Hash] = r
	return json.NewEncoder(s.file).Encode(r)
}

// of returns the results of documents in their order.
func (s *store) of(docs []*document) []result {
	var out []result
	for _, d := range docs {
		if r, ok := s.done[d.Hash]; ok {
			r.Valid = d.Valid
			out = append(out, r)
		}
	}
	return out
}

// close sorts the file.
func (s *store) close() error {
	if err := s.file.Close(); err != nil {
		return err
	}
	all := make([]result, 0, len(s.done))
	for _, r := range s.done {
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b result) int {
		return cmp.Or(cmp.Compare(a.Module, b.Module), cmp.Compare(a.Path, b.Path))
	})
	f, err := os.Create(s.path)
	if err != nil {
		return err
	}
	buffered := bufio.NewWriter(f)
	enc := json.NewEncoder(buffered)
	for _, r := range all {
		if err := enc.Encode(r); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	return errors.Join(buffered.Flush(), f.Close())
}
