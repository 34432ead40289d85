package report

import (
	"github.com/gopreflight/gopreflight/portcheck/internal/compilertext"
	"github.com/gopreflight/gopreflight/portcheck/internal/directive"
	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/plan"
	"github.com/gopreflight/gopreflight/portcheck/internal/wire"
)

// wrongDirectives finds directives that the compiler refuses beside type errors.
func wrongDirectives(u *plan.Unit) []found {
	return eachFile(u, func(f *load.File) []directive.Found { return directive.Parsed(f.Source) })
}

// lateDirectives finds those that it looks at once nothing else is wrong with the package.
func lateDirectives(u *plan.Unit) []found {
	declared := func(name string) bool {
		for _, f := range u.Scope.Files {
			for _, d := range f.Decls {
				if d.Keyword == "var" || d.Keyword == "func" && functionName(f, d) == name {
					return true
				}
			}
		}
		return false
	}
	return eachFile(u, func(f *load.File) []directive.Found { return directive.Late(f.Source, declared) })
}

func eachFile(u *plan.Unit, look func(f *load.File) []directive.Found) []found {
	var out []found
	for _, f := range u.Scope.Files {
		// Files of cgo are rewritten before the compiler sees them.
		if f.Cgo || f.Slots&u.Need == 0 {
			continue
		}
		for _, e := range look(f) {
			out = append(out, found{wire.LateError, compilertext.Error{File: f.Path, Line: e.Line, Column: e.Column,
				Message: e.Message}, f.Slots & u.Need})
		}
	}
	return out
}
