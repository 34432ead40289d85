package scan

// The lexer reads Go's tokens from a text. It knows as much as cutting a file into declarations needs: names, where
// literals and comments end, and where a newline ends a statement. What it cannot read it steps over: saying what is
// wrong with a file is the parser's work.

type kind uint8

const (
	tokEOF kind = iota
	tokName
	tokNumber
	tokString // strings and runes
	tokOp     // one byte of an operator or bracket, in lexer.op
)

type lexer struct {
	src  string
	pos  int // offset behind the current token
	kind kind
	from int  // offset of the current token
	op   byte // the byte of a tokOp
	// newline: at least one newline, or a comment that holds one, lies between the last token and this one.
	newline bool
	// The token before this one.
	prevKind kind
	prevFrom int
	prevEnd  int
	// directive is called with the offsets of line comments that begin with "//go:".
	directive func(from, to int)
}

// text is the current token; it shares the memory of the source.
func (l *lexer) text() string { return l.src[l.from:l.pos] }

func (l *lexer) isWord(word string) bool { return l.kind == tokName && l.text() == word }

func (l *lexer) isOp(op byte) bool { return l.kind == tokOp && l.op == op }

// prev is the token before this one.
func (l *lexer) prev() string { return l.src[l.prevFrom:l.prevEnd] }

// ended reports whether a statement ends before this token: at a semicolon, at the end of the file, or at a newline
// behind a token that may end one (the Go specification, Semicolons; ++ and -- do not occur at top level).
func (l *lexer) ended() bool {
	if l.kind == tokEOF || l.isOp(';') {
		return true
	}
	if !l.newline {
		return false
	}
	switch l.prevKind {
	case tokOp:
		c := l.src[l.prevEnd-1]
		return c == ')' || c == ']' || c == '}'
	case tokName:
		word := l.prev()
		return !keywords[word] || word == "break" || word == "continue" || word == "fallthrough" || word == "return"
	}
	return true
}

// next moves to the next token.
func (l *lexer) next() {
	l.prevKind, l.prevFrom, l.prevEnd = l.kind, l.from, l.pos
	l.newline = false
	src := l.src
	i := l.pos
	for i < len(src) {
		switch c := src[i]; {
		case c == '\n':
			l.newline = true
			i++
			continue
		case c == ' ' || c == '\t' || c == '\r':
			i++
			continue
		case c == '/' && i+1 < len(src) && src[i+1] == '/':
			from := i
			i += 2
			for i < len(src) && src[i] != '\n' {
				i++
			}
			if l.directive != nil && i-from > 5 && src[from+2] == 'g' && src[from+3] == 'o' && src[from+4] == ':' {
				l.directive(from, i)
			}
			continue
		case c == '/' && i+1 < len(src) && src[i+1] == '*':
			i += 2
			for i+1 < len(src) && (src[i] != '*' || src[i+1] != '/') {
				if src[i] == '\n' {
					l.newline = true
				}
				i++
			}
			i = min(i+2, len(src))
			continue
		}
		break
	}
	l.from = i
	if i >= len(src) {
		l.kind, l.pos, l.newline = tokEOF, i, true
		return
	}
	c := src[i]
	switch class[c] {
	case letter:
		i++
		for i < len(src) && class[src[i]] >= letter {
			i++
		}
		l.kind = tokName
	case digit:
		i = number(src, i)
		l.kind = tokNumber
	default:
		switch c {
		case '"', '\'':
			i = quoted(src, i)
			l.kind = tokString
		case '`':
			i++
			for i < len(src) && src[i] != '`' {
				i++
			}
			i = min(i+1, len(src))
			l.kind = tokString
		case '.':
			if i+1 < len(src) && class[src[i+1]] == digit {
				i = number(src, i)
				l.kind = tokNumber
				break
			}
			fallthrough
		default:
			l.kind, l.op = tokOp, c
			i++
		}
	}
	l.pos = i
}

const (
	other  = 0
	letter = 1
	digit  = 2
)

// class tells bytes that begin or continue a name; every byte above 0x7f counts as a letter.
var class = func() (t [256]uint8) {
	for c := range t {
		switch {
		case c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= 0x80:
			t[c] = letter
		case '0' <= c && c <= '9':
			t[c] = digit
		}
	}
	return t
}()

func number(src string, i int) int {
	hex := i+1 < len(src) && src[i] == '0' && (src[i+1] == 'x' || src[i+1] == 'X')
	for i < len(src) {
		c := src[i]
		if (c == '+' || c == '-') && i > 0 {
			p := src[i-1]
			if !hex && (p == 'e' || p == 'E') || hex && (p == 'p' || p == 'P') {
				i++
				continue
			}
			break
		}
		if class[c] == other && c != '.' {
			break
		}
		i++
	}
	return i
}

func quoted(src string, i int) int {
	quote := src[i]
	i++
	for i < len(src) && src[i] != quote && src[i] != '\n' {
		if src[i] == '\\' {
			i++
		}
		i++
	}
	if i < len(src) && src[i] == quote {
		i++
	}
	return min(i, len(src))
}
