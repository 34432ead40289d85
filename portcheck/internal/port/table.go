// Package port knows the targets of one run: which build tags hold on which of them.
package port

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Slot is one target: a port, its level (as tool tags) and whether cgo is on.
type Slot struct {
	Name     string
	OS       string
	Arch     string
	Cgo      bool
	ToolTags []string // Context.ToolTags of the toolchain for this target: amd64.v1, goexperiment.…
}

// Table holds the slots of one run. It is safe for concurrent use.
type Table struct {
	Slots []Slot

	userTags []string
	goMinor  int
	all      Set
	narrow   Set

	mu   sync.RWMutex
	tags map[string]Set
}

// NewTable returns a table of the given slots. User tags hold on every slot, go1.1 to go1.goMinor too.
// More than 64 slots, or none, are an error.
func NewTable(slots []Slot, userTags []string, goMinor int) (*Table, error) {
	if len(slots) == 0 {
		return nil, fmt.Errorf("no targets to check")
	}
	if len(slots) > MaxSlots {
		return nil, fmt.Errorf("%d targets in one run, at most %d are possible: split them over several runs", len(slots), MaxSlots)
	}
	t := &Table{Slots: slots, userTags: userTags, goMinor: goMinor, tags: make(map[string]Set)}
	for i, s := range slots {
		t.all |= One(i)
		if narrowArch[s.Arch] {
			t.narrow |= One(i)
		}
	}
	return t, nil
}

// All returns the set of every slot.
func (t *Table) All() Set { return t.all }

// Not returns the slots that are not in s.
func (t *Table) Not(s Set) Set { return t.all &^ s }

// Narrow returns the slots whose word (int, pointer) has four bytes.
func (t *Table) Narrow() Set { return t.narrow }

// Tag returns the slots on which the build tag holds.
func (t *Table) Tag(tag string) Set {
	t.mu.RLock()
	s, ok := t.tags[tag]
	t.mu.RUnlock()
	if ok {
		return s
	}
	for i := range t.Slots {
		if t.holds(&t.Slots[i], tag) {
			s |= One(i)
		}
	}
	t.mu.Lock()
	t.tags[strings.Clone(tag)] = s // tag may be a slice of a whole source file
	t.mu.Unlock()
	return s
}

// holds is Context.matchTag of go/build (build.go) for one target and the compiler gc.
func (t *Table) holds(s *Slot, tag string) bool {
	switch {
	case tag == "cgo" && s.Cgo,
		tag == s.OS, tag == s.Arch, tag == "gc",
		tag == "linux" && s.OS == "android",
		tag == "solaris" && s.OS == "illumos",
		tag == "darwin" && s.OS == "ios",
		tag == "unix" && IsUnix(s.OS):
		return true
	}
	if tag == "boringcrypto" {
		tag = "goexperiment.boringcrypto"
	}
	return slices.Contains(t.userTags, tag) || slices.Contains(s.ToolTags, tag) || t.isRelease(tag)
}

// isRelease reports whether tag is one of go1.1 … go1.goMinor.
func (t *Table) isRelease(tag string) bool {
	digits, ok := strings.CutPrefix(tag, "go1.")
	if !ok || digits == "" || digits[0] < '1' || digits[0] > '9' {
		return false
	}
	n, err := strconv.ParseUint(digits, 10, 16)
	return err == nil && int(n) <= t.goMinor
}

// Minor returns N of a Go version go1.N, go1.N.P, go1.NrcP or "devel go1.N-…".
func Minor(version string) (int, error) {
	_, rest, ok := strings.Cut(version, "go1.")
	end := 0
	for end < len(rest) && '0' <= rest[end] && rest[end] <= '9' {
		end++
	}
	n, err := strconv.Atoi(rest[:end])
	if !ok || err != nil {
		return 0, fmt.Errorf("%q is not a version of Go (want go1.N)", version)
	}
	return n, nil
}
