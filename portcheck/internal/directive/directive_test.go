package directive

import (
	"fmt"
	"strings"
	"testing"
)

func text(list []Found) string {
	var lines []string
	for _, f := range list {
		lines = append(lines, fmt.Sprintf("%d:%d: %s", f.Line, f.Column, f.Message))
	}
	return strings.Join(lines, "\n")
}

func TestParsed(t *testing.T) {
	src := `package p

//go:noinline
var x = 1

//go:cgo_export_dynamic foo
func F() {}

var y = 1 //go:noinline

//go:wasmimport only
func G()

//go:linkname a b c
//go:systemstack
//go:cgo_import_dynamic libc_x x "libc.so"
func H() {}
`
	want := `6:3: //go:cgo_export_dynamic foo only allowed in cgo-generated code
9:13: misplaced compiler directive
11:3: usage: //go:wasmimport importmodule importname
14:3: usage: //go:linkname localname [linkname]
15:3: //go:systemstack only allowed in runtime`
	if got := text(Parsed(src)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestLate(t *testing.T) {
	src := `package p

import _ "embed"

//go:embed a.go
var a, b string

//go:embed a.go
var c = "x"

// A comment.
//
//go:embed fine
var d string

//go:noinline
type T int

//go:linkname local other
func local()

//go:noescape
func I() {
	//go:embed a.go
	var local string
}
`
	want := `19:3: //go:linkname only allowed in Go files that import "unsafe"
16:3: misplaced compiler directive
23:6: can only use //go:noescape with external func implementations
5:3: go:embed cannot apply to multiple vars
8:3: go:embed cannot apply to var with initializer
24:4: go:embed cannot apply to var inside func`
	all := func(string) bool { return true }
	if got := text(Late(src, all)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	src = "package p\n\nimport _ \"unsafe\"\n\n//go:linkname gone x.y\n\n//go:embed a\nvar a string\n"
	want = "5:3: //go:linkname must refer to declared function or variable\n" +
		`7:3: go:embed requires import "embed" (or import _ "embed", if package is not used)`
	if got := text(Late(src, func(string) bool { return false })); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := Late("package p\n\n//go:build linux\n\n//go:generate x\nvar x = 1\n", all); len(got) > 0 {
		t.Errorf("healthy file: %v", got)
	}
}
