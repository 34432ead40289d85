package wire

import (
	"strconv"
	"unicode/utf8"

	"github.com/gopreflight/gopreflight/portcheck/internal/port"
)

// line is a JSON object under construction.
type line struct{ buf []byte }

// key begins a field.
func (l *line) key(name string) {
	if l.buf[len(l.buf)-1] != '{' {
		l.buf = append(l.buf, ',')
	}
	l.buf = append(l.buf, '"')
	l.buf = append(l.buf, name...)
	l.buf = append(l.buf, '"', ':')
}

func (l *line) str(name, value string) {
	l.key(name)
	l.buf = appendString(l.buf, value)
}

func (l *line) num(name string, value int) {
	l.key(name)
	l.buf = strconv.AppendInt(l.buf, int64(value), 10)
}

func (l *line) decimal(name string, value float64) {
	l.key(name)
	l.buf = strconv.AppendFloat(l.buf, value, 'f', 3, 64)
}

func (l *line) flag(name string, value bool) {
	l.key(name)
	l.buf = strconv.AppendBool(l.buf, value)
}

func (l *line) strs(name string, values []string) {
	l.key(name)
	l.buf = append(l.buf, '[')
	for i, s := range values {
		if i > 0 {
			l.buf = append(l.buf, ',')
		}
		l.buf = appendString(l.buf, s)
	}
	l.buf = append(l.buf, ']')
}

// set writes a set as the array of its slots.
func (l *line) set(name string, s port.Set) {
	l.key(name)
	l.buf = append(l.buf, '[')
	first := true
	s.Each(func(i int) {
		if !first {
			l.buf = append(l.buf, ',')
		}
		first = false
		l.buf = strconv.AppendInt(l.buf, int64(i), 10)
	})
	l.buf = append(l.buf, ']')
}

// list writes an array of n objects; fill adds the fields of each.
func (l *line) list(name string, n int, fill func(i int)) {
	l.key(name)
	l.buf = append(l.buf, '[')
	for i := 0; i < n; i++ {
		if i > 0 {
			l.buf = append(l.buf, ',')
		}
		l.buf = append(l.buf, '{')
		fill(i)
		l.buf = append(l.buf, '}')
	}
	l.buf = append(l.buf, ']')
}

// pkg writes what names a package in most lines.
func (l *line) pkg(path, variant, module, version string, main bool) {
	l.str("package", path)
	l.str("variant", variant)
	l.str("module", module)
	l.str("version", version)
	l.flag("main", main)
}

const hexDigits = "0123456789abcdef"

// appendString appends a JSON string. What is no UTF-8 becomes U+FFFD.
func appendString(buf []byte, s string) []byte {
	buf = append(buf, '"')
	for i := 0; i < len(s); {
		c, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case c == utf8.RuneError && size == 1:
			buf = append(buf, "\ufffd"...)
		case c == '"' || c == '\\':
			buf = append(buf, '\\', byte(c))
		case c == '\n':
			buf = append(buf, '\\', 'n')
		case c == '\t':
			buf = append(buf, '\\', 't')
		case c < ' ' || c == 0x7f:
			buf = append(buf, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		default:
			buf = append(buf, s[i:i+size]...)
		}
		i += size
	}
	return append(buf, '"')
}
