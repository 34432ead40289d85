// Package store keeps, from run to run, what packages are and what was found in them, under keys of their content.
package store

import (
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/gopreflight/gopreflight/portcheck/internal/port"
)

// Info is what a package is, as far as those who import it and do not look inside need to know.
type Info struct {
	Name    string
	Slots   port.Set
	HasGo   bool
	Imports []Import
}

// Import is a package that some files import, by the path that is written there.
type Import struct {
	Path  string
	Slots port.Set // of those files
}

// Error is one error of a unit. Its file is a name in the package's directory, or absolute.
type Error struct {
	Kind, File, Message string
	Line, Column        int
	Slots               port.Set
}

// Result is what was found in a unit on some slots.
type Result struct {
	Slots  port.Set // that were looked at
	Errors []Error
	Loads  []Error
}

// keepRuns is how many runs an entry that nobody asks for is kept.
const keepRuns = 12

// Store is one file of entries. It is safe for concurrent use.
type Store struct {
	file    string
	mu      sync.Mutex
	infos   map[uint64]*entry[*Info]
	results map[uint64]*entry[*Result]
	// right are values of declarations that were found right (package reach), by unit.
	right   map[uint64]*entry[[]uint64]
	changed bool
	hits    int
}

type entry[T any] struct {
	value T
	age   uint64 // runs since it was used
}

// Open reads the store of a folder; an unreadable or broken one is empty. dir "" gives a store that keeps nothing.
// base is mixed into the file's name: what all entries depend on.
func Open(dir string, base string) *Store {
	s := &Store{infos: make(map[uint64]*entry[*Info]), results: make(map[uint64]*entry[*Result]),
		right: make(map[uint64]*entry[[]uint64])}
	if dir == "" {
		return s
	}
	s.file = filepath.Join(dir, "results-"+base+".bin")
	if text, err := os.ReadFile(s.file); err == nil {
		if !s.decode(string(text)) {
			clear(s.infos)
			clear(s.results)
			clear(s.right)
		}
	}
	return s
}

// On reports whether anything is kept. A nil store keeps nothing.
func (s *Store) On() bool { return s != nil && s.file != "" }

// Info returns what is known of a package, or nil.
func (s *Store) Info(key uint64) *Info {
	if !s.On() {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.infos[key]; e != nil {
		e.age = 0
		return e.value
	}
	return nil
}

// PutInfo adds what a package is.
func (s *Store) PutInfo(key uint64, i *Info) {
	if !s.On() {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.infos[key] = &entry[*Info]{value: i}
	s.changed = true
}

// Result returns what was found under a key, if that was on all the given slots, or nil.
func (s *Store) Result(key uint64, slots port.Set) *Result {
	if !s.On() {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.results[key]
	if e == nil || slots&^e.value.Slots != 0 {
		return nil
	}
	e.age = 0
	s.hits++
	return e.value
}

// PutResult adds what was found.
func (s *Store) PutResult(key uint64, r *Result) {
	if !s.On() {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.results[key] = &entry[*Result]{value: r}
	s.changed = true
}

// Right returns the values of the declarations of a unit that were found right; key names the unit, whatever is in it.
func (s *Store) Right(key uint64) map[uint64]bool {
	if !s.On() {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.right[key]
	if e == nil {
		return nil
	}
	e.age = 0
	out := make(map[uint64]bool, len(e.value))
	for _, v := range e.value {
		out[v] = true
	}
	return out
}

// PutRight replaces them; none forgets the unit.
func (s *Store) PutRight(key uint64, values map[uint64]bool) {
	if !s.On() {
		return
	}
	list := make([]uint64, 0, len(values))
	for v := range values {
		list = append(list, v)
	}
	slices.Sort(list)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.changed = true
	if len(list) == 0 {
		delete(s.right, key)
		return
	}
	s.right[key] = &entry[[]uint64]{value: list}
}

// Hits counts the results that were found.
func (s *Store) Hits() int {
	if s == nil {
		return 0
	}
	return s.hits
}

// Save writes the store. It fails silently: a check that cannot be remembered is a check all the same.
func (s *Store) Save() {
	if !s.On() || !s.changed {
		return
	}
	if os.MkdirAll(filepath.Dir(s.file), 0o777) != nil {
		return
	}
	temp, err := os.CreateTemp(filepath.Dir(s.file), "results-*.tmp")
	if err != nil {
		return
	}
	_, err = temp.Write(s.encode())
	if closed := temp.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(temp.Name(), s.file)
	}
	if err != nil {
		_ = os.Remove(temp.Name())
	}
}
