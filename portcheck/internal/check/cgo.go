package check

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/gopreflight/gopreflight/portcheck/internal/compilertext"
)

// withoutUnknown drops errors that only come from not knowing what C declares: about values of unknown type, about fields
// and methods of structs that embed one, and about variables that are used only where one of those was in the way.
// Types that are nothing but a type of C are no trouble: package load has made them aliases.
func withoutUnknown(errors []compilertext.Error, files []*ast.File) []compilertext.Error {
	if len(errors) == 0 {
		return errors
	}
	embedders := embeddersOfC(files)
	dropped := make(map[string]bool)
	var kept []compilertext.Error
	for _, e := range errors {
		if strings.Contains(e.Message, "invalid type") || aboutMembers(e.Message) && mentions(e.Message, embedders) {
			dropped[e.File] = true
		} else {
			kept = append(kept, e)
		}
	}
	var out []compilertext.Error
	for _, e := range kept {
		if !dropped[e.File] || !strings.HasPrefix(e.Message, "declared and not used: ") {
			out = append(out, e)
		}
	}
	return out
}

func aboutMembers(message string) bool {
	for _, part := range []string{" has no field or method ", "missing method ", " does not implement ", "unknown field "} {
		if strings.Contains(message, part) {
			return true
		}
	}
	return false
}

// mentions reports whether a word of the message is one of the names.
func mentions(message string, names map[string]bool) bool {
	for _, word := range strings.FieldsFunc(message, func(r rune) bool {
		return !(r == '_' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r > 127)
	}) {
		if names[word] {
			return true
		}
	}
	return false
}

// embeddersOfC are the types that embed a type of C, or one that does.
func embeddersOfC(files []*ast.File) map[string]bool {
	var specs []*ast.TypeSpec
	for _, file := range files {
		for _, decl := range file.Decls {
			if gen, ok := decl.(*ast.GenDecl); ok && gen.Tok == token.TYPE {
				for _, spec := range gen.Specs {
					specs = append(specs, spec.(*ast.TypeSpec))
				}
			}
		}
	}
	unknown, embedders := make(map[string]bool), make(map[string]bool)
	for again := true; again; {
		again = false
		for _, spec := range specs {
			name := spec.Name.Name
			if unknown[name] || embedders[name] {
				continue
			}
			switch x := spec.Type.(type) {
			case *ast.StructType:
				for _, field := range x.Fields.List {
					if len(field.Names) == 0 && isOfC(field.Type, unknown, embedders) {
						embedders[name], again = true, true
					}
				}
			default:
				if isOfC(x, unknown, nil) {
					unknown[name], again = true, true
				} else if ident, ok := x.(*ast.Ident); ok && embedders[ident.Name] {
					embedders[name], again = true, true
				}
			}
		}
	}
	return embedders
}

func isOfC(x ast.Expr, sets ...map[string]bool) bool {
	switch x := x.(type) {
	case *ast.ParenExpr:
		return isOfC(x.X, sets...)
	case *ast.StarExpr:
		return isOfC(x.X, sets...)
	case *ast.Ident:
		for _, set := range sets {
			if set[x.Name] {
				return true
			}
		}
	case *ast.SelectorExpr:
		c, ok := x.X.(*ast.Ident)
		return ok && c.Name == "C"
	}
	return false
}
