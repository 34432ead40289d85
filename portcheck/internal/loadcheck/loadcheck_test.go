package loadcheck

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/build"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/names"
	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/resolve"
)

// write makes a module in a new directory; "->x" as content makes a link to x.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if target, ok := strings.CutPrefix(content, "->"); ok {
			err = os.Symlink(target, path)
		} else {
			err = os.WriteFile(path, []byte(content), 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	age(t, root)
	return root
}

// age makes all files old: of a module that changed less than two seconds ago the go command keeps no index, and some
// of its texts differ then.
func age(t *testing.T, root string) {
	t.Helper()
	old := time.Now().Add(-time.Hour)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.Type()&fs.ModeSymlink != 0 {
			return err
		}
		return os.Chtimes(path, old, old)
	})
	if err != nil {
		t.Fatal(err)
	}
}

var slots = []port.Slot{
	{Name: "linux/amd64", OS: "linux", Arch: "amd64"},
	{Name: "linux/amd64+cgo", OS: "linux", Arch: "amd64", Cgo: true},
	{Name: "windows/386", OS: "windows", Arch: "386"},
	{Name: "plan9/arm", OS: "plan9", Arch: "arm"},
}

// check loads the packages and returns what Check finds.
func check(t *testing.T, root string, tests bool, patterns ...string) []Error {
	t.Helper()
	table, err := port.NewTable(slots, nil, len(build.Default.ReleaseTags))
	if err != nil {
		t.Fatal(err)
	}
	w := &load.World{
		Ports: table, Names: names.New(), Tests: tests, Bodies: func(*load.Package) bool { return true },
		Resolver: resolve.New(runtime.GOROOT(), root, []resolve.Module{{Path: "example.com/m", Dir: root, Go: "1.22"}},
			[]resolve.Module{{Path: "example.com/d", Version: "v1.0.0", Dir: filepath.Join(root, "d"), Go: "1.22", Replaced: true}}, nil),
	}
	roots, failures := w.Resolver.Roots(patterns, root)
	w.Load(roots, nil)
	return Check(w, roots, failures)
}

// listed is an error of the go command.
type listed struct {
	ImportPath string
	Standard   bool
	Error      *struct {
		ImportStack []string
		Pos, Err    string
	}
}

func goCommand(t *testing.T, root string, slot port.Slot, args ...string) *exec.Cmd {
	t.Helper()
	cgo := "CGO_ENABLED=0"
	if slot.Cgo {
		cgo = "CGO_ENABLED=1"
	}
	cmd := exec.Command(filepath.Join(runtime.GOROOT(), "bin", "go"), args...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOOS="+slot.OS, "GOARCH="+slot.Arch, cgo, "GOFLAGS=-buildvcs=false", "GOPROXY=off", "GOTOOLCHAIN=local", "GOWORK=", "CC=cc")
	return cmd
}

func goList(t *testing.T, root string, slot port.Slot, args ...string) []listed {
	t.Helper()
	cmd := goCommand(t, root, slot, append([]string{"list", "-e", "-deps", "-json=ImportPath,Dir,Standard,Error,EmbedFiles,TestEmbedFiles,GoFiles,IgnoredGoFiles"}, args...)...)
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Skip("no go command: ", err)
	}
	if len(out) == 0 {
		t.Fatalf("go list says nothing: %.2000s", exit.Stderr)
	}
	var all []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		if p.Error != nil {
			all = append(all, p)
		}
	}
}

// compare wants the errors of the go command on every slot, and no others.
func compare(t *testing.T, root string, tests bool, patterns ...string) {
	t.Helper()
	got := check(t, root, tests, patterns...)
	for i, slot := range slots {
		matched := make([]bool, len(got))
		args := patterns
		if tests {
			args = append([]string{"-test"}, args...)
		}
		for _, p := range goList(t, root, slot, args...) {
			// A position in the text itself is a position; a path below the module is relative there.
			text, pos := p.Error.Err, p.Error.Pos
			if rest, ok := strings.CutPrefix(text, root+string(filepath.Separator)); ok {
				if at, message, ok := strings.Cut(rest, ": "); ok && strings.Count(at, ":") == 2 {
					text, pos = message, at
				}
			}
			found := p.ImportPath == "C" // a consequence
			for k, e := range got {
				if e.Slots.Has(i) && lastText(e.Message) == text && (pos == "" || pos == shown(root, e)) && (!strings.Contains(text, "cycle") || sameStack(e.Message, p.Error.ImportStack)) {
					matched[k], found = true, true
				}
			}
			if !found {
				t.Errorf("missed on %s: %s: %q at %q", slot.Name, p.ImportPath, text, pos)
			}
		}
		for k, e := range got {
			if e.Slots.Has(i) && !matched[k] && !e.Link {
				t.Errorf("not an error of go on %s: %s %s: %q at %s", slot.Name, e.Package.Path, e.Variant, e.Message, shown(root, e))
			}
		}
	}
}

func shown(root string, e Error) string {
	rel, err := filepath.Rel(root, e.File)
	if err != nil {
		return e.File
	}
	return fmt.Sprintf("%s:%d:%d", rel, e.Line, e.Column)
}

// lastText is the message without the stack of a cycle.
func lastText(message string) string {
	if strings.HasPrefix(message, "package ") && strings.Contains(message, "\n\timports ") {
		return message[strings.LastIndex(message, ": ")+2:]
	}
	return message
}

