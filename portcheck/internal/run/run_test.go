package run

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/resolve"
	"github.com/gopreflight/gopreflight/portcheck/internal/wire"
)

var slots = []port.Slot{
	{Name: "linux/amd64", OS: "linux", Arch: "amd64"}, {Name: "linux/386", OS: "linux", Arch: "386"},
	{Name: "linux/arm", OS: "linux", Arch: "arm"}, {Name: "linux/mips", OS: "linux", Arch: "mips"},
	{Name: "windows/amd64", OS: "windows", Arch: "amd64"}, {Name: "darwin/arm64", OS: "darwin", Arch: "arm64"},
	{Name: "freebsd/amd64", OS: "freebsd", Arch: "amd64"}, {Name: "plan9/386", OS: "plan9", Arch: "386"},
	{Name: "js/wasm", OS: "js", Arch: "wasm"}, {Name: "wasip1/wasm", OS: "wasip1", Arch: "wasm"},
}

// module writes files and returns a request for them.
func module(t *testing.T, files map[string]string) *wire.Request {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return &wire.Request{GOROOT: runtime.GOROOT(), Go: runtime.Version(), Dir: dir, Slots: slots, Tests: true,
		DependencyBodies: true, Patterns: []string{"./..."},
		Main: []resolve.Module{{Path: "example.com/m", Dir: dir, Go: "1.22", Main: true}}}
}

type line struct {
	T, Kind, Package, Variant, File, Message, Phase string
	Line, Column, Cached                            int
	Slots                                           json.RawMessage
	Chain                                           []string
}

// answer runs a request and returns its errors, one line for each slot, and how many results came from the store.
func answer(t *testing.T, q *wire.Request) (errors []string, cached int) {
	t.Helper()
	var out bytes.Buffer
	if err := Run(q, wire.NewWriter(&out), time.Now()); err != nil {
		t.Fatal(err)
	}
	found := make(map[string]bool)
	done := false
	for _, text := range strings.Split(strings.TrimSpace(out.String()), "\n") {
		var l line
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		var in []int
		_ = json.Unmarshal(l.Slots, &in)
		for _, i := range in {
			switch l.T {
			case "error":
				found[fmt.Sprintf("%s %s %s:%d:%d %s %s", q.Slots[i].Name, l.Package+l.Variant, filepath.Base(l.File), l.Line,
					l.Column, l.Kind, l.Message)] = true
			case "withdraw":
				for e := range found {
					if strings.HasPrefix(e, q.Slots[i].Name+" "+l.Package+l.Variant+" ") {
						delete(found, e)
					}
				}
			}
		}
		if l.T == "done" {
			done, cached = true, l.Cached
		}
	}
	if !done {
		t.Fatal("the answer has no end")
	}
	for e := range found {
		errors = append(errors, e)
	}
	slices.Sort(errors)
	return errors, cached
}

// alone checks every slot in a run of its own, where nothing can be shared between slots.
func alone(t *testing.T, q *wire.Request) []string {
	t.Helper()
	var all []string
	for _, s := range q.Slots {
		one := *q
		one.Slots = []port.Slot{s}
		errors, _ := answer(t, &one)
		all = append(all, errors...)
	}
	slices.Sort(all)
	return all
}

func expect(t *testing.T, got, want []string) {
	t.Helper()
	for _, e := range got {
		if !slices.Contains(want, e) {
			t.Errorf("too much: %s", e)
		}
	}
	for _, e := range want {
		if !slices.Contains(got, e) {
			t.Errorf("missing: %s", e)
		}
	}
}

// mixed is a module in which much differs from port to port, in bodies and behind what they import.
var mixed = map[string]string{
	"a/a.go": `package a

import (
	"os"
	"os/exec"
	"syscall"
	"unsafe"
)

type T struct {
	attr *syscall.SysProcAttr
	id   int
}

func New() *T { return &T{attr: &syscall.SysProcAttr{}} }

func (t *T) Kill() error { return syscall.Kill(t.id, syscall.SIGTERM) }

func Big() int { return 1 << 40 }

func Same(x int) string {
	if x > 1 {
		return "more"
	}
	return os.Getenv("HOME")
}

func Run(name string) *exec.Cmd {
	c := exec.Command(name)
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return c
}

var _ [8 - unsafe.Sizeof(uintptr(0))]byte
var size [unsafe.Sizeof(uintptr(0)) - 8]byte
`,
	"a/a_linux.go":   "package a\n\nfunc Only() int { return 1 }\n",
	"a/a_windows.go": "package a\n\nfunc Only() int { return undefinedOnWindows }\n",
	"b/b.go":         "package b\n\nimport \"example.com/m/a\"\n\nfunc B() int { return a.Only() }\n\nfunc C() string { return a.Same(B()) }\n",
	"c/c.go": `package c

import (
	"errors"
	"io/fs"
	"time"
)

type G[T any] struct{ v T }

func (g G[T]) Get() T { return g.v }

type S struct{ G[string] }

type P struct{ *G[int] }

type Getter interface{ Get() string }

var _ Getter = S{}
var X = errors.Is(&fs.PathError{}, fs.ErrExist)

func D() time.Duration { return P{}.Get() + time.Second }
`,
	"d/d.go":           "package d\n\nfunc hidden() int { return 1 }\n\nfunc bodyless()\n",
	"d/export_test.go": "package d\n\nvar Hidden = hidden\n",
	"d/d_test.go":      "package d_test\n\nimport (\n\t\"testing\"\n\n\t\"example.com/m/d\"\n)\n\nfunc TestD(t *testing.T) {\n\tif d.Hidden() != 1 || d.Missing() {\n\t\tt.Fatal()\n\t}\n}\n",
}

