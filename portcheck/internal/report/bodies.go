package report

import (
	"slices"
	"strings"

	"github.com/gopreflight/gopreflight/portcheck/internal/compilertext"
	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/plan"
	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/scan"
	"github.com/gopreflight/gopreflight/portcheck/internal/wire"
)

// missingBodies finds functions without a body on slots where nothing can provide one (go/types leaves that to the
// compiler, src/cmd/compile/internal/noder/writer.go).
func missingBodies(u *plan.Unit, wasm port.Set) []found {
	var out []found
	for _, f := range u.Scope.Files {
		for _, d := range f.Decls {
			if d.Keyword != "func" || d.Body != 0 {
				continue
			}
			name := functionName(f, d)
			slots := f.Slots & u.Need &^ u.Package.Asm &^ provided(f, d, name, wasm)
			if slots == 0 {
				continue
			}
			line, column := scan.Position(f.Source, int(nameOffset(f, d)))
			out = append(out, found{wire.BodyError, compilertext.Error{File: f.Path, Line: line, Column: column,
				Message: "missing function body"}, slots})
		}
	}
	return out
}

// nameOffset is where a function's name stands: behind its receiver.
func nameOffset(f *load.File, d *load.Decl) int32 {
	i := int(d.Spec)
	if f.Source[i] == '(' {
		depth := 0
		for ; i < len(f.Source); i++ {
			if f.Source[i] == '(' {
				depth++
			}
			if f.Source[i] == ')' {
				depth--
				if depth == 0 {
					i++
					break
				}
			}
		}
		for i < len(f.Source) && (f.Source[i] == ' ' || f.Source[i] == '\t') {
			i++
		}
	}
	return int32(i)
}

func functionName(f *load.File, d *load.Decl) string {
	text := f.Source[nameOffset(f, d):]
	if end := strings.IndexAny(text, "([ \t"); end > 0 {
		return text[:end]
	}
	return text
}

func imports(f *load.File, path string) bool {
	for _, i := range f.Imports {
		if i.Path == path {
			return true
		}
	}
	return false
}

// provided are the slots on which something makes up for a body: a linkname of the function anywhere in its file, which
// imports unsafe, and on wasm a wasmimport that no other declaration follows before it.
func provided(f *load.File, d *load.Decl, name string, wasm port.Set) (slots port.Set) {
	for _, directive := range f.Scan.Directives {
		fields := strings.Fields(directive.Text)
		switch fields[0] {
		case "//go:linkname":
			if len(fields) > 1 && fields[1] == name && imports(f, "unsafe") {
				return f.Slots
			}
		case "//go:wasmimport":
			between := func(o *load.Decl) bool { return directive.At < int(o.From) && o.From < d.From }
			if directive.At < int(d.From) && !slices.ContainsFunc(f.Decls, between) {
				slots |= wasm
			}
		}
	}
	return slots
}
