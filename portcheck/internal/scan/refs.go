package scan

import (
	"slices"
	"strings"
)

// seenSet remembers what the current piece of code has already recorded. A new piece is a new epoch, so that nothing
// has to be cleared.
type seenSet struct {
	epoch uint32
	slots [512]struct {
		epoch uint32
		key   uint64
	}
}

// add reports whether a key is not known to be recorded; it may forget, so the lists are compacted later.
func (s *seenSet) add(key uint64) bool {
	slot := &s.slots[(key^key>>17^key>>35)%uint64(len(s.slots))]
	if slot.epoch == s.epoch && slot.key == key {
		return false
	}
	slot.epoch, slot.key = s.epoch, key
	return true
}

func (s *scanner) begin() {
	s.refs, s.pairs = s.refs[:0], s.pairs[:0]
	s.suspect, s.iface = false, false
	s.seen.epoch++
}

// take returns what was recorded since begin.
func (s *scanner) take() Refs {
	slices.Sort(s.refs)
	slices.SortFunc(s.pairs, comparePairs)
	r := Refs{slices.Clone(slices.Compact(s.refs)), slices.Clone(slices.Compact(s.pairs))}
	s.refs, s.pairs = s.refs[:0], s.pairs[:0]
	s.seen.epoch++
	return r
}

// Merge returns the union of two sets of references.
func Merge(a, b Refs) Refs {
	refs := slices.Concat(a.Names, b.Names)
	pairs := slices.Concat(a.Pairs, b.Pairs)
	slices.Sort(refs)
	slices.SortFunc(pairs, comparePairs)
	return Refs{slices.Compact(refs), slices.Compact(pairs)}
}

func comparePairs(a, b Pair) int {
	if a.X != b.X {
		return int(a.X) - int(b.X)
	}
	return int(a.Sel) - int(b.Sel)
}

// name records the current token, a name, and what it selects, and moves behind it. A selector's right side, when it
// is not the selector of a plain name, is recorded with X = 0: it may be a method's name.
func (s *scanner) name() {
	text := s.text()
	if keywords[text] {
		s.next()
		if text == "interface" {
			// An empty one asks for no method.
			s.iface = s.iface || !strings.HasPrefix(strings.TrimLeft(s.src[s.pos:], " \t\r\n"), "}")
		}
		return
	}
	x := s.names.Of(text)
	if s.seen.add(uint64(x)) {
		s.refs = append(s.refs, x)
		if sizeNames[text] {
			s.suspect = true
		}
	}
	s.next()
	for s.kind == tokOp && s.op == '.' {
		s.next()
		if s.kind != tokName {
			return
		}
		text := s.text()
		if sizeNames[text] {
			s.suspect = true
		}
		sel := s.names.Of(text)
		if x != 0 && s.pairsOf != nil && !s.pairsOf[x] {
			x = 0
		}
		if s.seen.add(uint64(x)<<32 | uint64(sel) | 1<<63) {
			s.pairs = append(s.pairs, Pair{x, sel})
		}
		x = 0
		s.next()
	}
}

// skim records the names up to, not including, the token at which stop is true outside of brackets, and returns the
// offset behind the last token it took.
func (s *scanner) skim(stop func() bool) int {
	depth := 0
	end := s.from
	for s.kind != tokEOF {
		if depth == 0 && stop() {
			break
		}
		switch s.kind {
		case tokName:
			s.name()
			end = s.prevEnd
			continue
		case tokOp:
			switch s.op {
			case '(', '[', '{':
				depth++
			case ')', ']', '}':
				depth--
				if depth < 0 {
					return end
				}
			case '.':
				// x().y or x[0].y: the right side may be a method's name, never one of the package's.
				s.afterDot()
				end = s.prevEnd
				continue
			case '^':
				s.next()
				end = s.prevEnd
				if s.kind == tokName && strings.HasPrefix(s.text(), "uint") {
					s.suspect = true
				}
				continue
			}
		}
		end = s.pos
		s.next()
	}
	return end
}

// afterDot reads ". name" that follows an expression, "...T" and ".(T)".
func (s *scanner) afterDot() {
	s.next()
	if s.isOp('.') {
		s.next()
		if s.isOp('.') {
			s.next()
		}
		return
	}
	for s.kind == tokName {
		text := s.text()
		if sizeNames[text] {
			s.suspect = true
		}
		sel := s.names.Of(text)
		if s.seen.add(uint64(sel) | 1<<63) {
			s.pairs = append(s.pairs, Pair{0, sel})
		}
		s.next()
		if !s.isOp('.') {
			return
		}
		s.next()
	}
}

// sizeNames are the names by which code comes to know the size of a word. The operator ^ before uint or uintptr counts too.
var sizeNames = map[string]bool{
	"unsafe": true, "UintSize": true, "IntSize": true, "PtrSize": true, "MaxInt": true, "MinInt": true, "MaxUint": true,
	"MaxUintptr": true, "Sizeof": true, "Offsetof": true, "Alignof": true,
}

var keywords = func() map[string]bool {
	m := make(map[string]bool)
	for _, word := range []string{
		"break", "case", "chan", "const", "continue", "default", "defer", "else", "fallthrough", "for", "func", "go",
		"goto", "if", "import", "interface", "map", "package", "range", "return", "select", "struct", "switch", "type",
		"var",
	} {
		m[word] = true
	}
	return m
}()