func TestSharingChangesNothing(t *testing.T) {
	q := module(t, mixed)
	got, _ := answer(t, q)
	if len(got) == 0 {
		t.Fatal("nothing was found")
	}
	expect(t, got, alone(t, q))
}

func TestWhatIsFound(t *testing.T) {
	got, _ := answer(t, module(t, mixed))
	for _, want := range []string{
		"windows/amd64 example.com/m/a a.go:17:43 type undefined: syscall.Kill",
		"windows/amd64 example.com/m/a a_windows.go:3:26 type undefined: undefinedOnWindows",
		"linux/386 example.com/m/a a.go:19:25 type cannot use 1 << 40 (untyped int constant 1099511627776) as int value in return statement (overflows)",
		"linux/amd64 example.com/m/c c.go:22:33 type invalid operation: P{}.Get() + time.Second (mismatched types int and time.Duration)",
		"linux/amd64 example.com/m/d d.go:5:6 body missing function body",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("missing: %s", want)
		}
	}
	for _, e := range got {
		if strings.Contains(e, "m/b ") && strings.HasPrefix(e, "windows") {
			t.Errorf("b is never compiled where a fails: %s", e)
		}
		if strings.Contains(e, "PathError") || strings.Contains(e, "does not implement") || strings.Contains(e, "Hidden") {
			t.Errorf("false: %s", e)
		}
	}
}

func TestExternalTestsSeeTestDeclarations(t *testing.T) {
	files := map[string]string{"go.mod": "module example.com/m\n"}
	for name, text := range mixed {
		if strings.HasPrefix(name, "d/") {
			files[name] = strings.Replace(text, "func bodyless()\n", "", 1)
		}
	}
	got, _ := answer(t, module(t, files))
	if len(got) != len(slots) {
		t.Errorf("%d errors, want one on each slot: %q", len(got), got)
	}
	for _, e := range got {
		if !strings.HasSuffix(e, "example.com/m/dxtest d_test.go:10:26 type undefined: d.Missing") {
			t.Errorf("unexpected: %s", e)
		}
	}
}

func TestStoreRemembersAndNotices(t *testing.T) {
	q := module(t, mixed)
	q.CacheDir = t.TempDir()
	first, cached := answer(t, q)
	if cached != 0 {
		t.Fatalf("%d results before anything was stored", cached)
	}
	again, cached := answer(t, q)
	if cached == 0 {
		t.Fatal("nothing was remembered")
	}
	expect(t, again, first)
	edits := []struct{ file, from, to string }{
		{"c/c.go", "P{}.Get() + time.Second", "time.Duration(P{}.Get()) + time.Second"}, // mended
		{"c/c.go", `"time"`, "\"time\"\n\t\"strings\""},                                 // an import that nothing uses
		{"b/b.go", "return a.Only()", "return a.Nothing()"},                             // what others do not see
		{"a/a.go", `return "more"`, "return 1"},                                         // a body in a package with errors
		{"d/d.go", "return 1", "return hiddenToo"},
		{"d/d.go", "func hidden() int", "func hidden() string"}, // what its tests see
	}
	for _, e := range edits {
		file := filepath.Join(q.Dir, filepath.FromSlash(e.file))
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		changed := strings.Replace(string(text), e.from, e.to, 1)
		if changed == string(text) {
			t.Fatalf("%s has no %q", e.file, e.from)
		}
		if err := os.WriteFile(file, []byte(changed), 0o666); err != nil {
			t.Fatal(err)
		}
		remembered, _ := answer(t, q)
		fresh := *q
		fresh.CacheDir = ""
		want, _ := answer(t, &fresh)
		if slices.Equal(want, first) {
			t.Errorf("%s: the edit changed nothing, so this tests nothing", e.to)
		}
		expect(t, remembered, want)
		first = want
	}
}

func TestBrokenStoreIsNoTrouble(t *testing.T) {
	q := module(t, mixed)
	q.CacheDir = t.TempDir()
	first, _ := answer(t, q)
	names, _ := filepath.Glob(filepath.Join(q.CacheDir, "*.bin"))
	if len(names) != 1 {
		t.Fatalf("store files: %q", names)
	}
	text, _ := os.ReadFile(names[0])
	for _, broken := range [][]byte{nil, text[:len(text)/2], append(bytes.Clone(text[:40]), bytes.Repeat([]byte{0xff}, 400)...)} {
		if err := os.WriteFile(names[0], broken, 0o666); err != nil {
			t.Fatal(err)
		}
		again, cached := answer(t, q)
		if cached != 0 {
			t.Errorf("%d results out of a broken file", cached)
		}
		expect(t, again, first)
	}
}
