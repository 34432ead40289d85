package run

import (
	"slices"
	"strings"
	"testing"

	"github.com/gopreflight/gopreflight/portcheck/internal/modtest"
)

// Modules in which something was shared, left out or forgotten once that should not be. want are the errors on some slots;
// on linux/amd64 and windows/amd64 there are no others.
var cases = []struct {
	name  string
	files map[string]string
	want  []string
}{
	{"a variable takes its type from an unexported field", map[string]string{
		"p/p.go": "package p\n\ntype T struct{}\n\nfunc (*T) Do() {}\n\ntype S struct{ in *T }\n\nvar global = S{in: &T{}}\n\nvar X = global.in\n",
		"u/u.go": "package u\n\nimport \"example.com/m/p\"\n\nfunc U() { p.X.Do() }\n"}, nil},
	{"a file with an unused import and without declarations", map[string]string{
		"p/p.go": "package p\n\ntype T struct{}\n", "p/p_windows.go": "package p\n\nimport \"os\"\n"},
		[]string{`windows/amd64 example.com/m/p p_windows.go:3:8 type "os" imported and not used`}},
	{"a circle of initializations on one port", map[string]string{
		"p/p.go":         "package p\n\nvar x = T{}.f()\n\ntype T struct{}\n\nfunc (T) f() int { return g() }\n",
		"p/p_windows.go": "package p\n\nfunc g() int { return x }\n",
		"p/o.go":         "//go:build !windows\n\npackage p\n\nfunc g() int { return 1 }\n"},
		[]string{"windows/amd64 example.com/m/p p.go:3:5 type initialization cycle for x"}},
	{"a dot import beside a name of external tests", map[string]string{
		"p/p.go":      "package p\n\nimport . \"strings\"\n\nfunc F() string { return ToUpper(\"\") }\n",
		"p/x_test.go": "package p_test\n\nfunc ToUpper() {}\n"}, nil},
	{"errors of a package are not told again for its tests", map[string]string{
		"p/p.go":            "package p\n\nfunc F() string { return nope }\n",
		"p/x_linux_test.go": "package p\n\nfunc x() { alsoNope() }\n", "p/x_test.go": "package p\n\nfunc y() {}\n"},
		[]string{"linux/amd64 example.com/m/p p.go:3:26 type undefined: nope",
			"windows/amd64 example.com/m/p p.go:3:26 type undefined: nope",
			"linux/amd64 example.com/m/ptest x_linux_test.go:3:12 type undefined: alsoNope"}},
	{"two declarations of a circle swap what they reach", map[string]string{
		"p1/p.go": "package p\n\ntype T struct{ A int }\n", "p2/p.go": "package p\n\ntype T struct{ A string }\n",
		"q/a_linux.go":   "package q\n\nimport \"example.com/m/p1\"\n\ntype A struct {\n\tP p.T\n\tB *B\n}\n",
		"q/b_linux.go":   "package q\n\nimport \"example.com/m/p2\"\n\ntype B struct {\n\tP p.T\n\tA *A\n}\n",
		"q/a_windows.go": "package q\n\nimport \"example.com/m/p2\"\n\ntype A struct {\n\tP p.T\n\tB *B\n}\n",
		"q/b_windows.go": "package q\n\nimport \"example.com/m/p1\"\n\ntype B struct {\n\tP p.T\n\tA *A\n}\n",
		"q/q.go":         "package q\n\nfunc F(a A) int { return a.P.A }\n"},
		[]string{"windows/amd64 example.com/m/q q.go:3:26 type cannot use a.P.A (variable of type string) as int value in return statement"}},
	{"a hint that holds on one port", map[string]string{
		"p/p.go": "package p\n", "p/p_windows.go": "package p\n\nfunc FOO() {}\n",
		"u/u.go": "package u\n\nimport \"example.com/m/p\"\n\nfunc U() { p.Foo() }\n"},
		[]string{"linux/amd64 example.com/m/u u.go:5:14 type undefined: p.Foo",
			"windows/amd64 example.com/m/u u.go:5:14 type undefined: p.Foo (but have FOO)"}},
	{"a package called os", map[string]string{
		"os/os.go": "package os\n\ntype file struct{}\n\nfunc (*file) Read() {}\n\ntype File struct {\n\t*file\n}\n",
		"u/u.go":   "package u\n\nimport \"example.com/m/os\"\n\nfunc U(f os.File) { f.Read() }\n"}, nil},
}

func TestCases(t *testing.T) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			q := module(t, c.files)
			got, _ := answer(t, q)
			expect(t, got, alone(t, q))
			var seen []string
			for _, e := range got {
				// Of an error with notes, which tell where the module is, the first line.
				e, _, _ = strings.Cut(e, "\n")
				if strings.HasPrefix(e, "linux/amd64") || strings.HasPrefix(e, "windows/amd64") {
					seen = append(seen, e)
				}
			}
			want := slices.Clone(c.want)
			slices.Sort(want)
			if c.want != nil {
				expect(t, seen, want)
			} else if len(got) > 0 {
				t.Errorf("false: %q", got)
			}
		})
	}
}

// What an earlier run found right does not hold under another language version, nor beside a new circle.
func TestRememberedIsNotTakenTooFar(t *testing.T) {
	files := map[string]string{"p/p.go": "package p\n\nfunc f() {\n\tfor range 10 {\n\t}\n}\n",
		"q/x.go": "package q\n\nvar x = f()\n", "q/f.go": "package q\n\nfunc f() int { return g() }\n",
		"q/g.go": "package q\n\nfunc g() int { return 1 }\n"}
	q := module(t, files)
	q.CacheDir = t.TempDir()
	if got, _ := answer(t, q); len(got) > 0 {
		t.Fatal(got)
	}
	m := &modtest.Module{Dir: q.Dir}
	m.Put(t, "q/g.go", "package q\n\nfunc g() int { return x }\n")
	if got, _ := answer(t, q); len(got) != len(slots) || !strings.Contains(got[0], "initialization cycle") {
		t.Errorf("circle: %q", got)
	}
	m.Put(t, "q/g.go", files["q/g.go"])
	if got, _ := answer(t, q); len(got) > 0 {
		t.Errorf("after the circle: %q", got)
	}
	q.Main[0].Go = "1.21"
	if got, _ := answer(t, q); len(got) != len(slots) || !strings.Contains(got[0], "requires go1.22") {
		t.Errorf("go line: %q", got)
	}
}
