package calls

import (
	"fmt"
	"go/parser"
	"go/token"
	"path"
	"strings"
	"testing"
)

func find(t *testing.T, source string, symbols ...string) string {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "a.go", source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, u := range In(file, NewWatch(symbols), path.Base) {
		p := fset.Position(u.Pos)
		out = append(out, fmt.Sprintf("%s:%d:%d", u.Symbol, p.Line, p.Column))
	}
	return strings.Join(out, " ")
}

func TestIn(t *testing.T) {
	for name, c := range map[string]struct{ source, want string }{
		"calls, values and types": {`package a
import ("net"; "os/exec")
var dial = net.Dial
func f() { var d net.Dialer; _ = d; exec.Command("x") }
`, "net.Dial:3:12 net.Dialer:4:18 os/exec.Command:4:37"},
		"renamed": {`package a
import run "os/exec"
func f() { run.Command("x") }
`, "os/exec.Command:3:12"},
		"what is not watched": {`package a
import "net"
var ip net.IP
`, ""},
		"another package of the name": {`package a
import "example.com/net"
var dial = net.Dial
`, ""},
		"hidden by a parameter, a variable, a range, a receiver": {`package a
import "net"
func f(net struct{ Dial int }) int { return net.Dial }
func g() { net := struct{ Dial int }{}; _ = net.Dial }
func h() { for _, net := range []struct{ Dial int }{} { _ = net.Dial } }
type T struct{ Dial int }
func (net T) k() int { return net.Dial }
`, ""},
		"hidden elsewhere": {`package a
import "net"
func f(net struct{ Dial int }) int { return net.Dial }
func g() { net.Dial("tcp", "x") }
`, "net.Dial:4:12"},
		"imported for nothing": {`package a
import _ "net"
import . "os/exec"
var x = Command
`, ""},
		"everything of a package": {`package a
import "syscall/js"
func f() { js.Global().Get("x"); js.ValueOf(1) }
`, "syscall/js.Global:3:12 syscall/js.ValueOf:3:34"},
	} {
		if got := find(t, c.source, "net.Dial", "net.Dialer", "os/exec.Command", "syscall/js.*"); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

func TestNewWatch(t *testing.T) {
	w := NewWatch([]string{"net.Dial", "example.com/a.b/c.D", "nonsense", ".x", "a/.x"})
	if len(w) != 2 || !w["net"]["Dial"] || !w["example.com/a.b/c"]["D"] {
		t.Errorf("got %v", w)
	}
}
