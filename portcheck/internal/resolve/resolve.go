// Package resolve finds the directory of an import path, by the rules of the go command in module mode
// (Go 1.26 src/cmd/go/internal/modload/import.go, importFromModules).
package resolve

import (
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/gopreflight/gopreflight/portcheck/internal/port"
)

// Module is one module of the build.
type Module struct {
	Path     string
	Version  string // empty for a main module
	Dir      string // empty: not downloaded
	Go       string // its go line, empty if it has none
	Main     bool
	Replaced bool
	Ignore   []string // the ignore lines of a main module's go.mod
}

// Vendor is a vendor directory, which then alone provides packages outside the main modules and std.
type Vendor struct {
	Dir      string
	Packages map[string]string // import path -> module path, as in modules.txt
}

// Place is where a package is.
type Place struct {
	Path   string // its full path: vendor/golang.org/x/… for what std has vendored
	Dir    string // empty for "C"
	Std    bool
	Module *Module // nil for std
	Named  bool    // a root that a pattern names by itself: then it is an error if no file of it is in the build
}

// Resolver answers where packages are. It is safe for concurrent use and remembers its answers.
type Resolver struct {
	src     string // GOROOT/src
	dir     string
	main    []*Module
	modules map[string]*Module // by path, main modules too
	vendor  *Vendor
	// vendorAny: packages of the vendor directory need not be listed in modules.txt, as before Go 1.23.
	vendorAny bool

	mu      sync.Mutex
	answers map[question]*answer
	goFiles map[string]bool // directory -> holds a Go file
	goMods  map[string]bool // directory -> holds a go.mod file
	dirs    map[string]bool // directory -> exists
}

type question struct {
	fromStd bool
	path    string
}

type answer struct {
	once    sync.Once
	place   Place
	failure *Failure
}

// New returns a resolver. goroot is GOROOT; dir is where the build runs, the module or the directory of go.work;
// vendor is nil outside vendor mode.
func New(goroot, dir string, main, modules []Module, vendor *Vendor) *Resolver {
	r := &Resolver{
		src: filepath.Join(goroot, "src"), dir: filepath.Clean(dir), vendor: vendor,
		modules: make(map[string]*Module, len(main)+len(modules)),
		answers: make(map[question]*answer), goFiles: make(map[string]bool), goMods: make(map[string]bool), dirs: make(map[string]bool),
	}
	add := func(m Module, isMain bool) *Module {
		m.Main = isMain
		if m.Dir != "" {
			m.Dir = filepath.Clean(m.Dir)
		}
		r.modules[m.Path] = &m
		return &m
	}
	for _, m := range modules {
		add(m, false)
	}
	r.vendorAny = true
	for _, m := range main {
		r.main = append(r.main, add(m, true))
		if minor, err := port.Minor("go" + m.Go); err == nil && minor >= 23 {
			r.vendorAny = false
		}
	}
	return r
}

// Main returns the main modules.
func (r *Resolver) Main() []*Module { return r.main }

// Import finds the package that an import statement means, in a package of std or of the module from.
func (r *Resolver) Import(fromStd bool, from *Module, path string) (Place, *Failure) {
	if path == "C" {
		return Place{Path: "C", Std: true}, nil
	}
	q := question{fromStd, path}
	r.mu.Lock()
	a := r.answers[q]
	if a == nil {
		a = new(answer)
		r.answers[q] = a
	}
	r.mu.Unlock()
	a.once.Do(func() {
		if fromStd {
			a.place = r.stdImport(path)
		} else {
			a.place, a.failure = r.find(path)
		}
	})
	if a.failure != nil && (a.failure.Kind == NoModule || a.failure.Kind == NestedModule) {
		return Place{}, r.whereToAdd(a.failure, from, path)
	}
	return a.place, a.failure
}

// stdImport trusts the standard library: what it imports exists, and a path with a dot is vendored.
func (r *Resolver) stdImport(path string) Place {
	if !isStdPath(path) {
		path = "vendor/" + path
	}
	return r.stdPlace(path)
}

func (r *Resolver) stdPlace(path string) Place {
	return Place{Path: path, Dir: filepath.Join(r.src, filepath.FromSlash(path)), Std: true}
}

