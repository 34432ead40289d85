// Package modtest makes modules for the tests of other packages.
package modtest

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/names"
	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/resolve"
	"github.com/gopreflight/gopreflight/portcheck/internal/store"
)

// Slots are linux/amd64, linux/386, windows/amd64 and darwin/arm64, in this order.
var Slots = []port.Slot{{Name: "linux/amd64", OS: "linux", Arch: "amd64"}, {Name: "linux/386", OS: "linux", Arch: "386"},
	{Name: "windows/amd64", OS: "windows", Arch: "amd64"}, {Name: "darwin/arm64", OS: "darwin", Arch: "arm64"}}

// Numbers of Slots, and sets of them.
const (
	Linux, Linux386, Windows, Darwin = 0, 1, 2, 3
	AllLinux                         = port.Set(1<<Linux | 1<<Linux386)
	All                              = port.Set(15)
)

// Module is a module on disk.
type Module struct {
	Dir   string
	Store *store.Store
	// Deps are modules of dependencies: their paths and folders below Dir.
	Deps map[string]string
	// Bodies: the function bodies of dependencies are checked too.
	Bodies bool
}

// Write makes a module of files.
func Write(t *testing.T, files map[string]string) *Module {
	t.Helper()
	m := &Module{Dir: t.TempDir()}
	for name, text := range files {
		m.Put(t, name, text)
	}
	return m
}

// Put writes one file.
func (m *Module) Put(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join(m.Dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// Load reads the module, which is called m.
func (m *Module) Load(t *testing.T) *load.World {
	t.Helper()
	table, err := port.NewTable(Slots, nil, 22)
	if err != nil {
		t.Fatal(err)
	}
	var deps []resolve.Module
	for path, dir := range m.Deps {
		deps = append(deps, resolve.Module{Path: path, Version: "v1.0.0", Dir: filepath.Join(m.Dir, dir), Go: "1.22"})
	}
	slices.SortFunc(deps, func(a, b resolve.Module) int { return strings.Compare(a.Path, b.Path) })
	main := []resolve.Module{{Path: "m", Dir: m.Dir, Go: "1.22", Main: true}}
	w := &load.World{Ports: table, Names: names.New(), Resolver: resolve.New(runtime.GOROOT(), m.Dir, main, deps, nil),
		GOROOT: runtime.GOROOT(), Tests: true, Store: m.Store, Bodies: func(p *load.Package) bool { return p.Main() || m.Bodies }}
	roots, failures := w.Resolver.Roots([]string{"./..."}, m.Dir)
	if len(failures) > 0 {
		t.Fatal(failures)
	}
	w.Load(roots, nil)
	return w
}

// Package finds a package by its path.
func Package(t *testing.T, w *load.World, path string) *load.Package {
	t.Helper()
	for _, p := range w.Packages() {
		if p.Path == path {
			return p
		}
	}
	t.Fatalf("no package %s", path)
	return nil
}

// Entry finds what a package declares.
func Entry(t *testing.T, w *load.World, path, name string) *load.Entry {
	t.Helper()
	e := Package(t, w, path).Scope.Entries[w.Names.Of(name)]
	if e == nil {
		t.Fatalf("%s has no %s", path, name)
	}
	return e
}
