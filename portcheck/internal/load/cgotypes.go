package load

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

// unknownTypes makes aliases of the types that a file defines from types of C: `type T C.int` becomes `type T=C.int`.
//
// Only a C compiler knows what C.int is, so go/types takes it as invalid and is silent about all that is made of it. A
// type defined from it would have a name, and no operation, field or method of it would be right. Offsets stay.
func unknownTypes(source string) string {
	if !strings.Contains(source, `"C"`) || !strings.Contains(source, "C.") {
		return source
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", source, parser.SkipObjectResolution)
	if err != nil || !importsC(file) {
		return source
	}
	var specs []*ast.TypeSpec
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.TypeSpec); ok && !spec.Assign.IsValid() && spec.TypeParams == nil {
			specs = append(specs, spec)
		}
		return true
	})
	text := []byte(source)
	unknown := make(map[string]bool)
	for again := true; again; {
		again = false
		for _, spec := range specs {
			if unknown[spec.Name.Name] || !ofC(spec.Type, unknown) {
				continue
			}
			if at := fset.PositionFor(spec.Name.End(), false).Offset; text[at] == ' ' || text[at] == '\t' {
				text[at], unknown[spec.Name.Name], again = '=', true, true
			}
		}
	}
	return string(text)
}

func importsC(file *ast.File) bool {
	for _, spec := range file.Imports {
		if spec.Path.Value == `"C"` {
			return true
		}
	}
	return false
}

// ofC reports whether a type is one of C itself, or a type of the file that is.
func ofC(x ast.Expr, unknown map[string]bool) bool {
	switch x := x.(type) {
	case *ast.ParenExpr:
		return ofC(x.X, unknown)
	case *ast.StarExpr:
		// A pointer to what is invalid is invalid itself (go/types, typexpr.go).
		return ofC(x.X, unknown)
	case *ast.Ident:
		return unknown[x.Name]
	case *ast.SelectorExpr:
		c, ok := x.X.(*ast.Ident)
		return ok && c.Name == "C"
	}
	return false
}
