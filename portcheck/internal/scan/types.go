package scan

import "github.com/gopreflight/gopreflight/portcheck/internal/names"

func (s *scanner) typeSpec(d *Decl) {
	if s.kind != tokName {
		return
	}
	name := s.text()
	if name != "_" {
		d.Names = []names.ID{s.names.Of(name)}
	}
	s.next()
	if s.isOp('=') {
		s.next()
	}
	if !s.isWord("struct") {
		end := s.prevEnd
		if !s.ended() {
			end = s.skim(s.ended)
		}
		d.API, d.To, d.Refs = s.piece(d.Spec, end), int32(max(end, int(d.Spec))), s.take()
		return
	}
	s.structSpec(d, name)
}

// edit is a piece of a struct's text that importers see differently.
type edit struct {
	from, to int
	text     string
}

// structSpec reads a struct type without type parameters. Unexported fields of pointer, map, channel, func or slice
// type become stand-ins of the same size and comparability, so that what is behind them is never asked for. Exported
// things can not come through them; through embedded fields they can, so these stay.
func (s *scanner) structSpec(d *Decl, name string) {
	s.ownRefs, s.ownPairs = s.ownRefs[:0], s.ownPairs[:0]
	var edits []edit
	s.next()
	if s.isOp('{') {
		s.next()
	}
	for s.kind != tokEOF && !s.isOp('}') {
		if s.isOp(';') {
			s.next()
			continue
		}
		at := s.from
		if e, ok := s.field(d, s.options.Std && s.file.Package == "os" && name == "File"); ok {
			edits = append(edits, e)
		}
		if s.from == at {
			s.next()
		}
	}
	s.next()
	end := s.prevEnd
	if !s.ended() {
		end = s.skim(s.ended)
	}
	text := s.piece(d.Spec, end)
	d.API, d.To, d.Refs = text, int32(max(end, int(d.Spec))), s.take()
	if len(edits) == 0 {
		return
	}
	s.refs = append(s.refs, s.ownRefs...)
	s.pairs = append(s.pairs, s.ownPairs...)
	own := Merge(d.Refs, s.take())
	d.Own, d.OwnRefs = text, &own
	var b []byte
	last := int(d.Spec)
	for _, e := range edits {
		b = append(b, s.src[last:e.from]...)
		b = append(b, e.text...)
		last = e.to
	}
	d.API = string(append(b, s.src[last:end]...))
}

func (s *scanner) fieldEnded() bool { return s.ended() || s.kind == tokString }

// field reads one field of a struct, with its tag, and returns the edit that erases its type, if any. The embedded
// *file of os.File is erased as well: nothing exported comes through it, and it leads to all of the poller.
func (s *scanner) field(d *Decl, osFile bool) (edit, bool) {
	start := s.lexer
	if s.kind != tokName || s.embedded() {
		s.lexer = start
		from, refs := s.from, len(s.refs)
		// The first token stands on a new line, so it must be taken before anything asks where the field ends.
		if s.kind == tokName {
			s.name()
		} else {
			s.next()
		}
		end := s.prevEnd
		if !s.fieldEnded() {
			end = s.skim(s.fieldEnded)
		}
		if s.kind == tokString {
			s.next()
		}
		if !osFile || s.src[from:end] != "*file" {
			return edit{}, false
		}
		s.ownRefs = append(s.ownRefs, s.refs[refs:]...)
		s.refs = s.refs[:refs]
		return edit{from, end, "file *byte"}, true
	}
	s.lexer = start
	erase := true
	known := len(d.Erased)
	for s.kind == tokName {
		c := s.text()[0]
		erase = erase && 'a' <= c && c <= 'z'
		d.Erased = append(d.Erased, s.names.Of(s.text()))
		s.next()
		if !s.isOp(',') {
			break
		}
		s.next()
	}
	standIn := ""
	if erase {
		standIn = s.standIn()
	}
	if standIn == "" {
		d.Erased = d.Erased[:known]
	}
	from := s.from
	refs, pairs := len(s.refs), len(s.pairs)
	if standIn != "" {
		s.seen.epoch++
	}
	end := s.skim(s.fieldEnded)
	if standIn != "" {
		s.seen.epoch++
		s.ownRefs = append(s.ownRefs, s.refs[refs:]...)
		s.ownPairs = append(s.ownPairs, s.pairs[pairs:]...)
		s.refs, s.pairs = s.refs[:refs], s.pairs[:pairs]
	}
	if s.kind == tokString {
		s.next()
	}
	return edit{from, end, standIn}, standIn != ""
}

// embedded tells, standing at a field that begins with a name, whether it is an embedded one. It moves the lexer.
func (s *scanner) embedded() bool {
	s.next()
	if s.fieldEnded() || s.isOp('.') || s.isOp('}') {
		return true
	}
	if !s.isOp('[') {
		return false
	}
	// a []T and a [N]T are named; G[T] is embedded.
	depth := 0
	for s.kind != tokEOF {
		if s.isOp('[') {
			depth++
		}
		if s.isOp(']') {
			depth--
		}
		s.next()
		if depth == 0 {
			break
		}
	}
	return s.fieldEnded() || s.isOp('}')
}

// standIn is the type that replaces the one that begins here; "" to keep it.
func (s *scanner) standIn() string {
	switch {
	case s.isOp('*'):
		return "*byte"
	case s.isOp('<'), s.isWord("chan"):
		return "chan int"
	case s.isWord("map"):
		return "map[int]int"
	case s.isWord("func"):
		return "func()"
	case s.isOp('['):
		saved := s.lexer
		s.next()
		slice := s.isOp(']')
		s.lexer = saved
		if slice {
			return "[]int"
		}
	}
	return ""
}
