package demand_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gopreflight/gopreflight/portcheck/internal/demand"
	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/modtest"
)

// kept runs demand for the body of a main module that imports the package dep, and lists what is kept of that.
func kept(t *testing.T, dep, user string) []string {
	t.Helper()
	m := modtest.Write(t, map[string]string{"dep/go.mod": "module dep\n", "dep/dep.go": "package dep\n\n" + dep,
		"dep/sub/sub.go": "package sub\n\ntype S struct{}\n\nfunc (S) Sub() {}\n\nfunc (S) Extra() {}\n",
		"u.go":           "package u\n\n" + user})
	m.Deps = map[string]string{"dep": "dep"}
	w := m.Load(t)
	// Without bodies a dependency is read when something asks for it, as the standard library is.
	plain, _, _ := modtest.Package(t, w, "m").Scopes()
	demand.Run(w, []*load.Scope{plain})
	var out []string
	for _, p := range w.Packages() {
		if p.Std || p.Main() {
			continue
		}
		for _, f := range p.Files {
			for _, d := range f.Decls {
				if d.Kept {
					name := ""
					if d.Recv != 0 {
						name = w.Names.Text(d.Recv) + "."
					}
					for _, n := range d.Names {
						out = append(out, name+w.Names.Text(n))
					}
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

func TestKept(t *testing.T) {
	for _, c := range []struct{ name, dep, user, want string }{
		{"what signatures reach, not what bodies do",
			"func F(A) B { return c() }\n\ntype A struct{}\n\ntype B []D\n\nfunc c() B { return nil }\n\ntype D int\n\ntype E int\n",
			"var _ = dep.F", "A B D F"},
		{"methods by name",
			"type A struct{}\n\nfunc (A) Called() {}\n\nfunc (A) Other() {}\n\nfunc (A) other() {}\n",
			"func f(a dep.A) { a.Called() }", "A A.Called"},
		{"methods in whatever case, for hints",
			"type A struct{}\n\nfunc (A) Called() {}\n", "func f(a dep.A) { a.CALLED() }", "A A.Called"},
		{"methods that an interface of the same dependency asks for",
			"type A struct{}\n\nfunc (A) M() {}\n\nfunc (A) N() {}\n\ntype I interface{ M() }\n\nfunc F(I) {}\n",
			"var _ = dep.F\nvar _ dep.A", "A A.M F I"},
		{"methods that a signature asks for",
			"type A struct{}\n\nfunc (A) M() {}\n\nfunc (A) N() {}\n\nfunc (A) O() {}\n\nfunc F(interface{ M() }) {}\n\nfunc G[T interface{ N() }](T) {}\n",
			"func f(a dep.A) { dep.F(a); dep.G(a) }", "A A.M A.N F G"},
		{"methods that are parked until an interface comes",
			"type A struct{ Next *B }\n\ntype B struct{ I I }\n\nfunc (A) m() {}\n\nfunc (B) M() {}\n\ntype I interface{ m(); M() }\n",
			"var _ dep.A", "A A.m B B.M I"},
		{"methods that are not exported: only for interfaces of their own package",
			"type A struct{}\n\nfunc (A) m() {}\n", "type I interface{ m() }\nvar _ dep.A", "A"},
		{"the method of error",
			"type A struct{}\n\nfunc (A) Error() string { return \"\" }\n", "var _ error = dep.A{}", "A A.Error"},
		{"interfaces that embed",
			"type A struct{}\n\nfunc (A) M() {}\n\ntype I interface{ J }\n\ntype J interface{ M() }\n",
			"var _ dep.I = dep.A{}", "A A.M I J"},
		{"aliases",
			"type A = b\n\ntype b struct{}\n\nfunc (b) M() {}\n\nfunc (b) N() {}\n", "func f(a dep.A) { a.M() }", "A b b.M"},
		{"embedded types of generic types",
			"type A struct{ g[c] }\n\ntype g[T any] struct{ V T }\n\nfunc (g[T]) M() {}\n\ntype c struct{ F d }\n\ntype d int\n",
			"func f(a dep.A) { a.M() }", "A c d g g.M"},
		{"fields that are not exported lead nowhere",
			"type A struct {\n\tb *b\n\tc []c\n\td d\n\te func(e)\n}\n\ntype b int\n\ntype c int\n\ntype d int\n\ntype e int\n",
			"var _ dep.A", "A d"},
		{"but for variables that take their type from one",
			"type A struct{ b *b }\n\ntype b int\n\nvar a A\n\nvar V = a.b\n", "var _ = dep.V", "A V a b"},
		{"values of constants, not of variables with a type",
			"const C = D + 1\n\nconst D = 1\n\nvar V int = w\n\nvar w = 1\n", "var _ = dep.C + dep.V", "C D V"},
		{"groups with iota",
			"const (\n\tA T = iota\n\tB\n)\n\ntype T int\n\nfunc (T) String() string { return \"\" }\n", "var _ = dep.B", "A B T"},
		{"names that differ by case, for hints",
			"func Foo() {}\n\nfunc Bar() {}\n", "var _ = dep.FOO", "Foo"},
	} {
		got := strings.Join(kept(t, c.dep, "import \"dep\"\n\n"+c.user+"\n"), " ")
		if got != c.want {
			t.Errorf("%s: kept %s, want %s", c.name, got, c.want)
		}
	}
}

func TestKeptThroughDots(t *testing.T) {
	got := strings.Join(kept(t, "func F() A { return 0 }\n\ntype A int\n\ntype B int\n", "import . \"dep\"\n\nvar _ = F\n"), " ")
	if got != "A F" {
		t.Errorf("kept %s", got)
	}
}

func TestKeptInOtherPackages(t *testing.T) {
	got := strings.Join(kept(t, "import \"dep/sub\"\n\ntype A struct{ sub.S }\n", "import \"dep\"\n\nfunc f(a dep.A) { a.Sub() }\n"), " ")
	if got != "A S S.Sub" {
		t.Errorf("kept %s", got)
	}
}
