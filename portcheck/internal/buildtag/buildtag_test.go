package buildtag

import (
	"bytes"
	"go/build"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/gopreflight/gopreflight/portcheck/internal/port"
)

// ports are those of Go 1.26, with one level more of one of them.
var ports = strings.Fields(`aix/ppc64 android/386 android/amd64 android/arm android/arm64 darwin/amd64 darwin/arm64
	dragonfly/amd64 freebsd/386 freebsd/amd64 freebsd/arm freebsd/arm64 freebsd/riscv64 illumos/amd64 ios/amd64 ios/arm64
	js/wasm linux/386 linux/amd64 linux/arm linux/arm64 linux/loong64 linux/mips linux/mips64 linux/mips64le linux/mipsle
	linux/ppc64 linux/ppc64le linux/riscv64 linux/s390x netbsd/386 netbsd/amd64 netbsd/arm netbsd/arm64 openbsd/386
	openbsd/amd64 openbsd/arm openbsd/arm64 openbsd/ppc64 openbsd/riscv64 plan9/386 plan9/amd64 plan9/arm solaris/amd64
	wasip1/wasm windows/386 windows/amd64 windows/arm64`)

func newTable(t *testing.T) *port.Table {
	t.Helper()
	var slots []port.Slot
	for i, p := range ports {
		os, arch, _ := strings.Cut(p, "/")
		s := port.Slot{Name: p, OS: os, Arch: arch, Cgo: i%2 == 0, ToolTags: []string{arch + ".v1"}}
		if i%3 == 0 {
			s.ToolTags = append(s.ToolTags, "goexperiment.boringcrypto", "goexperiment.jsonv2")
		}
		slots = append(slots, s)
	}
	tab, err := port.NewTable(slots, []string{"purego"}, 22)
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

// contextOf is the go/build context of a slot, reading files from memory.
func contextOf(s port.Slot, files *sync.Map) build.Context {
	c := build.Default
	c.GOOS, c.GOARCH, c.CgoEnabled, c.ToolTags = s.OS, s.Arch, s.Cgo, s.ToolTags
	c.BuildTags, c.ReleaseTags = []string{"purego"}, nil
	for _, tag := range build.Default.ReleaseTags {
		if c.ReleaseTags = append(c.ReleaseTags, tag); tag == "go1.22" {
			break
		}
	}
	c.OpenFile = func(path string) (io.ReadCloser, error) {
		content, _ := files.Load(path)
		return io.NopCloser(bytes.NewReader(content.([]byte))), nil
	}
	return c
}

// slotsByGoBuild asks go/build about one file, on all slots or (for files without constraints) on a few.
func slotsByGoBuild(contexts []build.Context, dir, name string, asked port.Set) (s port.Set, broken bool) {
	asked.Each(func(i int) {
		ok, err := contexts[i].MatchFile(dir, name)
		broken = broken || err != nil
		if ok || err != nil {
			s |= port.One(i)
		}
	})
	return s, broken
}

// The files of the standard library and its tests, with all their odd names and headers, mean for us what they mean for
// go/build.
func TestAllFilesOfGoMeanWhatGoBuildSays(t *testing.T) {
	if testing.Short() {
		t.Skip("reads all of GOROOT/src")
	}
	tab := newTable(t)
	root := filepath.Join(runtime.GOROOT(), "src")
	var files sync.Map
	contexts := make([]build.Context, len(tab.Slots))
	for i, s := range tab.Slots {
		contexts[i] = contextOf(s, &files)
	}
	paths := make(chan string)
	var wg sync.WaitGroup
	count := 0
	for range [4]int{} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for path := range paths {
				compare(t, tab, contexts, &files, path)
			}
		}()
	}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		name := d.Name()
		if err == nil && d.Type().IsRegular() && name[0] != '_' && name[0] != '.' {
			switch filepath.Ext(name) {
			case ".go", ".s", ".c", ".h":
				paths <- path
				count++
			}
		}
		return err
	})
	close(paths)
	wg.Wait()
	if err != nil || count < 5000 {
		t.Fatalf("%d files read, %v", count, err)
	}
}

func compare(t *testing.T, tab *port.Table, contexts []build.Context, files *sync.Map, path string) {
	content, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
		return
	}
	files.Store(path, content)
	defer files.Delete(path)
	dir, name := filepath.Split(path)
	dir = filepath.Clean(dir)
	byName, text := FileName(tab, name)
	h := ReadHeader(tab, content)
	asked := tab.All()
	if text == "" && !bytes.Contains(content, []byte("build")) {
		asked = port.One(0)
	}
	want, broken := slotsByGoBuild(contexts, dir, name, asked)
	if got := byName & h.Slots & asked; got != want {
		t.Errorf("%s: slots %b, go/build says %b (constraint %q)", path, got, want, Join(text, h.Constraint))
	}
	if broken && h.Err == nil && strings.HasSuffix(name, ".go") {
		t.Errorf("%s: go/build finds it broken", path)
	}
}

