package scan

import "github.com/gopreflight/gopreflight/portcheck/internal/names"

func (s *scanner) function() {
	d := Decl{Kind: Func, Keyword: "func", From: int32(s.from)}
	s.begin()
	s.next()
	d.Spec = int32(s.from)
	if s.isOp('(') {
		d.Kind, d.Recv = Method, s.receiver()
	}
	if s.kind == tokName {
		text := s.text()
		if text != "_" && (text != "init" || d.Kind == Method) {
			d.Names = []names.ID{s.names.Of(text)}
		}
		s.next()
	}
	end := s.skim(func() bool { return s.ended() || s.opensBody() })
	d.API, d.Refs, d.Interface = s.piece(d.Spec, end), s.take(), s.iface
	if s.isOp('{') {
		d.Body = int32(s.from)
		if s.options.Bodies {
			s.next()
			s.skim(never)
			d.Inner = s.take()
		} else {
			s.pos = skipBody(s.src, s.pos) - 1
			s.next()
		}
		end = s.pos
		d.BodyEnd = int32(end)
		s.next()
	}
	d.To, d.SizeMatters = int32(end), s.suspect
	s.file.Decls = append(s.file.Decls, d)
}

// piece is a part of the text; of a file with syntax errors it may be nothing.
func (s *scanner) piece(from int32, to int) string { return s.src[from:max(to, int(from))] }

func never() bool { return false }

// opensBody: a { that does not belong to the type before it.
func (s *scanner) opensBody() bool {
	if !s.isOp('{') {
		return false
	}
	before := s.prev()
	return before != "struct" && before != "interface"
}

// receiver reads the parentheses of a receiver and returns the name of its type: the last one outside of brackets.
func (s *scanner) receiver() names.ID {
	name := ""
	parens, brackets := 0, 0
	for s.kind != tokEOF {
		switch {
		case s.isOp('('):
			parens++
		case s.isOp(')'):
			parens--
		case s.isOp('['):
			brackets++
		case s.isOp(']'):
			brackets--
		case s.kind == tokName && brackets == 0:
			name = s.text()
		}
		s.next()
		if parens == 0 {
			break
		}
	}
	if name == "" {
		return 0
	}
	id := s.names.Of(name)
	s.refs = append(s.refs, id)
	return id
}

// group reads a declaration that may be a group in parentheses.
func (s *scanner) group(keyword string) {
	from := s.from
	s.next()
	if !s.isOp('(') {
		d := s.spec(keyword)
		d.From = int32(from)
		s.file.Decls = append(s.file.Decls, d)
		return
	}
	open := s.from
	s.next()
	first := len(s.file.Decls)
	whole := false
	for s.kind != tokEOF && !s.isOp(')') {
		if s.isOp(';') {
			s.next()
			continue
		}
		at := s.from
		d := s.spec(keyword)
		if s.from == at {
			// A token that begins no spec: step over it, the parser will say so.
			s.file.Leftover = true
			s.next()
			continue
		}
		whole = whole || d.Group
		s.file.Decls = append(s.file.Decls, d)
	}
	end := s.pos
	s.next()
	if whole {
		s.mergeGroup(first, from, open, end)
	}
}

// mergeGroup makes one declaration of the specs since first: constants that take their values from the specs above.
func (s *scanner) mergeGroup(first, from, open, end int) {
	specs := s.file.Decls[first:]
	d := specs[0]
	d.Group, d.From, d.Spec, d.To, d.API = true, int32(from), int32(open), int32(end), s.src[open:end]
	for _, spec := range specs[1:] {
		d.Names = append(d.Names, spec.Names...)
		d.Refs = Merge(d.Refs, spec.Refs)
		d.SizeMatters = d.SizeMatters || spec.SizeMatters
	}
	s.file.Decls = append(s.file.Decls[:first], d)
}

// skipBody returns the offset behind the brace that closes a body, given the offset behind the one that opens it.
func skipBody(src string, i int) int {
	depth := 1
	for i < len(src) {
		switch src[i] {
		case '{':
			depth++
		case '}':
			depth--
			if depth == 0 {
				return i + 1
			}
		case '"', '\'':
			i = quoted(src, i)
			continue
		case '`':
			i++
			for i < len(src) && src[i] != '`' {
				i++
			}
		case '/':
			if i+1 < len(src) && src[i+1] == '/' {
				for i < len(src) && src[i] != '\n' {
					i++
				}
				continue
			}
			if i+1 < len(src) && src[i+1] == '*' {
				i += 2
				for i+1 < len(src) && (src[i] != '*' || src[i+1] != '/') {
					i++
				}
				i++
			}
		}
		i++
	}
	return len(src)
}
