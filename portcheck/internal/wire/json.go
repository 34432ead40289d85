package wire

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// encoding/json would cost a tenth of the cold build of this program; a request needs little of it.

// object is a JSON object. The other kinds are string, number, bool, []any and nil.
type object map[string]any

// number is the text of a JSON number.
type number string

const maxDepth = 64

// reader reads one JSON text.
type reader struct {
	text  string
	pos   int
	depth int
}

// parseJSON returns the value of a JSON text (RFC 8259). The error names the offset at which the text is broken.
func parseJSON(text string) (v any, err error) {
	r := &reader{text: text}
	if v, err = r.value(); err != nil {
		return nil, err
	}
	if r.space(); r.pos < len(r.text) {
		return nil, r.broken("the end")
	}
	return v, nil
}

func (r *reader) broken(want string) error {
	if r.pos >= len(r.text) {
		return fmt.Errorf("JSON ends too early at byte %d: want %s", r.pos, want)
	}
	c, _ := utf8.DecodeRuneInString(r.text[r.pos:])
	return fmt.Errorf("broken JSON at byte %d: want %s, not %q", r.pos, want, c)
}

// space skips white space and returns the next byte, 0 at the end.
func (r *reader) space() byte {
	for r.pos < len(r.text) {
		switch c := r.text[r.pos]; c {
		case ' ', '\t', '\r', '\n':
			r.pos++
		default:
			return c
		}
	}
	return 0
}

func (r *reader) value() (any, error) {
	c := r.space()
	switch {
	case c == '{' || c == '[':
		if r.depth++; r.depth > maxDepth {
			return nil, fmt.Errorf("JSON is nested deeper than %d levels at byte %d", maxDepth, r.pos)
		}
		defer func() { r.depth-- }()
		if c == '{' {
			return r.object()
		}
		return r.array()
	case c == '"':
		return r.string()
	case c == '-' || '0' <= c && c <= '9':
		return r.number()
	}
	for word, v := range map[string]any{"true": true, "false": false, "null": nil} {
		if strings.HasPrefix(r.text[r.pos:], word) {
			r.pos += len(word)
			return v, nil
		}
	}
	return nil, r.broken("a value")
}

func (r *reader) object() (any, error) {
	o := object{}
	r.pos++
	if r.space() == '}' {
		r.pos++
		return o, nil
	}
	for {
		if r.space() != '"' {
			return nil, r.broken("the name of a field")
		}
		name, err := r.string()
		if err != nil {
			return nil, err
		}
		if r.space() != ':' {
			return nil, r.broken("':'")
		}
		r.pos++
		if o[name], err = r.value(); err != nil {
			return nil, err
		}
		if more, err := r.separator('}'); !more {
			return o, err
		}
	}
}

func (r *reader) array() (any, error) {
	list := []any{}
	r.pos++
	if r.space() == ']' {
		r.pos++
		return list, nil
	}
	for {
		v, err := r.value()
		if err != nil {
			return nil, err
		}
		list = append(list, v)
		if more, err := r.separator(']'); !more {
			return list, err
		}
	}
}

// separator skips a comma (true) or the closing bracket (false).
func (r *reader) separator(end byte) (bool, error) {
	switch r.space() {
	case ',':
		r.pos++
		return true, nil
	case end:
		r.pos++
		return false, nil
	}
	return false, r.broken("',' or '" + string(end) + "'")
}

func (r *reader) string() (string, error) {
	r.pos++
	start := r.pos
	end := strings.IndexByte(r.text[start:], '"')
	if end >= 0 && strings.IndexByte(r.text[start:start+end], '\\') < 0 {
		s := r.text[start : start+end]
		if i := strings.IndexFunc(s, func(c rune) bool { return c < ' ' }); i >= 0 {
			r.pos = start + i
			return "", r.broken("no control character in a string")
		}
		r.pos = start + end + 1
		return s, nil
	}
	var b strings.Builder
	for r.pos < len(r.text) {
		switch c := r.text[r.pos]; {
		case c == '"':
			r.pos++
			return b.String(), nil
		case c == '\\':
			if err := r.escape(&b); err != nil {
				return "", err
			}
		case c < ' ':
			return "", r.broken("no control character in a string")
		default:
			b.WriteByte(c)
			r.pos++
		}
	}
	return "", r.broken(`'"'`)
}

func (r *reader) escape(b *strings.Builder) error {
	r.pos++
	if r.pos >= len(r.text) {
		return r.broken("an escape")
	}
	c := r.text[r.pos]
	if i := strings.IndexByte(`"\/bfnrt`, c); i >= 0 {
		b.WriteByte("\"\\/\b\f\n\r\t"[i])
		r.pos++
		return nil
	}
	if c != 'u' {
		return r.broken("an escape")
	}
	first, err := r.hex()
	if err != nil {
		return err
	}
	// A character beyond U+FFFF comes as two halves; WriteRune makes U+FFFD of half a pair.
	if 0xd800 <= first && first < 0xdc00 && strings.HasPrefix(r.text[r.pos:], `\u`) {
		back := r.pos
		r.pos++
		second, err := r.hex()
		if err != nil {
			return err
		}
		if 0xdc00 <= second && second < 0xe000 {
			b.WriteRune((first-0xd800)<<10 + (second - 0xdc00) + 0x10000)
			return nil
		}
		r.pos = back
	}
	b.WriteRune(first)
	return nil
}

// hex reads uXXXX.
func (r *reader) hex() (rune, error) {
	r.pos++
	if r.pos+4 > len(r.text) {
		r.pos = len(r.text)
		return 0, r.broken("four hexadecimal digits")
	}
	n, err := strconv.ParseUint(r.text[r.pos:r.pos+4], 16, 32)
	if err != nil {
		return 0, r.broken("four hexadecimal digits")
	}
	r.pos += 4
	return rune(n), nil
}

func (r *reader) number() (any, error) {
	start := r.pos
	for r.pos < len(r.text) && strings.IndexByte("+-.0123456789eE", r.text[r.pos]) >= 0 {
		r.pos++
	}
	// The grammar of Go is wider: it allows 01, .5, 5. and 1.e1.
	text := r.text[start:r.pos]
	whole, fraction, dot := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	_, err := strconv.ParseFloat(text, 64)
	if err != nil && err.(*strconv.NumError).Err == strconv.ErrSyntax || text[0] == '+' || !startsWithDigit(whole) ||
		dot && !startsWithDigit(fraction) || whole[0] == '0' && len(whole) > 1 && startsWithDigit(whole[1:]) {
		r.pos = start
		return nil, r.broken("a number")
	}
	return number(text), nil
}

func startsWithDigit(s string) bool { return s != "" && '0' <= s[0] && s[0] <= '9' }