func sameStack(message string, stack []string) bool {
	var got []string
	for _, line := range strings.Split(message, "\n") {
		fields := strings.Fields(line)
		got = append(got, strings.TrimSuffix(fields[1], ":"))
	}
	return slices.Equal(got, stack)
}

func TestErrorsAreThoseOfTheGoCommand(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("needs a file system that tells A from a, and symbolic links")
	}
	root := write(t, zoo)
	all := slots
	defer func() { slots = all }()
	compare(t, root, false, "./...")
	compare(t, root, true, "./cgotest")
	compare(t, root, false, "./pathuser")
	slots = slices.DeleteFunc(slices.Clone(slots), func(s port.Slot) bool { return s.Cgo })
	compare(t, root, false, "./cgotest", "./mixedcgo", "./cfiles3", "./usecgo")
	compare(t, root, true, "./embtest", "./cyctest/...", "./missingtest", "./xtest", "./cgotest", "./mixed2")
}

func TestCyclesAreToldAsGoBuildTellsThem(t *testing.T) {
	root := write(t, map[string]string{
		"go.mod": "module example.com/m\n\ngo 1.22\n", "r/r.go": "package r\nimport _ \"example.com/m/x/a\"", "x/a/a.go": "package a\nimport _ \"example.com/m/x/b\"",
		"x/b/b.go": "package b\nimport (\n\t\"fmt\"\n\tx \"example.com/m/x/a\"\n)\nvar _ = fmt.Sprint(x.X)",
	})
	out, _ := goCommand(t, root, slots[0], "build", "./r").CombinedOutput()
	got := check(t, root, false, "./r")
	if len(got) != 1 || got[0].Message != strings.TrimSpace(string(out)) || shown(root, got[0]) != "x/a/a.go:2:8" || got[0].Package.Path != "example.com/m/x/a" {
		t.Errorf("%+v, want\n%s", got, out)
	}
}

func TestRootsThatAreNamedAndEmptyAreErrors(t *testing.T) {
	root := write(t, map[string]string{
		"go.mod": "module example.com/m\n\ngo 1.22\n", "win/a_windows.go": "package win", "tests/a_test.go": "package tests", "ok/a.go": "package ok", "zos/a_zos.go": "package zos",
	})
	for _, c := range []struct {
		tests    bool
		patterns []string
		want     string
	}{
		{false, []string{"./..."}, ""},
		{false, []string{"./win"}, "example.com/m/win on 1011: build constraints exclude all Go files in ROOT/win; "},
		{false, []string{"./...", "example.com/m/win"}, "example.com/m/win on 1011: build constraints exclude all Go files in ROOT/win; "},
		{false, []string{"./tests"}, "example.com/m/tests on 1111: no non-test Go files in ROOT/tests; "},
		{true, []string{"./tests"}, ""},
		{true, []string{"./zos", "./ok"}, "example.com/m/zos on 1111: build constraints exclude all Go files in ROOT/zos; "},
		{false, []string{"./none"}, "./none on 1111: stat ROOT/none: directory not found; "},
	} {
		got := ""
		for _, e := range check(t, root, c.tests, c.patterns...) {
			got += fmt.Sprintf("%s on %04b: %s; ", e.Package.Path, e.Slots, e.Message)
		}
		if got = strings.ReplaceAll(got, root, "ROOT"); got != c.want {
			t.Errorf("%v: %s\nwant %s", c.patterns, got, c.want)
		}
	}
}

// The rules for programs that need the linker of a C toolchain are those of the toolchain in use.
func TestRefusalsAreThoseOfTheToolchain(t *testing.T) {
	root := write(t, map[string]string{"go.mod": "module example.com/m\n\ngo 1.22\n", "main.go": "package main\nfunc main() {}\n"})
	out, err := goCommand(t, root, slots[0], "tool", "dist", "list").Output()
	if err != nil {
		t.Skip("no go command: ", err)
	}
	asked := 0
	for _, name := range strings.Fields(string(out)) {
		system, arch, _ := strings.Cut(name, "/")
		// Every other port is one more call of the go command; these stand for them.
		if !slices.Contains([]string{"android", "ios", "darwin", "aix", "js"}, system) && name != "linux/mips" {
			continue
		}
		asked++
		slot := port.Slot{Name: name, OS: system, Arch: arch}
		want := ""
		for _, p := range goList(t, root, slot, ".") {
			want = p.Error.Err
		}
		if got := Refusal(slot); got != want {
			t.Errorf("%s: %q, the toolchain says %q", name, got, want)
		}
		if slot.Cgo = true; Refusal(slot) != "" {
			t.Errorf("%s with cgo: %q", name, Refusal(slot))
		}
	}
	if asked < 8 {
		t.Errorf("only %d ports asked", asked)
	}
}

func TestProgramsWithoutMain(t *testing.T) {
	root := write(t, map[string]string{
		"go.mod": "module example.com/m\n\ngo 1.22\n", "a/a.go": "// Program.\npackage main\n", "a/b_windows.go": "package main\nfunc main() {}",
		"b/b.go": "package main\ntype T int\nfunc (T) main() {}", "c/c.go": "package main\nvar main = 1",
	})
	got := ""
	for _, e := range check(t, root, false, "./...") {
		got += fmt.Sprintf("%s on %04b link %v: %s; ", shown(root, e), e.Slots, e.Link, e.Message)
	}
	const text = " link true: function main is undeclared in the main package; "
	if want := "a/a.go:2:9 on 1011" + text + "b/b.go:1:9 on 1111" + text + "c/c.go:1:9 on 1111" + text; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}
