package check

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"reflect"
	"strings"

	"github.com/gopreflight/gopreflight/portcheck/internal/compilertext"
	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/plan"
)

// Result is what the checker said of one class.
type Result struct {
	Class  *plan.Class
	Whole  bool
	Syntax bool // errors of the parser: the types were not looked at
	Exact  bool // Errors are the compiler's own
	Errors []compilertext.Error
}

// body checks the declarations of a class in a universe that holds what they need. present is nil for a whole check.
func (u *universe) body(c *plan.Class, present map[*load.Decl]bool) *Result {
	r := &Result{Class: c, Whole: present == nil}
	fset := token.NewFileSet()
	var files []*ast.File
	imports := make(map[string]*load.Package)
	full := make(map[*load.Decl]bool, len(c.Check))
	for _, d := range c.Check {
		full[d] = true
	}
	wholeFiles := make(map[string]bool)
	for _, f := range c.Unit.Scope.Files {
		if !f.Slots.Has(u.slot) {
			continue
		}
		source := f.Source
		if present != nil {
			if source = reduced(f, present, full); source == "" {
				continue
			}
			wholeFiles[f.Path] = allFull(f, full)
		}
		file, err := parser.ParseFile(fset, f.Path, source, parser.SkipObjectResolution|parser.AllErrors)
		if err != nil {
			r.Syntax = true
			r.Errors = append(r.Errors, syntaxErrors(f, err)...)
			continue
		}
		files = append(files, file)
		for i := range f.Imports {
			imports[f.Imports[i].Path] = f.Imports[i].Target
		}
	}
	if r.Syntax {
		if exact := compilerSyntax(u.world.GOROOT, c.Unit.Package.Path, goVersion(c.Unit.Package), u.present(c)); len(exact) > 0 {
			r.Errors, r.Exact = exact, true
		}
		return r
	}
	if len(files) == 0 {
		return r
	}
	path := c.Unit.Package.Path
	if c.Unit.Variant == "xtest" {
		path += "_test"
	}
	config := types.Config{
		FakeImportC: true,
		Sizes:       u.sizes,
		GoVersion:   goVersion(c.Unit.Package),
		Error: func(err error) {
			if e, ok := typeError(err, func(file string) bool { return present != nil && !wholeFiles[file] }); ok {
				r.Errors = append(r.Errors, e)
			}
		},
		Importer: importerFunc(func(path string) (*types.Package, error) {
			return u.imported(imports[path], path)
		}),
	}
	_, _ = config.Check(path, fset, files, nil)
	if c.Unit.Package.CgoSlots.Has(u.slot) {
		r.Errors = withoutUnknown(r.Errors, files)
	}
	for _, e := range r.Errors {
		// go/parser lets it pass, the compiler's parser does not.
		if e.Message == "cannot declare in post statement" {
			if exact := compilerSyntax(u.world.GOROOT, c.Unit.Package.Path, goVersion(c.Unit.Package), u.present(c)); len(exact) > 0 {
				r.Errors, r.Exact, r.Syntax = exact, true, true
			}
			break
		}
	}
	return r
}

// present are the files of a class's unit on its slot.
func (u *universe) present(c *plan.Class) []*load.File {
	var out []*load.File
	for _, f := range c.Unit.Scope.Files {
		if f.Slots.Has(u.slot) {
			out = append(out, f)
		}
	}
	return out
}

// allFull reports whether all of a file's declarations are checked.
func allFull(f *load.File, full map[*load.Decl]bool) bool {
	for _, d := range f.Decls {
		if !full[d] {
			return false
		}
	}
	return true
}

// reduced is the text of a file with everything that need not be looked at replaced by spaces, so that all offsets
// stay; "" when nothing is left.
func reduced(f *load.File, present, full map[*load.Decl]bool) string {
	keep := false
	for _, d := range f.Decls {
		if present[d] {
			keep = true
			break
		}
	}
	if !keep {
		return ""
	}
	text := []byte(f.Source)
	for _, d := range f.Decls {
		switch {
		case !present[d]:
			blank(text, d.From, d.To)
		case !full[d] && d.Body != 0:
			blank(text, d.Body, d.BodyEnd)
		}
	}
	return string(text)
}

func blank(text []byte, from, to int32) {
	for i := from; i < to; i++ {
		if text[i] != '\n' {
			text[i] = ' '
		}
	}
}

func syntaxErrors(f *load.File, err error) []compilertext.Error {
	list, ok := err.(scanner.ErrorList)
	if !ok {
		return []compilertext.Error{{File: f.Path, Line: 1, Column: 1, Message: "syntax error: " + err.Error()}}
	}
	out := make([]compilertext.Error, 0, len(list))
	for _, e := range list {
		file := e.Pos.Filename
		if file == "" {
			file = f.Path
		}
		out = append(out, compilertext.Error{File: file, Line: max(e.Pos.Line, 1), Column: e.Pos.Column,
			Message: "syntax error: " + e.Msg})
	}
	return out
}

// typeError turns an error of go/types into one of the compiler's kind; not ok for those that a check like this brings
// about itself.
func typeError(err error, isReduced func(file string) bool) (compilertext.Error, bool) {
	e, ok := err.(types.Error)
	if !ok {
		return compilertext.Error{Message: err.Error()}, true
	}
	if strings.Contains(e.Msg, notThereText) {
		return compilertext.Error{}, false
	}
	pos := e.Fset.Position(e.Pos)
	if (strings.Contains(e.Msg, "imported and not used") || strings.Contains(e.Msg, "imported as ") ||
		strings.Contains(e.Msg, "missing function body") || strings.Contains(e.Msg, "missing body")) && isReduced(pos.Filename) {
		return compilertext.Error{}, false
	}
	out := compilertext.Error{File: pos.Filename, Line: pos.Line, Column: pos.Column, Message: e.Msg, Soft: e.Soft}
	// The code is part of no API; where the field is missing, the text has to do.
	if code := reflect.ValueOf(e).FieldByName("go116code"); code.IsValid() && code.CanInt() {
		out.Code = int(code.Int())
	}
	return out, true
}
