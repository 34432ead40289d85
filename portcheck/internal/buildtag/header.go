package buildtag

import (
	"bytes"
	"errors"
	"fmt"
	"go/build/constraint"

	"github.com/gopreflight/gopreflight/portcheck/internal/port"
)

// Header is what the comments before the package clause say about where a file belongs.
type Header struct {
	Slots      port.Set
	Constraint string // canonical text of the //go:build line or of all // +build lines, "" if there are none
	Err        error  // a load error of the go command: the //go:build line does not parse, or there are two
	Line       int    // line of Err, from 1
}

var (
	errMultiple = errors.New("multiple //go:build comments")
	bom         = []byte("\xef\xbb\xbf")
	slashSlash  = []byte("//")
	goBuild     = []byte("//go:build")
	plusBuild   = []byte("+build")
)

// ReadHeader reads the constraints at the top of a file (go/build: shouldBuild and parseFileHeader of build.go).
// With an error the slots are all: go reports it wherever the file's name fits.
func ReadHeader(t *port.Table, content []byte) Header {
	h, _ := ReadPrefix(t, content)
	return h
}

// IsSyntax reports whether an error of a Header is that of a //go:build line which does not parse.
func IsSyntax(err error) bool {
	var syntax *constraint.SyntaxError
	return errors.As(err, &syntax)
}

// ReadPrefix is ReadHeader for the first bytes of a file. It also reports whether the header ends within them; if not,
// more of the file is needed.
func ReadPrefix(t *port.Table, content []byte) (h Header, complete bool) {
	content = bytes.TrimPrefix(content, bom)
	raw := scan(content)
	if raw.second != 0 {
		return Header{Slots: t.All(), Err: errMultiple, Line: raw.second}, true
	}
	if raw.goBuild != nil {
		x, err := constraint.Parse(string(raw.goBuild))
		if err != nil {
			return Header{Slots: t.All(), Err: fmt.Errorf("parsing //go:build line: %w", err), Line: raw.line}, raw.complete
		}
		return Header{Slots: Eval(t, x), Constraint: x.String()}, raw.complete
	}
	return plusLines(t, content[:raw.end]), raw.complete
}

// plusLines combines the // +build lines of the part of the header in which they count. Broken ones are ignored.
func plusLines(t *port.Table, head []byte) Header {
	h := Header{Slots: t.All()}
	if !bytes.Contains(head, plusBuild) {
		return h
	}
	var all constraint.Expr
	for len(head) > 0 {
		var line []byte
		line, head = cutLine(head)
		if !bytes.HasPrefix(line, slashSlash) || !constraint.IsPlusBuild(string(line)) {
			continue
		}
		x, err := constraint.Parse(string(line))
		switch {
		case err != nil:
		case all == nil:
			all = x
		default:
			all = &constraint.AndExpr{X: all, Y: x}
		}
	}
	if all != nil {
		h.Slots, h.Constraint = Eval(t, all), all.String()
	}
	return h
}

// Eval returns the slots on which the constraint holds.
func Eval(t *port.Table, x constraint.Expr) port.Set {
	switch x := x.(type) {
	case *constraint.AndExpr:
		return Eval(t, x.X) & Eval(t, x.Y)
	case *constraint.OrExpr:
		return Eval(t, x.X) | Eval(t, x.Y)
	case *constraint.NotExpr:
		return t.Not(Eval(t, x.X))
	case *constraint.TagExpr:
		return t.Tag(x.Tag)
	}
	return 0
}

// rawHeader is the header before its constraints are parsed.
type rawHeader struct {
	end      int    // // +build lines count before this offset: the last blank line of the leading // comments
	goBuild  []byte // the //go:build line, nil if there is none
	line     int    // its line
	second   int    // line of a second //go:build line, 0 if there is none
	complete bool   // a line with something else than comments follows
}

// scan walks over the leading comments and blank lines of a file.
func scan(content []byte) rawHeader {
	var h rawHeader
	rest, number := content, 0
	onlyLines := true // only blank lines and // comments so far
	inBlock := false  // inside /* */
	for len(rest) > 0 {
		var line []byte
		line, rest = cutLine(rest)
		number++
		if len(line) == 0 && onlyLines {
			h.end = len(content) - len(rest)
			continue
		}
		if !bytes.HasPrefix(line, slashSlash) {
			onlyLines = false
		}
		if !inBlock && isGoBuild(line) {
			if h.goBuild != nil {
				h.second = number
				return h
			}
			h.goBuild, h.line = line, number
		}
		var code bool
		if inBlock, code = comments(line, inBlock); code {
			h.complete = len(rest) > 0 // else the line itself may go on
			break
		}
	}
	return h
}

// comments walks over the comments of a line. It returns whether a block comment is open at its end, and whether there
// is something else than comments on the line.
func comments(line []byte, inBlock bool) (open, code bool) {
	for len(line) > 0 {
		switch {
		case inBlock:
			_, after, found := bytes.Cut(line, []byte("*/"))
			if !found {
				return true, false
			}
			inBlock, line = false, bytes.TrimSpace(after)
		case bytes.HasPrefix(line, slashSlash):
			return false, false
		case bytes.HasPrefix(line, []byte("/*")):
			inBlock, line = true, bytes.TrimSpace(line[2:])
		default:
			return false, true
		}
	}
	return inBlock, false
}

// isGoBuild reports whether the trimmed line is a //go:build comment (and not //go:builder).
func isGoBuild(line []byte) bool {
	rest, ok := bytes.CutPrefix(line, goBuild)
	return ok && (len(rest) == 0 || len(bytes.TrimSpace(rest)) < len(rest))
}

// cutLine returns the first line without surrounding space, and what follows it.
func cutLine(p []byte) (line, rest []byte) {
	if i := bytes.IndexByte(p, '\n'); i >= 0 {
		line, rest = p[:i], p[i+1:]
	} else {
		line, rest = p, nil
	}
	return bytes.TrimSpace(line), rest
}
