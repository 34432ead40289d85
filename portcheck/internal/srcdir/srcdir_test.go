package srcdir

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/gopreflight/gopreflight/portcheck/internal/port"
)

func newTable(t *testing.T) *port.Table {
	t.Helper()
	tab, err := port.NewTable([]port.Slot{
		{Name: "linux/amd64", OS: "linux", Arch: "amd64"}, {Name: "windows/386", OS: "windows", Arch: "386"}, {Name: "plan9/arm", OS: "plan9", Arch: "arm"},
	}, nil, 22)
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

// write makes files below a new directory; "->x" as content makes a link to x.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, content := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		var err error
		if target, ok := strings.CutPrefix(content, "->"); !ok {
			err = os.WriteFile(path, []byte(content), 0o666)
		} else if err = os.Symlink(target, path); err != nil && runtime.GOOS == "windows" {
			t.Skip("no symbolic links here")
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestFilesOfADirectory(t *testing.T) {
	tab := newTable(t)
	dir := write(t, map[string]string{
		"a.go": "package a\n", "b_windows.go": "//go:build amd64 || 386\n\npackage a\n", "c_test.go": "package a\n", "d_zos.go": "package a\n",
		"_e.go": "package a\n", ".f.go": "package a\n", "g.txt": "", "h_amd64.s": "// +build linux\n\nTEXT\n", "i.S": "", "j.syso": "\x00",
		"k.c": "//go:build windows\n\nint k;\n", "l.go": "\n//go:build (\n\npackage a\n", "m.s": "//go:build (\n", "never.go": "//go:build ignore\n\npackage a\n",
		"sub.go/x": "", "linked.go": "->target.txt", "target.txt": "package a\n", "dirlink.go": "->sub.go", "dangling.go": "->nowhere",
	})
	d, err := Read(tab, dir, Options{Tests: true})
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, f := range d.Files {
		got += fmt.Sprintf("%s kind %d slots %03b %q line %d content %d\n", f.Name, f.Kind, f.Slots, f.Constraint, f.HeaderErrLine, len(f.Content))
		if f.Path != filepath.Join(dir, f.Name) {
			t.Errorf("path %s", f.Path)
		}
	}
	want := `a.go kind 1 slots 111 "" line 0 content 10
b_windows.go kind 1 slots 010 "windows && (amd64 || 386)" line 0 content 35
c_test.go kind 2 slots 111 "" line 0 content 10
d_zos.go kind 1 slots 000 "zos" line 0 content 0
dangling.go kind 1 slots 111 "" line 0 content 0
h_amd64.s kind 3 slots 001 "amd64 && linux" line 0 content 0
i.S kind 4 slots 111 "" line 0 content 0
j.syso kind 5 slots 111 "" line 0 content 0
k.c kind 6 slots 010 "windows" line 0 content 0
l.go kind 1 slots 111 "" line 2 content 0
linked.go kind 1 slots 111 "" line 0 content 10
m.s kind 3 slots 000 "" line 0 content 0
never.go kind 1 slots 000 "ignore" line 0 content 0
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if i := slices.IndexFunc(d.Files, func(f File) bool { return f.Name == "dangling.go" }); d.Files[i].HeaderErr == nil {
		t.Error("a link that leads nowhere is no error")
	}
}

func TestTestsAreNamedWhenTheyAreNotRead(t *testing.T) {
	dir := write(t, map[string]string{"a_test.go": "broken", "b.c": ""})
	d, err := Read(newTable(t), dir, Options{})
	if err != nil || len(d.Files) != 1 || fmt.Sprint(d.Tests) != "[a_test.go]" || d.HasGoFiles {
		t.Errorf("%+v %v", d, err)
	}
}

func TestConstraintIsCompleteOnDemand(t *testing.T) {
	dir := write(t, map[string]string{"a_zos.go": "//go:build !cgo\n\npackage a\n"})
	for _, c := range []struct {
		excluded bool
		want     string
	}{{false, "zos"}, {true, "zos && !cgo"}} {
		d, err := Read(newTable(t), dir, Options{Excluded: c.excluded})
		if err != nil || d.Files[0].Constraint != c.want || d.Files[0].Slots != 0 {
			t.Errorf("%+v %v", d, err)
		}
	}
}

func TestMissingDirectoryIsAnError(t *testing.T) {
	if _, err := Read(newTable(t), filepath.Join(t.TempDir(), "none"), Options{}); !os.IsNotExist(err) {
		t.Errorf("%v", err)
	}
}

func TestConstraintsOfALargeCFileAreFoundWhereverTheyEnd(t *testing.T) {
	for _, padding := range []int{0, headSize - 30, headSize - 20, headSize - 1, headSize + 5, 3 * headSize} {
		text := "/*" + strings.Repeat("x", padding) + "*/\n//go:build windows\n\nint k;\n" + strings.Repeat("// more\n", 10000)
		d, err := Read(newTable(t), write(t, map[string]string{"k.c": text}), Options{})
		if err != nil || d.Files[0].Slots != port.One(1) {
			t.Errorf("padding %d: %+v %v", padding, d.Files, err)
		}
	}
}

// leftOut reports whether go/build leaves the file out for what its package clause or imports say.
func leftOut(t *testing.T, f File) bool {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Content, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	return file.Name.Name == "documentation" || slices.ContainsFunc(file.Imports, func(i *ast.ImportSpec) bool { return i.Path.Value == `"C"` })
}

func minus(a, b []string) (rest []string) {
	for _, x := range a {
		if !slices.Contains(b, x) {
			rest = append(rest, x)
		}
	}
	return rest
}

// What we take from real directories is what go/build takes, list by list.
func TestDirectoriesAreThoseOfGoBuild(t *testing.T) {
	src := filepath.Join(runtime.GOROOT(), "src")
	for i, slot := range newTable(t).Slots {
		c := build.Default
		c.GOOS, c.GOARCH, c.CgoEnabled, c.ToolTags, c.BuildTags = slot.OS, slot.Arch, false, nil, nil
		tab, err := port.NewTable(newTable(t).Slots, nil, len(c.ReleaseTags))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{"os", "net", "syscall", "runtime", "runtime/cgo", "internal/cpu", "crypto/sha256", "math/big", "os/user"} {
			dir := filepath.Join(src, filepath.FromSlash(path))
			p, err := c.ImportDir(dir, 0)
			if err != nil && len(p.IgnoredGoFiles) == 0 {
				t.Fatal(err)
			}
			d, err := Read(tab, dir, Options{Tests: true})
			if err != nil {
				t.Fatal(err)
			}
			want := map[Kind][]string{Go: slices.Concat(p.GoFiles, p.TestGoFiles, p.XTestGoFiles), Asm: p.SFiles, Syso: p.SysoFiles, CFamily: slices.Concat(p.CFiles, p.HFiles)}
			got := map[Kind][]string{}
			for _, f := range d.Files {
				switch {
				case !f.Slots.Has(i), f.Content != nil && leftOut(t, f):
				case f.Kind == Go || f.Kind == GoTest:
					got[Go] = append(got[Go], f.Name)
				default:
					got[f.Kind] = append(got[f.Kind], f.Name)
				}
			}
			for kind, names := range want {
				slices.Sort(names)
				if fmt.Sprint(got[kind]) != fmt.Sprint(names) {
					t.Errorf("%s on %s, kind %d: too many %v, too few %v", path, slot.Name, kind, minus(got[kind], names), minus(names, got[kind]))
				}
			}
		}
	}
}

func TestStdReadsGoAloneAndKnowsAssemblyByName(t *testing.T) {
	dir := write(t, map[string]string{"a.go": "package a\n", "a_amd64.s": "//go:build windows\n\nTEXT\n", "a_test.go": "", "a.c": "", "a.syso": ""})
	d, err := Read(newTable(t), dir, Options{Std: true, Tests: true})
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, f := range d.Files {
		got += fmt.Sprintf("%s %03b ", f.Name, f.Slots)
	}
	if got != "a.go 111 a.syso 111 a_amd64.s 001 " || len(d.Tests) != 0 {
		t.Errorf("%s %v", got, d.Tests)
	}
}

func TestWalkVisitsWhatTheDotsMean(t *testing.T) {
	root := write(t, map[string]string{
		"m.go": "", "a/a.go": "", "a/b/b_test.go": "", "c/README": "", "c/d/d.go": "", "testdata/t.go": "", "a/testdata/t.go": "", "_x/x.go": "", ".y/y.go": "",
		"vendor/v/v.go": "", "vendor/v.go": "", "nested/go.mod": "", "nested/n.go": "", "modfolder/go.mod/x": "", "modfolder/m.go": "", "ignored/i.go": "", "a/only/_o.go": "",
		"e/.hidden.go": "",
	})
	var got []string
	err := Walk(root, func(rel string) bool { return rel == "ignored" || rel == "c/d" }, func(dir string) {
		rel, _ := filepath.Rel(root, dir)
		got = append(got, filepath.ToSlash(rel))
	})
	if want := "[. a a/b modfolder vendor]"; err != nil || fmt.Sprint(got) != want {
		t.Errorf("%v %v, want %s", got, err, want)
	}
	if err := Walk(filepath.Join(root, "none"), nil, nil); err == nil {
		t.Error("a missing root is no error")
	}
}
