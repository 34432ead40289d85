package scan

func (s *scanner) spec(keyword string) Decl {
	s.begin()
	d := Decl{Keyword: keyword, From: int32(s.from), Spec: int32(s.from)}
	switch keyword {
	case "const":
		d.Kind = Const
		s.constSpec(&d)
	case "var":
		d.Kind = Var
		s.varSpec(&d)
	default:
		d.Kind = Type
		s.typeSpec(&d)
	}
	if s.isOp(';') {
		s.next()
	}
	d.SizeMatters, d.Interface = s.suspect, s.iface
	return d
}

func (s *scanner) nameList(d *Decl) {
	for s.kind == tokName {
		if text := s.text(); text != "_" {
			d.Names = append(d.Names, s.names.Of(text))
		}
		s.next()
		if !s.isOp(',') {
			return
		}
		s.next()
	}
}

// specText is the source of a spec up to end; without a name, as in `var = 1`, it has none, and the parser will say so.
func (s *scanner) specText(d *Decl, end int) string {
	if end < int(d.Spec) {
		s.file.Leftover = true
		return ""
	}
	return s.src[d.Spec:end]
}

func (s *scanner) constSpec(d *Decl) {
	s.nameList(d)
	end := s.prevEnd
	if !s.ended() {
		end = s.skim(func() bool { return s.ended() || s.isOp('=') })
	}
	if s.isOp('=') && !s.ended() {
		s.next()
		end = s.skim(s.ended)
	} else {
		d.Group = true
	}
	d.Refs = s.take()
	iota := s.names.Of("iota")
	for _, name := range d.Refs.Names {
		d.Group = d.Group || name == iota
	}
	d.API, d.To = s.piece(d.Spec, end), int32(max(end, int(d.Spec)))
}

func (s *scanner) varSpec(d *Decl) {
	s.nameList(d)
	end := s.prevEnd
	typed := false
	if !s.ended() && !s.isOp('=') {
		typed = true
		end = s.skim(func() bool { return s.ended() || s.isOp('=') })
	}
	d.API, d.To = s.piece(d.Spec, end), int32(max(end, int(d.Spec)))
	if s.ended() || !s.isOp('=') {
		d.Refs = s.take()
		return
	}
	if typed {
		d.Refs = s.take()
		s.next()
		d.To = int32(s.skim(s.ended))
		d.Inner = s.take()
		return
	}
	s.next()
	if len(d.Names) == 1 && s.compositeType() {
		brace := s.from
		d.Refs = s.take()
		s.next()
		s.skim(never)
		s.next()
		d.Inner = s.take()
		if s.ended() || s.isOp(')') {
			d.API, d.To = s.piece(d.Spec, brace)+"{}", int32(max(s.prevEnd, int(d.Spec)))
			return
		}
		// A literal that something is done with: its type is not the variable's.
		end := s.skim(s.ended)
		d.Refs = Merge(Merge(d.Refs, d.Inner), s.take())
		d.Inner = Refs{}
		d.API, d.To = s.piece(d.Spec, end), int32(max(end, int(d.Spec)))
		return
	}
	end = s.prevEnd
	if !s.ended() {
		end = s.skim(s.ended)
	}
	d.Refs = s.take()
	d.API, d.To = s.piece(d.Spec, end), int32(max(end, int(d.Spec)))
}

// compositeType reads what may be the type of a composite literal and reports whether it is one, standing at its
// brace. What it read is recorded either way. [...]T is none: its elements are its length.
func (s *scanner) compositeType() bool {
	if s.isOp('&') {
		s.next()
	}
	if s.isOp('[') {
		saved := s.lexer
		s.next()
		dots := s.isOp('.')
		s.lexer = saved
		if dots {
			return false
		}
	}
	composite := true
	s.skim(func() bool {
		if s.ended() || s.opensBody() {
			return true
		}
		switch {
		case s.kind == tokName:
			word := s.text()
			composite = !keywords[word] || word == "map" || word == "struct" || word == "interface" || word == "chan"
		case s.kind == tokOp:
			composite = s.op == '.' || s.op == '[' || s.op == ']' || s.op == '*' || s.op == '{' || s.op == '}'
		default:
			composite = false
		}
		return !composite
	})
	return composite && s.isOp('{') && !s.ended()
}
