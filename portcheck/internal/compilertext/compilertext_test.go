package compilertext

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"reflect"
	"strings"
	"testing"
)

// Each source is followed by what the compiler (go1.26, -e) says about it, as LINE:COLUMN: TEXT.
var cases = []struct {
	name, version, src string
	want               []string
}{
	{"redeclared", "go1.26", "package p\nfunc f(a int, a int) {}\n", []string{
		"2:15: a redeclared in this block\n\tp.go:2:8: other declaration of a",
	}},
	{"type cycle", "go1.26", "package p\ntype A struct{ B }\ntype B struct{ A }\n", []string{
		"2:6: invalid recursive type A\n\tp.go:2:6: A refers to B\n\tp.go:3:6: B refers to A",
	}},
	{"argument counts", "go1.26", "package p\nfunc f(int, int) {}\nfunc g() { f(1); f(); _ = len(); cap([]int{}...) }\n", []string{
		"3:14: not enough arguments in call to f\n\thave (number)\n\twant (int, int)",
		"3:18: not enough arguments in call to f\n\thave ()\n\twant (int, int)",
		"3:27: invalid operation: not enough arguments for len() (expected 1, found 0)",
		"3:34: invalid operation: invalid use of ... with built-in cap",
	}},
	{"inference", "go1.26", "package p\nfunc f[T any]() T { var t T; return t }\nfunc g() { f() }\n", []string{
		"3:13: in call to f, cannot infer T (declared at p.go:2:8)",
	}},
	{"branches", "go1.26", "package p\nfunc f() {\nL:\n\tfor {\n\t}\n\tbreak\nM:\n\tfor {\n\t\tcontinue N\n\t}\n\tgoto X\n\tx := 1\n\t_ = x\nX:\n}\n", []string{
		"3:1: label L defined and not used",
		"6:2: break is not in a loop, switch, or select",
		"7:1: label M defined and not used",
		"9:12: continue label not defined: N",
		"11:7: goto X jumps over declaration of x at p.go:12:4",
	}},
	{"into a block", "go1.26", "package p\nfunc f() {\n\tgoto X\n\t{\n\tX:\n\t}\n}\n", []string{
		"3:7: goto X jumps into block starting at p.go:4:2",
	}},
	{"module version", "go1.17", "package p\nfunc f[T any]() {}\n", []string{
		"2:8: type parameter requires go1.18 or later (-lang was set to go1.17; check go.mod)",
		"2:10: predeclared any requires go1.18 or later (-lang was set to go1.17; check go.mod)",
	}},
	{"file version", "go1.26", "//go:build go1.21\n\npackage p\nfunc f() { for range 10 {} }\n", []string{
		"4:22: cannot range over 10 (untyped int constant): requires go1.22 or later (file declares //go:build go1.21)",
	}},
	{"dots and cases", "1.26.1", "package p\nfunc f(int) {}\nfunc g(i int) {\n\tf([]int{}...)\n\tselect {\n\tcase i > 0:\n\t}\n}\n", []string{
		"4:2: cannot use ... in call to non-variadic f",
		"6:9: select case must be send or receive (possibly with assignment)",
	}},
	{"receivers", "go1.26", "package p\ntype T int\nfunc (a, b T) F() {}\nfunc () G() {}\n", []string{
		"3:15: method has multiple receivers",
		"4:9: method has no receiver",
	}},
	{"no version", "", "package p\nfunc f[T any]() {}\n", []string{
		"2:8: type parameter requires go1.18 or later (-lang was set to go1.16; check go.mod)",
		"2:10: predeclared any requires go1.18 or later (-lang was set to go1.16; check go.mod)",
	}},
	{"same line twice", "go1.26", "package p\nvar a, b = x, x\nvar c = [...]int{y, 1, y}\n", []string{
		"2:12: undefined: x",
		"3:18: undefined: y",
	}},
	{"function literal", "go1.26", "package p\nvar x int = func() {}\nvar y int = func() { x = 1 }\n", []string{
		"2:13: cannot use func() {} (value of type func()) as int value in variable declaration",
		"3:13: cannot use func() {…} (value of type func()) as int value in variable declaration",
	}},
	{"beyond the last column", "go1.26", "package p\nvar x = " + strings.Repeat("1 +", 100) + " y\n", []string{
		"2:0: undefined: y",
	}},
}

func TestCompiler(t *testing.T) {
	os.Setenv("GODEBUG", "gotypesalias=1")
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, e := range Compiler(check(t, c.src, c.version), func(string) []byte { return []byte(c.src) }, c.version) {
				if e.File != "p.go" {
					t.Errorf("file is %q", e.File)
				}
				got = append(got, strings.TrimPrefix(position("", e.Line, e.Column), ":")+": "+e.Message)
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func check(t *testing.T, src, version string) []Error {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var errs []Error
	config := types.Config{GoVersion: language(version), Importer: importer.Default(), Error: func(err error) {
		e := err.(types.Error)
		p := fset.Position(e.Pos)
		code := int(reflect.ValueOf(e).FieldByName("go116code").Int())
		errs = append(errs, Error{File: p.Filename, Line: p.Line, Column: p.Column, Message: e.Msg, Soft: e.Soft, Code: code})
	}}
	// The error is that of the first call of Error.
	_, _ = config.Check("p", fset, []*ast.File{file}, nil)
	return errs
}

// Without the source the texts are as good as they can be, and nothing breaks.
func TestWithoutSource(t *testing.T) {
	errs := check(t, cases[4].src, "go1.26")
	if len(Compiler(errs, nil, "go1.26")) == 0 {
		t.Error("no errors without source")
	}
}
