package check

import (
	"reflect"
	"strings"
	"testing"

	"github.com/gopreflight/gopreflight/portcheck/internal/compilertext"
	"github.com/gopreflight/gopreflight/portcheck/internal/demand"
	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/modtest"
	"github.com/gopreflight/gopreflight/portcheck/internal/plan"
)

func TestPrintedErrors(t *testing.T) {
	printed := "/a/b.go:3:5: syntax error: unexpected }, expected name\n" +
		"\tmore of it: 1:2: x\n" +
		`C:\a b\c.go:12:1: label L defined and not used` + "\n" +
		"/with:colon/9:x/b.go:4:6: message: with: 1:2: numbers\n" +
		"too many errors\n\n# a note\n/a/b.go:7: without a column\n"
	want := []compilertext.Error{
		{File: "/a/b.go", Line: 3, Column: 5, Message: "syntax error: unexpected }, expected name\n\tmore of it: 1:2: x"},
		{File: `C:\a b\c.go`, Line: 12, Column: 1, Message: "label L defined and not used"},
		{File: "/with:colon/9:x/b.go", Line: 4, Column: 6, Message: "message: with: 1:2: numbers"},
	}
	if got := printedErrors(printed); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if got := printedErrors("\tindented first\n"); len(got) > 0 {
		t.Errorf("%+v", got)
	}
}

func TestLanguageVersion(t *testing.T) {
	for in, want := range map[string]string{"": "go1.16", "1.21": "go1.21", "1.21.3": "go1.21", "1.21rc2": "go1.21", "1.9": "go1.9", "2": "go2"} {
		if got := languageVersion(in); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

// unit loads a module and returns the unit of one of its packages.
func unit(t *testing.T, files map[string]string, path string) (*load.World, *plan.Unit) {
	t.Helper()
	w := modtest.Write(t, files).Load(t)
	units := plan.Units(w)
	var scopes []*load.Scope
	for _, u := range units {
		scopes = append(scopes, u.Scope)
	}
	demand.Run(w, scopes)
	for _, u := range units {
		if u.Package.Path == path && u.Variant == "" {
			return w, u
		}
	}
	t.Fatalf("no unit %s", path)
	return nil, nil
}

// errors checks a unit on linux/amd64: whole, or the named declarations.
func errorsOf(t *testing.T, w *load.World, u *plan.Unit, names ...string) []compilertext.Error {
	t.Helper()
	c := &plan.Class{Unit: u, Slot: modtest.Linux, Whole: len(names) == 0}
	for _, name := range names {
		e := u.Scope.Entries[w.Names.Of(name)]
		if e == nil {
			t.Fatalf("no %s", name)
		}
		c.Check = append(c.Check, e.Decls...)
	}
	universe := newUniverse(w, placeOf(c), modtest.Linux)
	present := universe.demandFor(c, c.Whole)
	for _, a := range append([]*api(nil), universe.order...) {
		universe.check(a)
	}
	if universe.errors > 0 {
		t.Errorf("%d errors in APIs", universe.errors)
	}
	return universe.body(c, present).Errors
}

var source = `package a

import (
	"m/b"
	"m/c"
)

func Fine() { helper(1) }

func Wrong() { helper("") }

// A comment with "quotes" and Ünïcode.
func helper(x int) { undefinedInHelper(b.F()) }

type T struct{ U }

type U struct{ f c.C }

func (T) M() { undefinedInM() }

const (
	One = iota
	Two
)

var V = helperOfV()

func helperOfV() int { return "" }
`

func TestReduced(t *testing.T) {
	w, u := unit(t, map[string]string{"a/a.go": source, "b/b.go": "package b\n\nfunc F() int { return 0 }\n", "c/c.go": "package c\n\ntype C int\n"}, "m/a")
	f := u.Scope.Files[0]
	decl := func(name string) *load.Decl { return u.Scope.Entries[w.Names.Of(name)].Decls[0] }
	text := reduced(f, map[*load.Decl]bool{decl("Wrong"): true, decl("helper"): true, decl("Two"): true}, map[*load.Decl]bool{decl("Wrong"): true})
	if len(text) != len(source) {
		t.Fatalf("%d bytes of %d", len(text), len(source))
	}
	for i := range text {
		if text[i] != source[i] && text[i] != ' ' || (text[i] == '\n') != (source[i] == '\n') {
			t.Fatalf("byte %d became %q", i, text[i])
		}
	}
	for _, there := range []string{`helper("")`, "func helper(x int)", "Two", `"m/c"`} {
		if !strings.Contains(text, there) {
			t.Errorf("%s is gone", there)
		}
	}
	for _, gone := range []string{"undefinedInHelper", "Fine", "struct", "helperOfV", "undefinedInM"} {
		if strings.Contains(text, gone) {
			t.Errorf("%s is still there", gone)
		}
	}
	if reduced(f, map[*load.Decl]bool{}, nil) != "" {
		t.Error("a file of which nothing is needed is kept")
	}
	// What is wrong elsewhere does not show, nor that the imports are unused; what does is where it was.
	got := errorsOf(t, w, u, "Wrong")
	if len(got) != 1 || got[0].Line != 10 || got[0].Column != 23 || !strings.Contains(got[0].Message, "untyped string") {
		t.Errorf("reduced: %+v", got)
	}
	if got := errorsOf(t, w, u, "Fine", "T"); len(got) > 0 {
		t.Errorf("reduced: %+v", got)
	}
	if got := errorsOf(t, w, u); len(got) != 4 {
		t.Errorf("whole: %+v", got)
	}
}

// Imports in a circle are the go command's to tell; here they must come to an end.
func TestCircleOfImports(t *testing.T) {
	files := map[string]string{"u/u.go": "package u\n\nimport \"m/a\"\n\nfunc F(a a.A) { a.B.A.M() }\n",
		"a/a.go": "package a\n\nimport \"m/b\"\n\ntype A struct{ B b.B }\n\nfunc (A) M() {}\n",
		"b/b.go": "package b\n\nimport \"m/a\"\n\ntype B struct{ A *a.A }\n"}
	w, u := unit(t, files, "m/u")
	c := &plan.Class{Unit: u, Slot: modtest.Linux, Whole: true}
	for _, parallel := range []bool{false, true} {
		universe := newUniverse(w, placeOf(c), modtest.Linux)
		universe.demandFor(c, true)
		if parallel {
			universe.checkParallel()
		}
		for _, a := range append([]*api(nil), universe.order...) {
			if universe.check(a) == nil {
				t.Errorf("%s has no types", a.pkg.Path)
			}
		}
	}
}
