// Package calls finds where a file uses certain names of other packages: functions that compile on a port and cannot
// work there. It looks at syntax alone, and says nothing where a name might mean something else.
package calls

import (
	"go/ast"
	"go/token"
	"sort"
	"strconv"
	"strings"
)

// Watch are the names to look for, by import path. The name * stands for all of a package.
type Watch map[string]map[string]bool

// NewWatch reads a list of symbols such as os/exec.Command and syscall/js.*; what is none is passed over.
func NewWatch(symbols []string) Watch {
	w := make(Watch)
	for _, s := range symbols {
		slash := strings.LastIndexByte(s, '/') + 1
		dot := strings.IndexByte(s[slash:], '.')
		if dot <= 0 {
			continue
		}
		path, name := s[:slash+dot], s[slash+dot+1:]
		if w[path] == nil {
			w[path] = make(map[string]bool)
		}
		w[path][name] = true
	}
	return w
}

// Use is one use of a watched name.
type Use struct {
	Symbol string // os/exec.Command
	Pos    token.Pos
}

// In returns the uses in a file, in the order of the file. packageName tells the name of the package at an import path
// when the import does not. Names that come through a dot import are not seen, nor a use inside a declaration that
// declares the package's name for itself, where only its scopes could tell.
func In(file *ast.File, w Watch, packageName func(path string) string) []Use {
	paths := make(map[string]string)
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil || w[path] == nil {
			continue
		}
		name := packageName(path)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		if name != "_" && name != "." {
			paths[name] = path
		}
	}
	if len(paths) == 0 {
		return nil
	}
	var uses []Use
	for _, decl := range file.Decls {
		found := inDecl(decl, w, paths)
		if len(found) == 0 {
			continue
		}
		hidden := declared(decl)
		for _, f := range found {
			if !hidden[f.qualifier] {
				uses = append(uses, f.Use)
			}
		}
	}
	sort.SliceStable(uses, func(i, j int) bool { return uses[i].Pos < uses[j].Pos })
	return uses
}

type qualified struct {
	Use
	qualifier string
}

func inDecl(decl ast.Decl, w Watch, paths map[string]string) (found []qualified) {
	ast.Inspect(decl, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		x, ok := sel.X.(*ast.Ident)
		if !ok {
			return true
		}
		path, ok := paths[x.Name]
		if ok && (w[path][sel.Sel.Name] || w[path]["*"]) {
			found = append(found, qualified{Use{path + "." + sel.Sel.Name, x.Pos()}, x.Name})
		}
		return true
	})
	return found
}

// declared are all names that a top-level declaration declares inside itself, wherever in it.
func declared(decl ast.Decl) map[string]bool {
	names := make(map[string]bool)
	add := func(e ast.Expr) {
		if id, ok := e.(*ast.Ident); ok {
			names[id.Name] = true
		}
	}
	fields := func(list *ast.FieldList) {
		if list == nil {
			return
		}
		for _, f := range list.List {
			for _, id := range f.Names {
				names[id.Name] = true
			}
		}
	}
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				for _, e := range n.Lhs {
					add(e)
				}
			}
		case *ast.RangeStmt:
			if n.Tok == token.DEFINE {
				add(n.Key)
				add(n.Value)
			}
		case *ast.ValueSpec:
			for _, id := range n.Names {
				names[id.Name] = true
			}
		case *ast.TypeSpec:
			names[n.Name.Name] = true
			fields(n.TypeParams)
		case *ast.FuncType:
			fields(n.TypeParams)
			fields(n.Params)
			fields(n.Results)
		case *ast.FuncDecl:
			fields(n.Recv)
		}
		return true
	})
	return names
}
