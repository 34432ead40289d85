package scan

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/gopreflight/gopreflight/portcheck/internal/names"
)

// parsed describes a file by its syntax tree, in the words of described.
func parsed(t *testing.T, src string) []string {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "x.go", src, parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	offset := func(p token.Pos) int { return fset.Position(p).Offset }
	out := []string{"package " + file.Name.Name}
	for _, spec := range file.Imports {
		name := ""
		if spec.Name != nil {
			name = spec.Name.Name
		}
		out = append(out, fmt.Sprintf("import %s %s", name, strings.Trim(spec.Path.Value, "\"`")))
	}
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			recv := ""
			if decl.Recv != nil && len(decl.Recv.List) > 0 {
				recv = receiverName(decl.Recv.List[0].Type)
			}
			body, end := 0, 0
			if decl.Body != nil {
				body, end = offset(decl.Body.Lbrace), offset(decl.Body.Rbrace)+1
			}
			name := decl.Name.Name
			if name == "_" || name == "init" && decl.Recv == nil {
				name = ""
			}
			out = append(out, fmt.Sprintf("func %s %s %d %d", recv, name, body, end))
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				var idents []*ast.Ident
				switch spec := spec.(type) {
				case *ast.ValueSpec:
					idents = spec.Names
				case *ast.TypeSpec:
					idents = []*ast.Ident{spec.Name}
				}
				for _, id := range idents {
					if id.Name != "_" {
						out = append(out, decl.Tok.String()+" "+id.Name)
					}
				}
			}
		}
	}
	return out
}

func receiverName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.StarExpr:
		return receiverName(e.X)
	case *ast.ParenExpr:
		return receiverName(e.X)
	case *ast.IndexExpr:
		return receiverName(e.X)
	case *ast.IndexListExpr:
		return receiverName(e.X)
	}
	return ""
}

func described(f *File, table *names.Table) []string {
	out := []string{"package " + f.Package}
	for _, i := range f.Imports {
		out = append(out, fmt.Sprintf("import %s %s", i.Name, i.Path))
	}
	for _, d := range f.Decls {
		if d.Kind == Func || d.Kind == Method {
			name := ""
			if len(d.Names) > 0 {
				name = table.Text(d.Names[0])
			}
			out = append(out, fmt.Sprintf("func %s %s %d %d", table.Text(d.Recv), name, d.Body, d.BodyEnd))
			continue
		}
		for _, name := range d.Names {
			out = append(out, d.Keyword+" "+table.Text(name))
		}
	}
	return out
}

// rebuilt is a file of the declarations' own texts; it has to parse.
func rebuilt(f *File, own bool) string {
	var b strings.Builder
	b.WriteString("package " + f.Package + "\n")
	for _, d := range f.Decls {
		text := d.API
		if own && d.Own != "" {
			text = d.Own
		}
		b.WriteString(d.Keyword + " " + text + "\n")
	}
	return b.String()
}

func compare(t *testing.T, name, src string) {
	t.Helper()
	want := parsed(t, src)
	if want == nil {
		return
	}
	table := names.New()
	var first *File
	for _, bodies := range []bool{true, false} {
		f := Scan(src, Options{Names: names.NewCache(table), Bodies: bodies})
		if got := described(f, table); !slices.Equal(got, want) {
			for i := range want {
				if i >= len(got) || got[i] != want[i] {
					t.Errorf("%s: declaration %d: got %q, want %q", name, i, got[min(i, len(got)-1)], want[i])
					return
				}
			}
			t.Errorf("%s: got more: %q", name, got[len(want):])
			return
		}
		if f.Leftover {
			t.Errorf("%s: leftover at top level", name)
		}
		first = f
	}
	for _, own := range []bool{false, true} {
		text := rebuilt(first, own)
		if _, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution); err != nil {
			t.Errorf("%s: rebuilt: %v", name, err)
		}
	}
	// Removing each declaration by its offsets leaves a file that parses and declares nothing.
	blank := []byte(src)
	for _, d := range first.Decls {
		for i := d.From; i < d.To; i++ {
			if blank[i] != '\n' {
				blank[i] = ' '
			}
		}
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, blank, parser.SkipObjectResolution)
	if err != nil {
		t.Errorf("%s: blanked: %v", name, err)
		return
	}
	for _, decl := range file.Decls {
		if g, ok := decl.(*ast.GenDecl); ok && (g.Tok == token.IMPORT || len(g.Specs) == 0) {
			continue
		}
		t.Errorf("%s: something is left after all declarations were removed", name)
		return
	}
}

func TestAgainstParser(t *testing.T) {
	root := filepath.Join(runtime.GOROOT(), "src")
	if testing.Short() {
		root = filepath.Join(root, "net")
	}
	files := 0
	for _, dir := range append([]string{root}, filepath.SplitList(os.Getenv("PORTCHECK_SCAN_ROOTS"))...) {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.Contains(path, "testdata") {
				return err
			}
			content, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			files++
			compare(t, path, string(content))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 100 {
		t.Errorf("only %d files were compared", files)
	}
}

func TestBrokenFilesAreNoTrouble(t *testing.T) {
	table := names.New()
	sources := []string{
		"", "package", "package p\nvar x int y", "package p\nvar 1 = 2", "package p\ntype T struct { a int b string }",
		"package p\nfunc (", "package p\nfunc f(", "package p\nconst (", "package p\ntype", "package p\nvar x = [", "package p\n'",
		"package p\nimport \"", "package p\nfunc f() { `", "package p\nvar x = T{", "package p\ntype T struct {", "}{)(][",
		"package p\nvar (\n)\nconst ()\ntype ()\nimport ()\nfunc", "package p\n/*", "package p\nvar x = \"\\",
	}
	for _, src := range sources {
		for end := 0; end <= len(src); end++ {
			Scan(src[:end], Options{Names: names.NewCache(table), Bodies: true})
		}
	}
}

func FuzzScan(f *testing.F) {
	f.Add("package p\n\ntype T[P any] struct{ a, b *int; *T }\n\nvar x = []int{1}\n\nfunc (t *T[P]) f() { x[0]++ }\n")
	table := names.New()
	f.Fuzz(func(t *testing.T, src string) {
		Scan(src, Options{Names: names.NewCache(table), Bodies: true})
		if want := parsed(t, src); want != nil && !strings.Contains(src, "import") {
			if got := described(Scan(src, Options{Names: names.NewCache(table), Bodies: true}), table); !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		}
	})
}
