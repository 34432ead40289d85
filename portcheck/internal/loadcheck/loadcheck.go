// Package loadcheck finds what the go command says of packages before it compiles anything, and what its linker says
// afterwards. The texts are those of Go 1.26 (src/cmd/go/internal/load/pkg.go, src/go/build/build.go).
package loadcheck

import (
	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/resolve"
	"github.com/gopreflight/gopreflight/portcheck/internal/srcdir"
)

// Error is one error of a package on some slots. Where the go command gives no position but the cause has one, that of
// the cause is given.
type Error struct {
	Package *load.Package
	Variant string // "", "test" or "xtest"
	File    string
	Line    int
	Column  int
	Message string
	Slots   port.Set
	// Link: the package compiles, and can not be linked into a program.
	Link bool
}

// Check finds the errors of all packages of a world that is loaded. Roots are the places that the patterns name,
// failures the patterns that name nothing.
func Check(w *load.World, roots []resolve.Place, failures []resolve.Failure) []Error {
	var out []Error
	for _, f := range failures {
		out = append(out, Error{Package: &load.Package{Path: f.Path}, Message: f.Message, Slots: w.Ports.All()})
	}
	named := make(map[string]bool)
	for _, r := range roots {
		named[r.Path] = r.Named
	}
	cycles := findCycles(w)
	importers := importersOf(w)
	for _, p := range w.Packages() {
		if !p.Read() || !p.Body && !p.Root {
			continue
		}
		out = append(out, checkPackage(w, p, named[p.Path], cycles[p], importers)...)
	}
	return append(out, pathCollisions(w)...)
}

// checker gathers the errors of one package. The go command keeps only the first of a package; what its imports do not
// find counts as theirs.
type checker struct {
	world *load.World
	pkg   *load.Package
	taken map[string]port.Set // variant -> slots that have their error
	// broken are files whose head does not parse: their imports are not known.
	broken map[*load.File]bool
	out    []Error
}

func checkPackage(w *load.World, p *load.Package, named bool, cycles []Error, importers map[*load.Package][]*load.Package) []Error {
	c := &checker{world: w, pkg: p, taken: make(map[string]port.Set), broken: make(map[*load.File]bool)}
	if p.Listing == nil && p.ReadErr == nil {
		return nil // remembered from an earlier run, with what was wrong with it
	}
	if p.ReadErr != nil {
		c.first(Error{Message: p.ReadErr.Error(), Slots: w.Ports.All()})
		return c.out
	}
	bad := c.files()
	need := (p.Need | p.NeedTest) & p.Slots
	if missing := w.Ports.All() &^ (p.Slots | bad); named && missing != 0 {
		c.noGoFiles(missing)
	}
	c.collisions(need)
	c.embeds("", p.Files, need)
	c.imports("", p.Files, need)
	c.cFiles(need)
	for _, e := range cycles {
		c.first(e)
	}
	if p.Root && p.Main() {
		built := w.Built(p)
		c.embeds("test", p.Tests, built)
		c.embeds("xtest", p.XTests, built)
		c.imports("test", p.Tests, built)
		c.imports("xtest", p.XTests, built)
		c.testCycles(importers)
	}
	c.undeclaredMain(need)
	return c.out
}

// add adds an error of the package on what is left of its slots.
func (c *checker) add(e Error) {
	if e.Slots != 0 {
		e.Package = c.pkg
		c.out = append(c.out, e)
	}
}

// first adds an error on the slots where the package has none yet.
func (c *checker) first(e Error) {
	e.Slots &^= c.taken[e.Variant] | c.taken[""]
	c.taken[e.Variant] |= e.Slots
	c.add(e)
}

// noGoFiles says that a root which a pattern names by itself has nothing to build.
func (c *checker) noGoFiles(slots port.Set) {
	for _, part := range noGo(c.world, c.pkg, slots) {
		if part.tests && c.world.Tests {
			continue // there is something to check
		}
		c.first(Error{Message: part.message, Slots: part.slots})
	}
}

// noGoPart is what go says of a package without Go files, on some slots.
type noGoPart struct {
	slots   port.Set
	message string
	tests   bool // there are test files
}

// noGo says why a package has no Go files on the given slots (NoGoError of the go command).
func noGo(w *load.World, p *load.Package, slots port.Set) []noGoPart {
	files := allFiles(w, p)
	var ignored, tested port.Set
	for i := range files {
		switch files[i].Kind {
		case srcdir.Go: // not in the build: excluded, in package documentation, or with cgo off
			ignored = slots
		case srcdir.GoTest:
			ignored |= slots &^ files[i].Slots
			tested |= slots & files[i].Slots
		}
	}
	var parts []noGoPart
	for _, part := range []noGoPart{
		{ignored, "build constraints exclude all Go files in " + p.Dir, false},
		{tested &^ ignored, "no non-test Go files in " + p.Dir, true},
		{slots &^ ignored &^ tested, "no Go files in " + p.Dir, false},
	} {
		if part.slots != 0 {
			parts = append(parts, part)
		}
	}
	return parts
}

// allFiles are the files of a package, test files included, read again if need be.
func allFiles(w *load.World, p *load.Package) []srcdir.File {
	if p.Listing != nil && len(p.Listing.Tests) == 0 {
		return p.Listing.Files
	}
	d, err := srcdir.Read(w.Ports, p.Dir, srcdir.Options{Tests: true})
	if err != nil {
		return nil
	}
	return d.Files
}
