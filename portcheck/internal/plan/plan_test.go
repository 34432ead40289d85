package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gopreflight/gopreflight/portcheck/internal/demand"
	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/modtest"
	"github.com/gopreflight/gopreflight/portcheck/internal/plan"
	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/reach"
)

const pseudo = 4

// order begins with the pseudo slot of linux/amd64.
var order = []int{pseudo, modtest.Linux, modtest.Windows, modtest.Darwin, modtest.Linux386}

type planned struct {
	world *load.World
	units map[string]*plan.Unit
}

func planOf(t *testing.T, files map[string]string) planned {
	t.Helper()
	w := modtest.Write(t, files).Load(t)
	units := plan.Units(w)
	var scopes []*load.Scope
	for _, u := range units {
		scopes = append(scopes, u.Scope)
	}
	demand.Run(w, scopes)
	g := reach.New(w, modtest.Linux)
	for _, u := range units {
		g.VisitAPIs(u.Scope)
	}
	p := planned{w, make(map[string]*plan.Unit)}
	for _, u := range units {
		u.Evaluate(g.Fork())
		p.units[strings.Trim(u.Package.Path+" "+u.Variant, " ")] = u
	}
	for _, u := range units {
		if u.Variant == "test" {
			u.Recall(w, p.units[u.Package.Path])
		} else {
			u.Recall(w, nil)
		}
		u.Plan(w, order, pseudo, modtest.Linux)
	}
	return p
}

// checks describes a class: the slot it is checked on, its slots, and what is checked.
func (p planned) classes(unit string) (out []string) {
	for _, c := range p.units[unit].Classes {
		what := "whole"
		if !c.Whole {
			var names []string
			for _, d := range c.Check {
				for _, n := range d.Names {
					names = append(names, p.world.Names.Text(n))
				}
			}
			slices.Sort(names)
			what = strings.Join(names, ",")
		}
		name := "pseudo"
		if c.Slot != pseudo {
			name = modtest.Slots[c.Slot].Name
		}
		var slots []string
		c.Slots.Each(func(i int) { slots = append(slots, modtest.Slots[i].Name) })
		out = append(out, name+" for "+strings.Join(slots, " ")+": "+what)
	}
	return out
}

func TestClasses(t *testing.T) {
	p := planOf(t, map[string]string{
		"same/a.go":           "package same\n\nfunc F() {}\n\nfunc G() { F() }\n",
		"sized/a.go":          "package sized\n\nimport \"unsafe\"\n\nfunc F() {}\n\nfunc S() uintptr { return unsafe.Sizeof(0) }\n",
		"ports/a.go":          "package ports\n\nfunc F() {}\n\nfunc G() { f() }\n\nfunc H(t T) {}\n",
		"ports/b_windows.go":  "package ports\n\nfunc f() {}\n\ntype T int\n",
		"ports/c_linux.go":    "package ports\n\nfunc f() {}\n\ntype T string\n",
		"ports/d_darwin.go":   "package ports\n\nfunc f() {}\n\ntype T string\n",
		"some/a_windows.go":   "package some\n\nfunc F() {}\n",
		"unused/a.go":         "package unused\n\nfunc F() {}\n",
		"unused/b_windows.go": "package unused\n\nimport \"os\"\n",
		"circle/a.go":         "package circle\n\nvar V = f()\n\nfunc f() int { return g() }\n\nfunc other() { f() }\n",
		"circle/b_windows.go": "package circle\n\nfunc g() int { return V }\n",
		"circle/c.go":         "//go:build !windows\n\npackage circle\n\nfunc g() int { return 1 }\n",
	})
	all := "pseudo for linux/amd64 linux/386 windows/amd64 darwin/arm64: whole"
	for unit, want := range map[string][]string{
		"m/same":  {all},
		"m/sized": {"pseudo for linux/386: whole", "linux/amd64 for linux/amd64 windows/amd64 darwin/arm64: S"},
		"m/ports": {"pseudo for linux/amd64 linux/386: whole", "windows/amd64 for windows/amd64: H,T,f",
			"darwin/arm64 for darwin/arm64: T,f"},
		"m/some":   {"windows/amd64 for windows/amd64: whole"},
		"m/unused": {"pseudo for linux/amd64 linux/386 darwin/arm64: whole", "windows/amd64 for windows/amd64: whole"},
		"m/circle": {"pseudo for linux/amd64 linux/386 darwin/arm64: whole", "windows/amd64 for windows/amd64: V,f,g"},
	} {
		if got := p.classes(unit); !slices.Equal(got, want) {
			t.Errorf("%s\ngot  %q\nwant %q", unit, got, want)
		}
	}
	// What is wrong with narrow words shares nothing between word sizes.
	u := p.units["m/same"]
	u.SizeMatters = true
	u.Plan(p.world, order, pseudo, modtest.Linux)
	if got := p.classes("m/same"); !slices.Equal(got, []string{"linux/amd64 for linux/amd64 windows/amd64 darwin/arm64: whole",
		"linux/386 for linux/386: whole"}) {
		t.Errorf("SizeMatters: %q", got)
	}
}

func TestTestsBuildUponThePackage(t *testing.T) {
	p := planOf(t, map[string]string{
		"p/p.go":            "package p\n\ntype T struct{}\n\nfunc F() any { return T{} }\n\nfunc G() {}\n",
		"p/p_test.go":       "package p\n\nfunc (T) Extra() {}\n\nfunc H() { G() }\n",
		"p/x_linux_test.go": "package p_test\n\nimport \"m/p\"\n\nfunc X() { p.H() }\n",
	})
	// The method changes the meaning of its type, and of what uses that.
	if got := p.classes("m/p test"); !slices.Equal(got, []string{"pseudo for linux/amd64 linux/386 windows/amd64 darwin/arm64: Extra,F,H,T"}) {
		t.Errorf("test: %q", got)
	}
	x := p.units["m/p xtest"]
	if got := p.classes("m/p xtest"); !slices.Equal(got, []string{"pseudo for linux/amd64 linux/386: whole"}) || !x.Augmented() {
		t.Errorf("xtest: %q, augmented %v", got, x.Augmented())
	}
	if x.Need != modtest.AllLinux || p.units["m/p"].Need != modtest.All {
		t.Errorf("needed on %b and %b", x.Need, p.units["m/p"].Need)
	}
}

// The slots of all classes are the slots on which a unit is needed, each once.
func TestClassesArePartition(t *testing.T) {
	p := planOf(t, map[string]string{
		"a/a.go":     "package a\n\nimport \"m/b\"\n\nfunc F() { b.F() }\n",
		"a/b_386.go": "package a\n\nfunc G() {}\n", "b/b.go": "//go:build !darwin\n\npackage b\n\nfunc F() {}\n",
		"b/w_windows.go": "package b\n\nvar V = 1\n",
	})
	for name, u := range p.units {
		var all port.Set
		for _, c := range u.Classes {
			if all&c.Slots != 0 {
				t.Errorf("%s: a slot in two classes", name)
			}
			all |= c.Slots
		}
		if all != u.Need {
			t.Errorf("%s: classes hold %b of %b", name, all, u.Need)
		}
	}
}
