package loadcheck

import "bytes"

// bom may stand before a file's first character.
const bom = "\xef\xbb\xbf"

// headReader finds the end of a file's imports as go/build does, byte by byte and leniently: what it cannot follow, it
// leaves to the parser (Go 1.26 src/go/build/read.go, readGoInfo).
type headReader struct {
	text   []byte
	pos    int
	broken bool
}

// importsOf returns the file up to the end of its imports, or all of it if the imports are no such thing. nul reports
// a zero byte in what was read.
func importsOf(text []byte) (header []byte, nul bool) {
	r := &headReader{text: bytes.TrimPrefix(text, []byte(bom))}
	r.word("package")
	r.name()
	for !r.broken && r.peek() == 'i' {
		r.word("import")
		if r.peek() != '(' {
			r.spec()
			continue
		}
		r.pos++
		for !r.broken && r.peek() != ')' {
			r.spec()
		}
		r.pos++
	}
	end := len(r.text)
	if !r.broken && r.peek() != 0 {
		end = min(r.pos, end)
	}
	if bytes.IndexByte(r.text[:min(r.pos+1, len(r.text))], 0) >= 0 {
		return nil, true
	}
	return r.text[:end], false
}

// peek skips spaces, semicolons and comments, and returns the next byte, 0 at the end.
func (r *headReader) peek() byte {
	for r.pos < len(r.text) {
		rest := r.text[r.pos:]
		switch c := rest[0]; {
		case c == ' ' || c == '\f' || c == '\t' || c == '\r' || c == '\n' || c == ';':
			r.pos++
		case bytes.HasPrefix(rest, []byte("//")):
			if i := bytes.IndexByte(rest, '\n'); i >= 0 {
				r.pos += i + 1
			} else {
				r.pos = len(r.text)
			}
		case bytes.HasPrefix(rest, []byte("/*")):
			i := bytes.Index(rest[2:], []byte("*/"))
			if i < 0 {
				r.broken, r.pos = true, len(r.text)
				return 0
			}
			r.pos += i + 4
		case c == '/':
			r.broken = true
			return c
		default:
			return c
		}
	}
	return 0
}

func (r *headReader) word(word string) {
	r.peek()
	if !bytes.HasPrefix(r.text[r.pos:], []byte(word)) {
		r.broken = true
		return
	}
	r.pos += len(word)
	if r.pos < len(r.text) && isName(r.text[r.pos]) {
		r.broken = true
	}
}

func (r *headReader) name() {
	if !isName(r.peek()) {
		r.broken = true
	}
	for r.pos < len(r.text) && isName(r.text[r.pos]) {
		r.pos++
	}
}

// spec skips one import: a name or a dot, if there is one, and the path.
func (r *headReader) spec() {
	if c := r.peek(); c == '.' {
		r.pos++
	} else if isName(c) {
		r.name()
	}
	quote := r.peek()
	r.pos++
	if quote != '"' && quote != '`' {
		r.broken = true
		return
	}
	for ; r.pos < len(r.text); r.pos++ {
		switch c := r.text[r.pos]; {
		case c == quote:
			r.pos++
			return
		case quote == '"' && c == '\n':
			r.broken = true
			return
		case quote == '"' && c == '\\':
			r.pos++
		}
	}
	r.broken = true
}

func isName(c byte) bool {
	return 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '_' || c >= 0x80
}
