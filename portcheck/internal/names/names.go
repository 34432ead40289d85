// Package names gives every identifier of a run one small number, so that sets of references are cheap to keep and to
// compare.
package names

import (
	"strings"
	"sync"

	"github.com/gopreflight/gopreflight/portcheck/internal/hash"
)

// ID stands for one identifier within a run; 0 is the empty name.
type ID int32

const shards = 16

// Table hands out IDs. It is safe for concurrent use.
type Table struct {
	shard [shards]struct {
		sync.RWMutex
		ids map[string]ID
	}
	mu      sync.RWMutex
	entries []entry
}

type entry struct {
	text string
	hash uint64
	fold ID
}

// New makes an empty table.
func New() *Table {
	t := &Table{entries: make([]entry, 1, 1<<16)}
	for i := range t.shard {
		t.shard[i].ids = make(map[string]ID)
	}
	return t
}

// Of returns the number of a name. The text is copied, so it may be a piece of a larger one.
func (t *Table) Of(text string) ID {
	if text == "" {
		return 0
	}
	s := &t.shard[(uint(text[0])*7+uint(text[len(text)-1])+uint(len(text)))%shards]
	s.RLock()
	id, ok := s.ids[text]
	s.RUnlock()
	if ok {
		return id
	}
	// The folded name first: it may live in the same shard.
	folded := strings.ToLower(text)
	var fold ID
	if folded != text {
		fold = t.Of(folded)
	}
	s.Lock()
	defer s.Unlock()
	if id, ok := s.ids[text]; ok {
		return id
	}
	text = strings.Clone(text)
	t.mu.Lock()
	id = ID(len(t.entries))
	if fold == 0 {
		fold = id
	}
	t.entries = append(t.entries, entry{text, hash.String(text), fold})
	t.mu.Unlock()
	s.ids[text] = id
	return id
}

// Text is the identifier itself.
func (t *Table) Text(id ID) string { return t.at(id).text }

// Hash is the same in every run.
func (t *Table) Hash(id ID) uint64 { return t.at(id).hash }

// Fold is the ID of the name in lower case: the type checker's "but have" hints compare names that way.
func (t *Table) Fold(id ID) ID { return t.at(id).fold }

// Len is one more than the largest ID handed out.
func (t *Table) Len() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.entries)
}

func (t *Table) at(id ID) entry {
	t.mu.RLock()
	e := t.entries[id]
	t.mu.RUnlock()
	return e
}

// Cache is a view of a Table for one goroutine, without locks for names that it has seen.
type Cache struct {
	table *Table
	ids   map[string]ID
}

// NewCache makes a view for one goroutine.
func NewCache(t *Table) *Cache { return &Cache{t, make(map[string]ID, 512)} }

// Of is Table.Of. The text must not change as long as the cache is in use.
func (c *Cache) Of(text string) ID {
	id, ok := c.ids[text]
	if !ok {
		id = c.table.Of(text)
		c.ids[text] = id
	}
	return id
}