// find looks in std, then in the vendor directory or in every module whose path begins the import path.
func (r *Resolver) find(path string) (Place, *Failure) {
	if f := checkPath(path); f != nil {
		return Place{}, f
	}
	var found []Place
	if isStdPath(path) {
		if p := r.stdPlace(path); r.hasGoFiles(p.Dir) {
			found = append(found, p)
		}
	}
	if r.vendor != nil {
		return r.findVendored(path, found)
	}
	var missing *Module
	for prefix := path; ; prefix = prefix[:strings.LastIndexByte(prefix, '/')] {
		if m := r.modules[prefix]; m != nil {
			if f := r.checkDir(m); f != nil {
				return Place{}, f
			}
			if m.Dir == "" {
				missing = m
			} else if dir, ok := r.inModule(m, path); ok {
				found = append(found, Place{Path: path, Dir: dir, Module: m})
			}
		}
		if !strings.Contains(prefix, "/") {
			break
		}
	}
	switch {
	case len(found) > 1:
		return Place{}, r.ambiguous(path, found)
	case len(found) == 1:
		// A module with a shorter path that is not there may hold it as well; the go command asks the roots first, which
		// go.mod names all, and those are there.
		return found[0], nil
	case missing != nil:
		return Place{}, notDownloaded(missing, path)
	}
	return Place{}, r.missing(path)
}

func (r *Resolver) findVendored(path string, found []Place) (Place, *Failure) {
	for _, m := range r.main {
		if dir, ok := r.inModule(m, path); ok {
			found = append(found, Place{Path: path, Dir: dir, Module: m})
		}
	}
	name, ok := r.vendor.Packages[path]
	if ok || r.vendorAny {
		if dir := filepath.Join(r.vendor.Dir, filepath.FromSlash(path)); r.hasGoFiles(dir) {
			m := r.modules[name]
			if m == nil {
				m = &Module{Path: name}
			}
			found = append(found, Place{Path: path, Dir: dir, Module: m})
		}
	}
	switch len(found) {
	case 0:
		return Place{}, r.missing(path)
	case 1:
		return found[0], nil
	}
	return Place{}, r.ambiguous(path, found)
}

// inModule returns the directory that the path has in the module, and whether a Go file of the module is there
// (dirInModule).
func (r *Resolver) inModule(m *Module, path string) (string, bool) {
	rest, ok := strings.CutPrefix(path, m.Path)
	if !ok || m.Dir == "" || rest != "" && rest[0] != '/' {
		return "", false
	}
	dir := filepath.Join(m.Dir, filepath.FromSlash(rest))
	if r.nested(m, dir) {
		return "", false
	}
	return dir, r.hasGoFiles(dir)
}

// nested reports whether a directory below the module's belongs to another module, whose go.mod is in between. In the
// module cache there are none.
func (r *Resolver) nested(m *Module, dir string) bool {
	if m.Main || m.Replaced {
		for d := dir; len(d) > len(m.Dir); d = filepath.Dir(d) {
			if r.hasGoMod(d) {
				return true
			}
		}
	}
	return false
}

func (r *Resolver) hasGoMod(dir string) bool {
	return r.remember(r.goMods, dir, func() bool {
		info, err := os.Stat(filepath.Join(dir, "go.mod"))
		return err == nil && !info.IsDir()
	})
}

func (r *Resolver) hasGoFiles(dir string) bool {
	return r.remember(r.goFiles, dir, func() bool { return holdsGoFile(dir) })
}

func (r *Resolver) remember(known map[string]bool, dir string, look func() bool) bool {
	r.mu.Lock()
	yes, ok := known[dir]
	r.mu.Unlock()
	if !ok {
		yes = look() // twice at worst, when two ask at once
		r.mu.Lock()
		known[dir] = yes
		r.mu.Unlock()
	}
	return yes
}

// holdsGoFile reports whether the directory has a file or a link to a file with the ending .go. It stops at the first,
// for it is asked for every package.
func holdsGoFile(dir string) bool {
	f, err := os.Open(dir)
	if err != nil {
		return false
	}
	defer f.Close()
	for {
		entries, err := f.ReadDir(64)
		for _, e := range entries {
			if name := e.Name(); !strings.HasSuffix(name, ".go") || name[0] == '_' || name[0] == '.' {
				continue
			}
			if e.Type().IsRegular() {
				return true
			}
			if e.Type()&os.ModeSymlink != 0 {
				info, err := os.Stat(filepath.Join(dir, e.Name()))
				if err == nil && info.Mode().IsRegular() {
					return true
				}
			}
		}
		if err != nil || len(entries) == 0 {
			return false
		}
	}
}

// isStdPath reports whether the path can belong to std: no dot in its first element.
func isStdPath(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}
