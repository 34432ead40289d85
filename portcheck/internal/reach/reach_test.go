package reach_test

import (
	"slices"
	"testing"

	"github.com/gopreflight/gopreflight/portcheck/internal/demand"
	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/modtest"
	"github.com/gopreflight/gopreflight/portcheck/internal/reach"
)

var files = map[string]string{
	"dep/dep.go": "package dep\n\ntype T struct {\n\tN [Size]byte\n\tnext *T\n}\n\nfunc Use(t T) int { return body }\n\nfunc Other() string { return \"\" }\n\n" +
		"func (t T) M() E { return nil }\n\ntype E interface{ E() *T }\n\nvar body = 1\n\nvar Word = uintptr(^uint(0))\n",
	"dep/size_linux.go":   "package dep\n\nconst Size = 1\n",
	"dep/size_windows.go": "package dep\n\nconst Size = 2\n",
	"dep/size_darwin.go":  "package dep\n\nconst Size = 1\n",
	"u/u.go": "package u\n\nimport (\n\t\"runtime\"\n\n\t\"m/dep\"\n)\n\nfunc A() string { return dep.Other() }\n\nfunc B(t dep.T) {}\n\n" +
		"func C() any { return dep.Use }\n\nfunc D() bool { return runtime.GOOS == \"linux\" }\n\nfunc E() any { return dep.Word }\n\n" +
		"func F() { f() }\n\nfunc f() any { return dep.Size }\n\nfunc g() (t dep.T) { g2(); return }\n\nfunc g2() (t dep.T) { g(); return }\n\nfunc h() { g() }\n",
}

type values struct {
	world *load.World
	graph *reach.Graph
	scope *load.Scope
}

func evaluated(t *testing.T, files map[string]string) values {
	t.Helper()
	w := modtest.Write(t, files).Load(t)
	var scopes []*load.Scope
	var scope *load.Scope
	for _, p := range w.Packages() {
		if plain, _, _ := p.Scopes(); plain != nil && !p.Std {
			scopes = append(scopes, plain)
			if p.Path == "m/u" {
				scope = plain
			}
		}
	}
	demand.Run(w, scopes)
	g := reach.New(w, modtest.Linux)
	for _, p := range w.Packages() {
		if p.Path == "runtime" {
			g.Neutral(p.Scope.Entry(w.Names.Of("GOOS")))
		}
	}
	return values{w, g, scope}
}

func (v values) of(t *testing.T, name string) load.Value {
	t.Helper()
	e := v.scope.Entries[v.world.Names.Of(name)]
	if e == nil {
		t.Fatalf("no %s", name)
	}
	return v.graph.Full(v.scope, e.Decls[0])
}

func TestWhereCodeIsTheSame(t *testing.T) {
	v := evaluated(t, files)
	v.graph.VisitAPIs(v.scope)
	pseudo := v.graph.Pseudo()
	for name, groups := range map[string][][]int{
		"A": {{modtest.Linux, modtest.Linux386, modtest.Windows, modtest.Darwin, pseudo}},
		// The constant is behind the type that is behind the function.
		"B": {{modtest.Linux, modtest.Linux386, modtest.Darwin, pseudo}, {modtest.Windows}},
		"C": {{modtest.Linux, modtest.Linux386, modtest.Darwin, pseudo}, {modtest.Windows}},
		"D": {{modtest.Linux, modtest.Linux386, modtest.Windows, modtest.Darwin, pseudo}},
		"E": {{modtest.Linux, modtest.Windows, modtest.Darwin}, {modtest.Linux386, pseudo}},
		// Of the function that it calls it sees the signature.
		"F": {{modtest.Linux, modtest.Linux386, modtest.Windows, modtest.Darwin, pseudo}},
		"f": {{modtest.Linux, modtest.Linux386, modtest.Darwin, pseudo}, {modtest.Windows}},
		"g": {{modtest.Linux, modtest.Linux386, modtest.Darwin, pseudo}, {modtest.Windows}},
		"h": {{modtest.Linux, modtest.Linux386, modtest.Darwin, pseudo}, {modtest.Windows}},
	} {
		value := v.of(t, name)
		for i := 0; i <= pseudo; i++ {
			for k := 0; k <= pseudo; k++ {
				together := slices.ContainsFunc(groups, func(g []int) bool { return slices.Contains(g, i) && slices.Contains(g, k) })
				if same := value.At(i) == value.At(k); same != together {
					t.Errorf("%s: slots %d and %d: same %v, want %v", name, i, k, same, together)
				}
			}
		}
	}
}

// Values are kept from run to run: they must not depend on where a walk began, nor on what else was loaded.
func TestOrderOfVisitsDoesNotMatter(t *testing.T) {
	names := []string{"A", "B", "C", "D", "E", "F", "f", "g", "g2", "h"}
	first := evaluated(t, files)
	more := map[string]string{"a/a.go": "package a\n\nimport \"m/dep\"\n\nvar X dep.E\n"}
	for name, text := range files {
		more[name] = text
	}
	second := evaluated(t, more)
	second.graph.API(modtest.Entry(t, second.world, "m/dep", "E"))
	slices.Reverse(names)
	got := make(map[string]load.Value)
	for _, n := range names {
		got[n] = second.of(t, n)
	}
	slices.Reverse(names)
	for _, n := range names {
		a, b := first.of(t, n), got[n]
		for i := 0; i <= first.graph.Pseudo(); i++ {
			if a.At(i) != b.At(i) {
				t.Errorf("%s on slot %d: %x and %x", n, i, a.At(i), b.At(i))
			}
		}
	}
}

// A changed constant reaches its users, and nobody else.
func TestChangeReachesUsers(t *testing.T) {
	before := evaluated(t, files)
	changed := map[string]string{}
	for name, text := range files {
		changed[name] = text
	}
	changed["dep/size_windows.go"] = "package dep\n\nconst Size = 3\n"
	after := evaluated(t, changed)
	for _, name := range []string{"A", "B", "C", "D", "E", "F", "f", "g", "g2", "h"} {
		a, b := before.of(t, name), after.of(t, name)
		uses := !slices.Contains([]string{"A", "D", "E", "F"}, name)
		if differs := a.At(modtest.Windows) != b.At(modtest.Windows); differs != uses {
			t.Errorf("%s: changed %v, uses it %v", name, differs, uses)
		}
		if a.At(modtest.Linux) != b.At(modtest.Linux) {
			t.Errorf("%s changed on linux", name)
		}
	}
}