func TestHeadersThatAreEasyToGetWrong(t *testing.T) {
	tab := newTable(t)
	for name, c := range map[string]struct {
		text string
		want string // constraint
		err  string
		line int
	}{
		"none":                      {"package p\n", "", "", 0},
		"go:build":                  {"//go:build linux||!cgo\n\npackage p\n", "linux || !cgo", "", 0},
		"after the mark of UTF-8":   {"\ufeff//go:build linux\npackage p\n", "linux", "", 0},
		"beside the package clause": {"//go:build linux\npackage p\n", "linux", "", 0},
		"after a block comment":     {"/* a\nb */ /* c */\n//go:build linux\n\npackage p\n", "linux", "", 0},
		"in a block comment":        {"/*\n//go:build linux\n*/\npackage p\n", "", "", 0},
		"after the package clause":  {"package p\n//go:build linux\n", "", "", 0},
		"CRLF":                      {"//go:build linux\r\n\r\npackage p\r\n", "linux", "", 0},
		"+build lines are ANDed":    {"// +build linux darwin\n// +build !cgo\n\npackage p\n", "(linux || darwin) && !cgo", "", 0},
		"+build needs a blank line": {"// +build linux\npackage p\n", "", "", 0},
		"+build loses":              {"//go:build linux\n// +build darwin\n\npackage p\n", "linux", "", 0},
		"broken +build never holds": {"// +build !!linux\n// +build darwin\n\npackage p\n", "ignore && darwin", "", 0},
		"not go:builder":            {"//go:builder linux\n\npackage p\n", "", "", 0},
		"comments only":             {"//go:build linux\n", "linux", "", 0},
		"broken":                    {"\n//go:build linux &&\n\npackage p\n", "", "parsing //go:build line: unexpected end of expression", 2},
		"empty":                     {"//go:build\npackage p\n", "", "parsing //go:build line: unexpected end of expression", 1},
		"two":                       {"//go:build linux\n\n//go:build amd64\n\npackage p\n", "", "multiple //go:build comments", 3},
	} {
		h := ReadHeader(tab, []byte(c.text))
		message := ""
		if h.Err != nil {
			message = h.Err.Error()
		}
		if h.Constraint != c.want || message != c.err || h.Line != c.line {
			t.Errorf("%s: constraint %q, error %q in line %d; want %q, %q, %d", name, h.Constraint, message, h.Line, c.want, c.err, c.line)
		}
	}
}

func TestPrefixTellsWhetherItIsEnough(t *testing.T) {
	tab := newTable(t)
	text := "// a\n/* b */\n//go:build linux\n\n#include <x.h>\nx"
	for n := 0; n <= len(text); n++ {
		if _, complete := ReadPrefix(tab, []byte(text[:n])); complete != (n == len(text)) {
			t.Errorf("%q complete: %v", text[:n], complete)
		}
	}
}

func TestNames(t *testing.T) {
	tab := newTable(t)
	for name, want := range map[string]string{
		"a.go": "", "linux.go": "", "a_linux.go": "linux", "a_linux_amd64.go": "linux && amd64", "a_linux_amd64_test.go": "linux && amd64",
		"linux_amd64.go": "amd64", "a_zos.go": "zos", "a_amd64_linux.go": "linux", "a_linux_x.go": "", "a_test.go": "",
		"a_arm64.v2.s": "arm64", "_test.go": "", "a_unix.go": "", "a_test_linux.go": "linux", "a_plan9.txt": "plan9",
	} {
		s, got := FileName(tab, name)
		if got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
		if got == "" && s != tab.All() || got == "zos" && s != 0 {
			t.Errorf("%s: slots %b", name, s)
		}
	}
}

func TestJoin(t *testing.T) {
	for _, c := range [][3]string{
		{"", "", ""}, {"linux", "", "linux"}, {"", "a || b", "a || b"}, {"linux", "a || b", "linux && (a || b)"},
		{"linux && arm", "(a || b) && c", "linux && arm && (a || b) && c"}, {"linux", "!(a || b)", "linux && !(a || b)"},
	} {
		if got := Join(c[0], c[1]); got != c[2] {
			t.Errorf("Join(%q, %q) = %q, want %q", c[0], c[1], got, c[2])
		}
	}
}
