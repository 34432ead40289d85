package report

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gopreflight/gopreflight/portcheck/internal/check"
	"github.com/gopreflight/gopreflight/portcheck/internal/compilertext"
	"github.com/gopreflight/gopreflight/portcheck/internal/modtest"
	"github.com/gopreflight/gopreflight/portcheck/internal/plan"
	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/wire"
)

// session is a reporter whose results are made up.
type session struct {
	*Reporter
	out     bytes.Buffer
	results map[*plan.Class]*check.Result
	read    int
}

func newSession(t *testing.T, files map[string]string, loads ...LoadError) *session {
	t.Helper()
	w := modtest.Write(t, files).Load(t)
	s := &session{results: make(map[*plan.Class]*check.Result)}
	for i := range loads {
		if loads[i].Package == nil {
			t.Fatal("a load error of no package")
		}
	}
	s.Reporter = New(w, wire.NewWriter(&s.out), plan.Units(w), loads)
	return s
}

// wrong gives a unit ("m/a", "m/a test") one error on some slots.
func (s *session) wrong(t *testing.T, name, message string, slots port.Set) {
	t.Helper()
	path, variant, _ := strings.Cut(name, " ")
	for _, u := range s.Units {
		if u.Package.Path == path && u.Variant == variant {
			c := &plan.Class{Unit: u, Slots: slots, Whole: true}
			u.Classes = append(u.Classes, c)
			s.results[c] = &check.Result{Class: c, Exact: true, Errors: []compilertext.Error{
				{File: u.Scope.Files[0].Path, Line: 1, Column: 1, Message: message}}}
			return
		}
	}
	t.Fatalf("no unit %s", name)
}

// lines returns what was written since the last call, without the noise.
func (s *session) lines() (out []string) {
	text := s.out.String()[s.read:]
	s.read = s.out.Len()
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if line != "" {
			out = append(out, line)
		}
	}
	return out
}

func contains(lines []string, parts ...string) bool {
	return slices.ContainsFunc(lines, func(l string) bool {
		return !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(l, p) })
	})
}

var chain = map[string]string{
	"a/a.go": "package a\n\nimport _ \"m/b\"\n", "b/b.go": "package b\n\nimport _ \"m/c\"\n", "c/c.go": "package c\n",
	"b/b_windows.go": "package b\n\nimport _ \"m/d\"\n", "d/d.go": "package d\n",
	"c/c_test.go": "package c\n", "c/x_test.go": "package c_test\n",
}

func TestBlockedAndWithdrawn(t *testing.T) {
	s := newSession(t, chain)
	s.wrong(t, "m/a", "wrong in a", modtest.All)
	s.Write(s.results)
	if got := s.lines(); len(got) != 1 || !contains(got, `"t":"error"`, "wrong in a", `"slots":[0,1,2,3]`) {
		t.Fatalf("%q", got)
	}
	// c fails on darwin, d on all slots, of which b imports it on windows alone.
	s.wrong(t, "m/c", "wrong in c", port.One(modtest.Darwin))
	s.wrong(t, "m/d", "wrong in d", modtest.All)
	s.Write(s.results)
	got := s.lines()
	if !contains(got, `"t":"withdraw"`, "m/a", `"slots":[2,3]`) || !contains(got, "wrong in c", `"slots":[3]`) || !contains(got, "wrong in d", `"slots":[0,1,2,3]`) || len(got) != 3 {
		t.Errorf("%q", got)
	}
	totals := s.Finish(nil)
	got = s.lines()
	if totals.Errors != 3 || totals.Packages != 3 {
		t.Errorf("%+v", totals)
	}
	for i, blocked := range []int{0, 0, 2, 2} {
		if !contains(got, `"t":"slot"`, fmt.Sprintf(`"slot":%d`, i), `"status":"fail"`, `"packages":4`, fmt.Sprintf(`"blocked":%d`, blocked)) {
			t.Errorf("slot %d: %q", i, got)
		}
	}
	if !contains(got, `"t":"package"`, `"package":"m/a"`, `"slots":[0,1]`) {
		t.Errorf("%q", got)
	}
}

