package load_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/modtest"
	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/store"
)

// module: main imports mid on linux alone and win in a file of windows; tests import tool, and external tests more.
var files = map[string]string{
	"main.go":              "package main\n\nfunc main() {}\n",
	"main_linux.go":        "package main\n\nimport \"dep/mid\"\n\nvar _ = mid.X\n",
	"main_windows.go":      "package main\n\nimport _ \"dep/win\"\n",
	"in_test.go":           "package main\n\nimport _ \"dep/tool\"\n",
	"out_test.go":          "//go:build darwin\n\npackage main_test\n\nimport _ \"dep/more\"\n",
	"never_js.go":          "package main\n\nimport _ \"dep/never\"\n",
	"dep/mid/mid.go":       "package mid\n\nimport \"dep/low\"\n\nvar X = low.X\n",
	"dep/mid/m_386.go":     "package mid\n\nimport _ \"dep/only386\"\n",
	"dep/low/low.go":       "package low\n\nvar X = 1\n",
	"dep/low/l_test.go":    "package low\n\nimport _ \"dep/never\"\n",
	"dep/win/win.go":       "package win\n\nimport _ \"dep/low\"\n",
	"dep/only386/o.go":     "package only386\n",
	"dep/tool/t.go":        "package tool\n\nimport _ \"dep/low\"\n",
	"dep/more/m_darwin.go": "package more\n",
	"dep/never/n.go":       "package never\n",
}

type needs struct{ build, test port.Set }

var wanted = map[string]needs{
	"m":           {modtest.All, modtest.All},
	"dep/mid":     {modtest.AllLinux, modtest.AllLinux},
	"dep/only386": {port.One(modtest.Linux386), port.One(modtest.Linux386)},
	"dep/win":     {port.One(modtest.Windows), port.One(modtest.Windows)},
	"dep/low":     {modtest.AllLinux | port.One(modtest.Windows), modtest.All},
	"dep/tool":    {0, modtest.All},
	"dep/more":    {0, port.One(modtest.Darwin)},
}

func expectNeeds(t *testing.T, w *load.World) {
	t.Helper()
	for _, p := range w.Packages() {
		if p.Std {
			continue
		}
		want, ok := wanted[p.Path]
		if !ok {
			t.Errorf("%s is in no build", p.Path)
		}
		if got := (needs{p.Need, p.NeedTest}); got != want {
			t.Errorf("%s is needed on %b, by tests on %b; want %b and %b", p.Path, got.build, got.test, want.build, want.test)
		}
	}
	if len(w.Packages()) < len(wanted) {
		t.Errorf("%d packages", len(w.Packages()))
	}
}

func TestNeedPerSlot(t *testing.T) {
	m := modtest.Write(t, files)
	m.Put(t, "dep/go.mod", "module dep\n")
	m.Deps, m.Bodies = map[string]string{"dep": "dep"}, true
	expectNeeds(t, m.Load(t))
}

// A package that the store knows is not read, and the slots of what it imports are found all the same.
func TestRecalledPackages(t *testing.T) {
	m := modtest.Write(t, nil)
	for name, text := range files {
		if rest, ok := strings.CutPrefix(name, "dep/"); ok {
			name = "dep@v1.0.0/" + rest
		}
		m.Put(t, name, text)
	}
	m.Put(t, "dep@v1.0.0/go.mod", "module dep\n")
	m.Deps, m.Bodies = map[string]string{"dep": "dep@v1.0.0"}, true
	cache := t.TempDir()
	m.Store = store.Open(cache, "x")
	w := m.Load(t)
	expectNeeds(t, w)
	w.Remember()
	m.Store.Save()
	m.Store = store.Open(cache, "x")
	again := m.Load(t)
	expectNeeds(t, again)
	var reread []*load.Package
	for _, p := range again.Packages() {
		if p.Std {
			continue
		}
		if p.Recalled() == p.Main() {
			t.Errorf("%s: recalled %v", p.Path, p.Recalled())
		}
		if again.Fingerprint(p) != w.Fingerprint(modtest.Package(t, w, p.Path)) {
			t.Errorf("%s has another fingerprint", p.Path)
		}
		if p.Recalled() {
			reread = append(reread, p)
		}
	}
	again.Reread(reread)
	expectNeeds(t, again)
	for _, p := range reread {
		if p.Recalled() || len(p.Files) == 0 {
			t.Errorf("%s was not read", p.Path)
		}
	}
}

