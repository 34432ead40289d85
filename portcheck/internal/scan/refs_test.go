package scan

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/gopreflight/gopreflight/portcheck/internal/names"
)

// mentions are the identifiers below a node that may refer to something of the package, and the selectors of names.
type mentions struct {
	names map[string]bool
	pairs map[[2]string]bool
}

func mentioned(nodes ...ast.Node) mentions {
	m := mentions{make(map[string]bool), make(map[[2]string]bool)}
	for _, n := range nodes {
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok {
					m.pairs[[2]string{x.Name, n.Sel.Name}] = true
				} else {
					m.pairs[[2]string{"", n.Sel.Name}] = true
				}
				for name := range mentioned(n.X).names {
					m.names[name] = true
				}
				for pair := range mentioned(n.X).pairs {
					m.pairs[pair] = true
				}
				return false
			case *ast.Field:
				// The names of fields and parameters declare; they need not be recorded.
				if n.Type != nil {
					for name := range mentioned(n.Type).names {
						m.names[name] = true
					}
					for pair := range mentioned(n.Type).pairs {
						m.pairs[pair] = true
					}
				}
				return false
			case *ast.LabeledStmt:
				for name := range mentioned(n.Stmt).names {
					m.names[name] = true
				}
				for pair := range mentioned(n.Stmt).pairs {
					m.pairs[pair] = true
				}
				return false
			case *ast.BranchStmt:
				return false
			case *ast.Ident:
				m.names[n.Name] = true
			}
			return true
		})
	}
	return m
}

// lacking lists what refs should hold and does not.
func lacking(m mentions, table *names.Table, refs ...Refs) (out []string) {
	has := make(map[string]bool)
	pairs := make(map[[2]string]bool)
	for _, r := range refs {
		for _, n := range r.Names {
			has[table.Text(n)] = true
		}
		for _, p := range r.Pairs {
			pairs[[2]string{table.Text(p.X), table.Text(p.Sel)}] = true
		}
	}
	for name := range m.names {
		if !has[name] && name != "_" {
			out = append(out, name)
		}
	}
	for pair := range m.pairs {
		if !pairs[pair] {
			out = append(out, pair[0]+"."+pair[1])
		}
	}
	slices.Sort(out)
	return out
}

// parsedText parses the text of a declaration as it is handed on.
func parsedText(t *testing.T, file, keyword, text string) ast.Node {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, "package p\n"+keyword+" "+text, parser.SkipObjectResolution)
	if err != nil {
		t.Fatalf("%s: %v in %s", file, err, text)
	}
	return f.Decls[0]
}

// withoutDeclared drops the names that a declaration declares itself.
func withoutDeclared(n ast.Node) []ast.Node {
	switch n := n.(type) {
	case *ast.FuncDecl:
		out := []ast.Node{n.Type}
		if n.Recv != nil {
			out = append(out, n.Recv)
		}
		return out
	case *ast.GenDecl:
		var out []ast.Node
		for _, s := range n.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				if s.TypeParams != nil {
					out = append(out, s.TypeParams)
				}
				out = append(out, s.Type)
			case *ast.ValueSpec:
				if s.Type != nil {
					out = append(out, s.Type)
				}
				for _, v := range s.Values {
					out = append(out, v)
				}
			}
		}
		return out
	}
	return nil
}

// Every name of a declaration must be among its references: what is missing there would be missing when types are checked.
func TestReferencesAgainstParser(t *testing.T) {
	dirs := []string{"os", "syscall", "sync/atomic", "slices", "net"}
	if testing.Short() {
		dirs = dirs[:4]
	}
	count := 0
	for _, dir := range dirs {
		files, _ := filepath.Glob(filepath.Join(runtime.GOROOT(), "src", filepath.FromSlash(dir), "*.go"))
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if testing.Short() && len(source) > 40_000 {
				continue
			}
			count += compareReferences(t, file, string(source))
		}
	}
	if count < 1000 {
		t.Errorf("only %d declarations were compared", count)
	}
}

func compareReferences(t *testing.T, file, source string) (count int) {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), file, source, parser.SkipObjectResolution)
	if err != nil {
		return 0
	}
	bodies := make(map[int32]*ast.BlockStmt)
	for _, d := range tree.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil {
			bodies[int32(f.Body.Lbrace-tree.FileStart)] = f.Body
		}
	}
	table := names.New()
	scanned := Scan(source, Options{Names: names.NewCache(table), Bodies: true})
	for i := range scanned.Decls {
		d := &scanned.Decls[i]
		count++
		m := mentioned(withoutDeclared(parsedText(t, file, d.Keyword, d.API))...)
		if d.OwnRefs != nil {
			// What stand-ins are made of.
			delete(m.names, "byte")
			delete(m.names, "int")
		}
		if l := lacking(m, table, d.Refs); len(l) > 0 {
			t.Errorf("%s: Refs of %s %s lack %q", file, d.Keyword, d.API, l)
		}
		if d.OwnRefs != nil {
			if l := lacking(mentioned(withoutDeclared(parsedText(t, file, d.Keyword, d.Own))...), table, *d.OwnRefs); len(l) > 0 {
				t.Errorf("%s: OwnRefs of %s lack %q", file, d.Own, l)
			}
		}
		if d.Body != 0 {
			if bodies[d.Body] == nil {
				t.Errorf("%s: no body at %d", file, d.Body)
			} else if l := lacking(mentioned(bodies[d.Body]), table, d.Inner); len(l) > 0 {
				t.Errorf("%s: Inner of func %s lacks %q", file, d.API, l)
			}
		}
		if d.Kind == Var && !strings.Contains(source[d.From:d.To], "\n)") {
			text := source[d.Spec:d.To]
			if l := lacking(mentioned(withoutDeclared(parsedText(t, file, "var", text))...), table, d.Refs, d.Inner); len(l) > 0 {
				t.Errorf("%s: Refs and Inner of var %s lack %q", file, text, l)
			}
		}
	}
	return count
}

