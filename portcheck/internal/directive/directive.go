// Package directive finds what the compiler says about //go: directives, which go/types does not read.
//
// Some of it the compiler's parser says, beside the type errors (Parsed); the rest comes only when a package has no other
// error (Late). Source: cmd/compile/internal/noder, noder.go and writer.go.
package directive

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

// Found is one error; columns count bytes from 1.
type Found struct {
	Line, Column int
	Message      string
}

// onlyFuncs are directives that stand before functions only.
var onlyFuncs = map[string]bool{
	"go:noescape": true, "go:norace": true, "go:nosplit": true, "go:noinline": true, "go:nocheckptr": true,
	"go:cgo_unsafe_args": true, "go:uintptrescapes": true, "go:registerparams": true,
}

var onlyRuntime = map[string]bool{
	"go:systemstack": true, "go:nowritebarrier": true, "go:nowritebarrierrec": true, "go:yeswritebarrierrec": true,
}

// source is a parsed file with its directives.
type source struct {
	fset       *token.FileSet
	file       *ast.File
	directives []directive
}

type directive struct {
	text  string // without //
	pos   token.Pos
	alone bool // nothing but blanks before it in its line
}

func (d directive) verb() string {
	verb, _, _ := strings.Cut(d.text, " ")
	return verb
}

