package store

import (
	"slices"

	"github.com/gopreflight/gopreflight/portcheck/internal/hash"
	"github.com/gopreflight/gopreflight/portcheck/internal/port"
)

// magic begins a file and changes with the format.
const magic = "portcheck results 2\n"

// The file is the magic, the hash of what follows, and the entries: numbers as variable-length bytes, texts with their
// length in front.

type writer struct{ b []byte }

func (w *writer) num(n uint64) {
	for n >= 0x80 {
		w.b = append(w.b, byte(n)|0x80)
		n >>= 7
	}
	w.b = append(w.b, byte(n))
}

func (w *writer) text(s string) {
	w.num(uint64(len(s)))
	w.b = append(w.b, s...)
}

func (w *writer) errors(list []Error) {
	w.num(uint64(len(list)))
	for _, e := range list {
		w.text(e.Kind)
		w.text(e.File)
		w.text(e.Message)
		w.num(uint64(e.Line))
		w.num(uint64(e.Column))
		w.num(uint64(e.Slots))
	}
}

func (s *Store) encode() []byte {
	w := &writer{}
	keys := young(s.infos)
	w.num(uint64(len(keys)))
	for _, key := range keys {
		e := s.infos[key]
		w.num(key)
		w.num(e.age + 1)
		w.text(e.value.Name)
		w.num(uint64(e.value.Slots))
		hasGo := uint64(0)
		if e.value.HasGo {
			hasGo = 1
		}
		w.num(hasGo)
		w.num(uint64(len(e.value.Imports)))
		for _, i := range e.value.Imports {
			w.text(i.Path)
			w.num(uint64(i.Slots))
		}
	}
	keys = young(s.results)
	w.num(uint64(len(keys)))
	for _, key := range keys {
		e := s.results[key]
		w.num(key)
		w.num(e.age + 1)
		w.num(uint64(e.value.Slots))
		w.errors(e.value.Errors)
		w.errors(e.value.Loads)
	}
	keys = young(s.right)
	w.num(uint64(len(keys)))
	for _, key := range keys {
		e := s.right[key]
		w.num(key)
		w.num(e.age + 1)
		w.num(uint64(len(e.value)))
		// Sorted, so that each is written as the distance from the one before.
		last := uint64(0)
		for _, v := range e.value {
			w.num(v - last)
			last = v
		}
	}
	head := &writer{b: []byte(magic)}
	head.num(hash.Bytes(w.b))
	return append(head.b, w.b...)
}

// young are the keys of the entries that were used not long ago, sorted.
func young[T any](m map[uint64]*entry[T]) []uint64 {
	var keys []uint64
	for key, e := range m {
		if e.age < keepRuns {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

type reader struct {
	s   string
	bad bool
}

func (r *reader) num() uint64 {
	var n uint64
	for shift := 0; shift < 70 && len(r.s) > 0; shift += 7 {
		c := r.s[0]
		r.s = r.s[1:]
		n |= uint64(c&0x7f) << shift
		if c < 0x80 {
			return n
		}
	}
	r.bad = true
	return 0
}

func (r *reader) text() string {
	n := r.num()
	if n > uint64(len(r.s)) {
		r.bad = true
		return ""
	}
	t := r.s[:n]
	r.s = r.s[n:]
	return t
}

// count is the length of a list; a broken one must not make us reserve memory.
func (r *reader) count() int {
	n := r.num()
	if n > uint64(len(r.s)) {
		r.bad = true
		return 0
	}
	return int(n)
}

func (r *reader) errors() []Error {
	list := make([]Error, r.count())
	for i := range list {
		list[i] = Error{Kind: r.text(), File: r.text(), Message: r.text(), Line: int(r.num()), Column: int(r.num()),
			Slots: port.Set(r.num())}
	}
	return list
}

// decode reads a file; false if it is not whole.
func (s *Store) decode(text string) bool {
	if len(text) < len(magic) || text[:len(magic)] != magic {
		return false
	}
	r := &reader{s: text[len(magic):]}
	if sum := r.num(); r.bad || sum != hash.String(r.s) {
		return false
	}
	for n := r.count(); n > 0 && !r.bad; n-- {
		key, age := r.num(), r.num()
		i := &Info{Name: r.text(), Slots: port.Set(r.num()), HasGo: r.num() == 1}
		i.Imports = make([]Import, r.count())
		for k := range i.Imports {
			i.Imports[k] = Import{r.text(), port.Set(r.num())}
		}
		s.infos[key] = &entry[*Info]{i, age}
	}
	for n := r.count(); n > 0 && !r.bad; n-- {
		key, age := r.num(), r.num()
		s.results[key] = &entry[*Result]{&Result{Slots: port.Set(r.num()), Errors: r.errors(), Loads: r.errors()}, age}
	}
	for n := r.count(); n > 0 && !r.bad; n-- {
		key, age := r.num(), r.num()
		values := make([]uint64, r.count())
		last := uint64(0)
		for i := range values {
			last += r.num()
			values[i] = last
		}
		s.right[key] = &entry[[]uint64]{values, age}
	}
	return !r.bad && r.s == ""
}