func TestLoadErrorsBlock(t *testing.T) {
	s := newSession(t, chain)
	c := modtest.Package(t, s.World, "m/c")
	s.Loads = []LoadError{{Package: c, Message: "cannot load c", Slots: modtest.AllLinux},
		{Package: c, Message: "cannot link c", Slots: modtest.All, Link: true}}
	s.wrong(t, "m/a", "wrong in a", modtest.All)
	s.wrong(t, "m/c", "wrong in c", modtest.All)
	s.Write(s.results)
	got := s.lines()
	if !contains(got, "cannot load c", `"kind":"load"`, `"slots":[0,1]`) || !contains(got, "wrong in c", `"slots":[2,3]`) {
		t.Errorf("%q", got)
	}
	if contains(got, "wrong in a") || contains(got, "cannot link c") {
		t.Errorf("told though something before it failed: %q", got)
	}
}

func TestTestVariants(t *testing.T) {
	s := newSession(t, chain)
	s.wrong(t, "m/c", "the same", modtest.AllLinux)
	s.wrong(t, "m/c test", "the same", modtest.All)
	s.wrong(t, "m/c test", "another", modtest.AllLinux)
	s.wrong(t, "m/c xtest", "external", modtest.All)
	s.Write(s.results)
	got := s.lines()
	for _, want := range [][]string{
		{"the same", `"variant":""`, `"slots":[0,1]`}, {"the same", `"variant":"test"`, `"slots":[2,3]`}, {"another", `"variant":"test"`, `"slots":[0,1]`},
	} {
		if !contains(got, want...) {
			t.Errorf("no %q in %q", want, got)
		}
	}
	if contains(got, "external") || len(got) != 3 {
		t.Errorf("%q", got)
	}
}

func TestShortestChain(t *testing.T) {
	m := modtest.Write(t, map[string]string{
		"a/a.go": "package a\n\nimport _ \"dep/x\"\n", "z/z.go": "package z\n\nimport _ \"dep/y\"\n",
		"z/z_test.go": "package z\n\nimport (\n\t_ \"dep/end\"\n\t_ \"dep/tool\"\n)\n",
		"dep/go.mod":  "module dep\n", "dep/x/x.go": "package x\n\nimport _ \"dep/y\"\n", "dep/y/y.go": "package y\n\nimport _ \"dep/end\"\n",
		"dep/end/end.go": "package end\n", "dep/tool/tool.go": "package tool\n",
	})
	m.Deps, m.Bodies = map[string]string{"dep": "dep"}, true
	w := m.Load(t)
	chains := New(w, wire.NewWriter(&bytes.Buffer{}), plan.Units(w), nil).chains()
	for path, want := range map[string]string{
		"m/a": "m/a", "dep/x": "m/a dep/x", "dep/y": "m/z dep/y",
		// A test imports it, but what is built comes first.
		"dep/end": "m/z dep/y dep/end", "dep/tool": "m/z dep/tool",
	} {
		if got := strings.Join(chains[path], " "); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

func TestMissingBodies(t *testing.T) {
	s := newSession(t, map[string]string{
		"p/p.go": "package p\n\nimport _ \"unsafe\"\n\nfunc Missing()\n\nfunc (t T) Method(x int) int\n\ntype T int\n\n" +
			"//go:linkname linked runtime.linked\nfunc linked()\n\n//go:wasmimport m f\nfunc wasm()\n\n//go:wasmimport m g\n\nfunc apart()\n\n//go:wasmimport m h\nfunc Has() {}\n\nfunc none()\n",
		"p/q.go":        "package p\n\n//go:linkname noUnsafe runtime.linked\nfunc noUnsafe()\n",
		"p/a_windows.s": "\n", "p/w_windows.go": "package p\n\nfunc inAssembly()\n",
	})
	var got []string
	// The directive counts on darwin, as if that were wasm; with a declaration in between it counts for nobody.
	for _, f := range missingBodies(s.Units[0], port.One(modtest.Darwin)) {
		file := f.err.File[strings.LastIndexAny(f.err.File, `/\`)+1:]
		got = append(got, fmt.Sprintf("%s:%d:%d %04b", file, f.err.Line, f.err.Column, f.slots))
	}
	slices.Sort(got)
	// On windows there is assembly.
	want := []string{"p.go:15:6 0011", "p.go:19:6 0011", "p.go:24:6 1011", "p.go:5:6 1011", "p.go:7:12 1011", "q.go:4:6 1011"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