// read parses a file that has directives worth a look; nil for others, and for one with syntax errors.
func read(text string) *source {
	if !worthReading(text) {
		return nil
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	s := &source{fset: fset, file: file}
	for _, group := range file.Comments {
		for _, c := range group.List {
			if !strings.HasPrefix(c.Text, "//go:") {
				continue
			}
			offset := fset.PositionFor(c.Pos(), false).Offset
			line := text[strings.LastIndexByte(text[:offset], '\n')+1 : offset]
			// The compiler leaves out the carriage return of a line that ends with one.
			s.directives = append(s.directives, directive{strings.TrimSuffix(c.Text[2:], "\r"), c.Pos(), strings.TrimSpace(line) == ""})
		}
	}
	return s
}

// worthReading spares parsing the many files that only have a //go:build or a //go:generate.
func worthReading(text string) bool {
	for {
		at := strings.Index(text, "//go:")
		if at < 0 {
			return false
		}
		rest := text[at+len("//"):]
		line := text[strings.LastIndexByte(text[:at], '\n')+1 : at]
		if strings.TrimSpace(line) != "" {
			return true
		}
		end := strings.IndexAny(rest, " \t\r\n")
		if end < 0 {
			end = len(rest)
		}
		switch rest[:end] {
		case "go:build", "go:generate", "go:debug", "go:fix":
		default:
			return true
		}
		text = rest
	}
}

func (s *source) found(pos token.Pos, behind int, message string) Found {
	p := s.fset.PositionFor(pos, false)
	return Found{p.Line, p.Column + behind, message}
}

// Parsed gives the errors of directives that the compiler reports beside type errors.
func Parsed(text string) []Found {
	s := read(text)
	if s == nil {
		return nil
	}
	var out []Found
	for _, d := range s.directives {
		if message := parsed(d); message != "" {
			out = append(out, s.found(d.pos, 2, message))
		}
	}
	return out
}

func parsed(d directive) string {
	if !d.alone {
		return "misplaced compiler directive"
	}
	words := len(strings.Fields(d.text))
	switch verb := d.verb(); {
	case verb == "go:linkname" && strings.HasPrefix(d.text, "go:linkname ") && words != 2 && words != 3:
		return "usage: //go:linkname localname [linkname]"
	case verb == "go:wasmimport" && strings.HasPrefix(d.text, "go:wasmimport ") && words != 3:
		return "usage: //go:wasmimport importmodule importname"
	case verb == "go:wasmexport" && strings.HasPrefix(d.text, "go:wasmexport ") && words != 2:
		return "usage: //go:wasmexport exportname"
	case verb == "go:embed" && words == 1:
		return "usage: //go:embed pattern..."
	case onlyRuntime[verb]:
		return "//" + verb + " only allowed in runtime"
	case verb == "go:uintptrkeepalive":
		return "//" + verb + " is only allowed in the standard library"
	case verb == "go:cgo_import_dynamic" && words >= 4:
		return ""
	case strings.HasPrefix(verb, "go:cgo_"):
		return "//" + d.text + " only allowed in cgo-generated code"
	}
	return ""
}

// Late gives the errors of directives that the compiler reports in a package without any other error. declared tells
// whether the package declares a function or variable of a name; lang is its language version, such as "go1.21".
func Late(text string, declared func(name string) bool) []Found {
	s := read(text)
	if s == nil {
		return nil
	}
	out := s.linknames(declared)
	from := s.file.Name.End()
	for _, decl := range s.file.Decls {
		out = append(out, s.before(decl, from)...)
		from = decl.End()
	}
	return append(out, s.embeds()...)
}

func (s *source) imports(path string) bool {
	for _, spec := range s.file.Imports {
		if spec.Path.Value == `"`+path+`"` {
			return true
		}
	}
	return false
}

func (s *source) linknames(declared func(name string) bool) []Found {
	var out []Found
	seen := map[string]bool{}
	for _, d := range s.directives {
		words := strings.Fields(d.text)
		if !d.alone || d.verb() != "go:linkname" || len(words) < 2 || len(words) > 3 {
			continue
		}
		name := words[1]
		switch {
		case !s.imports("unsafe"):
			out = append(out, s.found(d.pos, 2, `//go:linkname only allowed in Go files that import "unsafe"`))
		case len(words) == 3 && strings.Contains(words[2], "[") && strings.Contains(words[2], "]"):
			out = append(out, s.found(d.pos, 2, "//go:linkname reference of an instantiation is not allowed"))
		case !declared(name):
			out = append(out, s.found(d.pos, 2, "//go:linkname must refer to declared function or variable"))
		case seen[name]:
			out = append(out, s.found(d.pos, 2, "duplicate //go:linkname for "+name))
		}
		seen[name] = true
	}
	return out
}

// before checks the directives between two declarations, which belong to the second.
func (s *source) before(decl ast.Decl, from token.Pos) []Found {
	var out []Found
	fn, isFunc := decl.(*ast.FuncDecl)
	for _, d := range s.directives {
		if d.pos < from || d.pos > decl.Pos() || !d.alone {
			continue
		}
		if isFunc && fn.Body != nil && d.verb() == "go:noescape" {
			out = append(out, s.found(fn.Name.Pos(), 0, "can only use //go:noescape with external func implementations"))
		}
		if !isFunc && onlyFuncs[d.verb()] {
			out = append(out, s.found(d.pos, 2, "misplaced compiler directive"))
		}
		if gen, ok := decl.(*ast.GenDecl); d.verb() == "go:embed" && (!ok || gen.Tok != token.VAR) {
			out = append(out, s.found(d.pos, 2, "misplaced go:embed directive"))
		}
	}
	return out
}

// embeds checks the variables that a //go:embed stands before.
func (s *source) embeds() []Found {
	var out []Found
	file := s.file.Package
	var inside int // functions around
	var visit func(n ast.Node) bool
	check := func(decl *ast.GenDecl) {
		if decl.Tok != token.VAR {
			return
		}
		for i, spec := range decl.Specs {
			spec, ok := spec.(*ast.ValueSpec)
			if !ok {
				continue
			}
			start := decl.Pos()
			if decl.Lparen.IsValid() && i > 0 {
				start = spec.Pos()
			}
			d, ok := s.embedAbove(start, spec.Pos())
			if !ok {
				continue
			}
			message := ""
			switch {
			case !s.imports("embed"):
				message = `go:embed requires import "embed" (or import _ "embed", if package is not used)`
			case len(spec.Names) > 1:
				message = "go:embed cannot apply to multiple vars"
			case spec.Values != nil:
				message = "go:embed cannot apply to var with initializer"
			case inside > 0:
				message = "go:embed cannot apply to var inside func"
			}
			if message != "" {
				out = append(out, s.found(d.pos, 2, message))
			}
		}
	}
	visit = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GenDecl:
			check(n)
		case *ast.BlockStmt:
			inside++
			for _, stmt := range n.List {
				ast.Inspect(stmt, visit)
			}
			inside--
			return false
		}
		return true
	}
	if file.IsValid() {
		ast.Inspect(s.file, visit)
	}
	return out
}

// embedAbove finds a //go:embed in the comment lines right above a declaration.
func (s *source) embedAbove(start, spec token.Pos) (directive, bool) {
	line := s.fset.PositionFor(start, false).Line
	specLine := s.fset.PositionFor(spec, false).Line
	lines := map[int]bool{}
	for _, group := range s.file.Comments {
		for _, c := range group.List {
			lines[s.fset.PositionFor(c.Pos(), false).Line] = true
		}
	}
	for _, above := range []int{line, specLine} {
		for above--; lines[above]; above-- {
			for _, d := range s.directives {
				if d.alone && d.verb() == "go:embed" && s.fset.PositionFor(d.pos, false).Line == above {
					return d, true
				}
			}
		}
	}
	return directive{}, false
}
