package check

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"

	"github.com/gopreflight/gopreflight/portcheck/internal/load"
)

// check checks an API and, before it, those it uses.
func (u *universe) check(a *api) *types.Package {
	if a.state == 2 {
		return a.types
	}
	if a.state == 1 {
		// A circle of imports: the go command reports it, and here it ends.
		return types.NewPackage(a.pkg.Path, a.pkg.Name)
	}
	a.state = 1
	for _, file := range u.files(a.pkg) {
		for i := range file.Imports {
			if t := file.Imports[i].Target; t != nil && a.uses[t] {
				if dep := u.wanted[t]; dep.state == 0 {
					u.check(dep)
				}
			}
		}
	}
	u.errors += u.checkOne(a)
	a.state = 2
	return a.types
}

// checkOne checks one API whose imports are done, and returns the number of errors.
func (u *universe) checkOne(a *api) (errors int) {
	fset := token.NewFileSet()
	var files []*ast.File
	imports := make(map[string]*load.Package)
	name := a.pkg.PackageName()
	for _, f := range u.files(a.pkg) {
		decls := a.decls[f]
		if len(decls) == 0 {
			continue
		}
		name = f.Scan.Package
		file, err := parser.ParseFile(fset, f.Name, u.synthetic(f, decls, imports), parser.SkipObjectResolution)
		if err != nil {
			errors++
		}
		if file != nil {
			files = append(files, file)
		}
	}
	if len(files) == 0 {
		// Nothing of it is asked for; it has to be a complete package with its name all the same.
		a.types = types.NewPackage(a.pkg.Path, name)
		a.types.MarkComplete()
		return errors
	}
	config := types.Config{
		IgnoreFuncBodies: true,
		FakeImportC:      true,
		Sizes:            u.sizes,
		GoVersion:        goVersion(a.pkg),
		Error: func(err error) {
			errors++
			if DebugAPI != nil {
				DebugAPI(err)
			}
		},
		Importer: importerFunc(func(path string) (*types.Package, error) {
			return u.imported(imports[path], path)
		}),
	}
	a.types, _ = config.Check(a.pkg.Path, fset, files, nil)
	return errors
}

// synthetic writes a file of the declarations that a universe needs of one.
func (u *universe) synthetic(f *load.File, decls []*load.Decl, imports map[string]*load.Package) string {
	used := make(map[uint16]bool)
	size := 64
	for _, d := range decls {
		size += len(d.Decl.API) + 8
		for _, i := range d.API.Used {
			used[i] = true
		}
	}
	var b strings.Builder
	b.Grow(size)
	b.WriteString("package ")
	b.WriteString(f.Scan.Package)
	for i := range f.Imports {
		if !used[uint16(i)] {
			continue
		}
		im := &f.Imports[i]
		imports[im.Path] = im.Target
		b.WriteString("\nimport ")
		if im.Name != "" {
			b.WriteString(im.Name)
			b.WriteByte(' ')
		}
		b.WriteByte('"')
		b.WriteString(im.Path)
		b.WriteByte('"')
	}
	for _, d := range decls {
		b.WriteByte('\n')
		b.WriteString(d.Keyword)
		b.WriteByte(' ')
		b.WriteString(d.Decl.API)
	}
	b.WriteByte('\n')
	return b.String()
}

// DebugAPI is told every error of an API, for those who work on portcheck.
var DebugAPI func(error)

type importerFunc func(path string) (*types.Package, error)

func (f importerFunc) Import(path string) (*types.Package, error) { return f(path) }

// notThere marks an import that the go command reports itself.
type notThere struct{}

func (notThere) Error() string { return notThereText }

const notThereText = "\x00not there"

func (u *universe) imported(p *load.Package, path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if p == nil || p.Read() && !p.Slots.Has(u.slot) {
		return nil, notThere{}
	}
	if a := u.wanted[p]; a != nil && a.types != nil {
		return a.types, nil
	}
	stub := types.NewPackage(p.Path, p.PackageName())
	stub.MarkComplete()
	return stub, nil
}

// goVersion is the language version of a package, in go/types' form; "" for the newest.
func goVersion(p *load.Package) string {
	if p.Std || p.Module == nil {
		return ""
	}
	return languageVersion(p.Module.Go)
}

// languageVersion cuts "1.21.3" and "1.21rc2" to go1.21; a module without a go line is of 1.16 (src/cmd/go/internal/modload).
func languageVersion(v string) string {
	if v == "" {
		return "go1.16"
	}
	dot := strings.IndexByte(v, '.')
	if dot < 0 {
		return "go" + v
	}
	end := dot + 1
	for end < len(v) && '0' <= v[end] && v[end] <= '9' {
		end++
	}
	return "go" + v[:end]
}