func TestErasedFields(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"T struct { a *X }", "T struct { a *byte }"},
		{"T struct { a, b *X; C *X }", "T struct { a, b *byte; C *X }"},
		{"T struct { a, B *X }", "T struct { a, B *X }"},
		{"T struct { _ *X }", "T struct { _ *X }"},
		{"T struct { *X }", "T struct { *X }"},
		{"T struct { x }", "T struct { x }"},
		{"T struct { *x.Y }", "T struct { *x.Y }"},
		{"T struct { G[X] }", "T struct { G[X] }"},
		{"T struct { *G[X, map[string]Y] }", "T struct { *G[X, map[string]Y] }"},
		{"T struct { p.G[X] `t` }", "T struct { p.G[X] `t` }"},
		{"T struct { g []X }", "T struct { g []int }"},
		{"T struct { g [4]X }", "T struct { g [4]X }"},
		{"T struct { g [n]*X }", "T struct { g [n]*X }"},
		{"T struct { a *X `json:\"a\"`; b X \"t\" }", "T struct { a *byte `json:\"a\"`; b X \"t\" }"},
		{"T struct {\n\tf func(a X) (b *Y, err error)\n\tg func()\n\th X\n}", "T struct {\n\tf func()\n\tg func()\n\th X\n}"},
		{"T struct { c <-chan X; d chan<- *X; e chan (<-chan X) }", "T struct { c chan int; d chan int; e chan int }"},
		{"T struct { m map[X]struct{ y *Y } }", "T struct { m map[int]int }"},
		{"T struct { s struct { a *X; b Y } }", "T struct { s struct { a *X; b Y } }"},
		{"T struct { s *struct {\n\ta X\n} // c\n}", "T struct { s *byte // c\n}"},
		{"T struct { i interface{ M(*X) } }", "T struct { i interface{ M(*X) } }"},
		{"T = struct { a *X }", "T = struct { a *byte }"},
		{"T []struct { a *X }", "T []struct { a *X }"},
		{"T[P any] struct { a *P }", "T[P any] struct { a *P }"},
	} {
		table := names.New()
		f := Scan("package p\n\ntype "+test.in+"\n", Options{Names: names.NewCache(table)})
		if f.Leftover || len(f.Decls) != 1 {
			t.Errorf("%s: not one declaration", test.in)
			continue
		}
		d := &f.Decls[0]
		if d.API != test.want {
			t.Errorf("%s\nAPI  %s\nwant %s", test.in, d.API, test.want)
		}
		if erased := d.API != test.in; erased != (d.OwnRefs != nil) || erased != (len(d.Erased) > 0) || erased && d.Own != test.in {
			t.Errorf("%s: own %q, erased %v", test.in, d.Own, d.Erased)
		}
		compareReferences(t, test.in, "package p\n\ntype "+test.in+"\n")
	}
	// Only the embedded field of the standard library's os.File is known to lead nowhere.
	text := "File struct {\n\t*file // os specific\n}"
	for std, want := range map[bool]string{false: text, true: "File struct {\n\tfile *byte // os specific\n}"} {
		f := Scan("package os\n\ntype "+text+"\n", Options{Names: names.NewCache(names.New()), Std: std})
		if got := f.Decls[0].API; got != want {
			t.Errorf("os.File: %s", got)
		}
	}
}

func TestMarks(t *testing.T) {
	for _, test := range []struct {
		in        string
		size, api bool // SizeMatters, Interface
	}{
		{"func f(x interface{ M() }) {}", false, true},
		{"func f[T interface {\n\tM()\n}](x T) {}", false, true},
		{"func f(x interface{}) {}", false, false},
		{"func f() { var _ interface{ M() } }", false, false},
		{"type I interface { M() }", false, true},
		{"var v = unsafe.Sizeof(x)", true, false},
		{"func f() int { return math.MaxInt }", true, false},
		{"func f() uint { return ^uint(0) }", true, false},
		{"func f() uint { return ^x }", false, false},
		{"type T struct { a [strconv.IntSize]byte }", true, false},
	} {
		f := Scan("package p\n\n"+test.in+"\n", Options{Names: names.NewCache(names.New()), Bodies: true})
		if d := f.Decls[0]; d.SizeMatters != test.size || d.Interface != test.api {
			t.Errorf("%s: size matters %v, interface %v", test.in, d.SizeMatters, d.Interface)
		}
	}
}

func TestVariables(t *testing.T) {
	for in, want := range map[string]string{
		"v = T{a: b}":                 "v = T{}",
		"v = &p.T[int]{1}":            "v = &p.T[int]{}",
		"v = [...]int{1, 2}":          "v = [...]int{1, 2}",
		"v = []T{a}":                  "v = []T{}",
		"v int = f()":                 "v int",
		"v = T{a}.b":                  "v = T{a}.b",
		"v = f(a)":                    "v = f(a)",
		"v, w = 1, 2":                 "v, w = 1, 2",
		"v = struct{ a int }{1}":      "v = struct{ a int }{}",
		"v = map[string]func(){a: b}": "v = map[string]func(){a: b}",
	} {
		f := Scan("package p\n\nvar "+in+"\n", Options{Names: names.NewCache(names.New()), Bodies: true})
		if got := f.Decls[0].API; got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}