func TestFingerprint(t *testing.T) {
	base := map[string]string{
		"a/a.go": "package a\n\nimport (\n\tx \"m/b\"\n\ty \"m/c\"\n)\n\ntype T struct{ B x.T; C y.T }\n\nfunc F() int { return 1 }\n\nfunc hidden() int { return 1 }\n",
		"b/b.go": "package b\n\ntype T int\n", "c/c.go": "package c\n\ntype T string\n",
	}
	print := func(change map[string]string) uint64 {
		m := modtest.Write(t, base)
		for name, text := range change {
			m.Put(t, name, text)
		}
		w := m.Load(t)
		return w.Fingerprint(modtest.Package(t, w, "m/a"))
	}
	first := print(nil)
	a := base["a/a.go"]
	for _, c := range []struct {
		name, file, text string
		same             bool
	}{
		{"nothing", "a/a.go", a, true},
		{"a body", "a/a.go", replace(t, a, "F() int { return 1 }", "F() int { return 2 }"), true},
		{"a hidden function", "a/a.go", replace(t, a, "hidden() int", "hidden() uint"), true},
		{"a signature", "a/a.go", replace(t, a, "F() int", "F() uint"), false},
		{"what an import is called", "a/a.go", replace(t, replace(t, replace(t, a, "x \"m/b\"", "z \"m/b\""), "y \"m/c\"", "x \"m/c\""), "z \"m/b\"", "y \"m/b\""), false},
		{"an imported type", "b/b.go", "package b\n\ntype T uint\n", false},
		{"where a file belongs", "b/b.go", "//go:build linux\n\npackage b\n\ntype T int\n", false},
	} {
		if same := print(map[string]string{c.file: c.text}) == first; same != c.same {
			t.Errorf("%s changed: same fingerprint %v", c.name, same)
		}
	}
}

func TestLinks(t *testing.T) {
	w := modtest.Write(t, map[string]string{
		"a/a.go":    "package a\n\nimport (\n\t\"m/b-go\"\n\t. \"m/c\"\n)\n\nfunc F(x b.T) U { local(); V(); return b.G().(U) }\n\nfunc local() {}\n",
		"b-go/b.go": "package b\n\ntype T int\n\nfunc G() any { return nil }\n", "c/c.go": "package c\n\ntype U int\n\nfunc V() {}\n",
	}).Load(t)
	d := modtest.Entry(t, w, "m/a", "F").Decls[0]
	names := func(l load.Links) (out []string) {
		for _, n := range l.Own {
			out = append(out, w.Names.Text(n))
		}
		for _, e := range l.Ext {
			if len(e.Decls) > 0 {
				out = append(out, e.Scope.Package.Path+"."+w.Names.Text(e.Name))
			}
		}
		slices.Sort(out)
		return out
	}
	if got := names(d.API); !slices.Equal(got, []string{"F", "m/b-go.T", "m/c.U"}) && !slices.Equal(got, []string{"m/b-go.T", "m/c.U"}) {
		t.Errorf("API leads to %q", got)
	}
	if got := names(d.Inner); !slices.Equal(got, []string{"local", "m/b-go.G", "m/c.U", "m/c.V"}) {
		t.Errorf("the body leads to %q", got)
	}
	if !slices.Equal(d.Inner.Used, []uint16{0, 1}) {
		t.Errorf("the body uses imports %v", d.Inner.Used)
	}
}

func replace(t *testing.T, text, from, to string) string {
	t.Helper()
	if !strings.Contains(text, from) {
		t.Fatalf("no %q", from)
	}
	return strings.Replace(text, from, to, 1)
}
