package loadcheck

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/port"
)

// step is one import on a way through packages.
type step struct {
	pkg  *load.Package
	file *load.File // that imports the package; nil for a root
	at   *load.Import
}

// findCycles finds packages that import themselves over others. The error belongs to the package that the go command
// meets twice, going through the roots and their imports by path.
func findCycles(w *load.World) map[*load.Package][]Error {
	out := make(map[*load.Package][]Error)
	if !anyCycle(w) {
		return out
	}
	byText := make(map[*load.Package]map[string]int)
	for slot := range w.Ports.Slots {
		walk := &walker{slot: port.One(slot), state: make(map[*load.Package]int)}
		walk.found = func(cycle []step) {
			first, last := cycle[0].pkg, cycle[len(cycle)-1]
			text := stackText(w, walk.stack, last) + ": import cycle not allowed"
			if i, ok := byText[first][text]; ok {
				out[first][i].Slots |= walk.slot
				return
			}
			if byText[first] == nil {
				byText[first] = make(map[string]int)
			}
			byText[first][text] = len(out[first])
			at := last
			if len(cycle) > 1 {
				at = cycle[1]
			}
			line, column := importPosition(at.file, at.at)
			out[first] = append(out[first], Error{File: at.file.Path, Line: line, Column: column, Message: text, Slots: walk.slot})
		}
		for _, p := range sortedRoots(w) {
			if p.Need&walk.slot != 0 && walk.state[p] == 0 {
				walk.visit(step{pkg: p})
			}
		}
	}
	return out
}

// anyCycle reports whether there is a cycle if all files of all slots are taken together.
func anyCycle(w *load.World) bool {
	any := false
	walk := &walker{slot: w.Ports.All(), state: make(map[*load.Package]int), found: func([]step) { any = true }}
	for _, p := range w.Packages() {
		if p.Body && walk.state[p] == 0 {
			walk.visit(step{pkg: p})
		}
	}
	return any
}

func sortedRoots(w *load.World) []*load.Package {
	var roots []*load.Package
	for _, p := range w.Packages() {
		if p.Root {
			roots = append(roots, p)
		}
	}
	slices.SortFunc(roots, func(a, b *load.Package) int { return strings.Compare(a.Path, b.Path) })
	return roots
}

// walker goes through imports depth first.
type walker struct {
	slot  port.Set
	state map[*load.Package]int // 1 open, 2 done
	stack []step
	found func(cycle []step) // from the package met twice to the import that leads back to it
}

func (w *walker) visit(s step) {
	w.state[s.pkg] = 1
	w.stack = append(w.stack, s)
	for _, next := range importsOn(s.pkg.Files, w.slot) {
		switch w.state[next.pkg] {
		case 0:
			w.visit(next)
		case 1:
			i := slices.IndexFunc(w.stack, func(s step) bool { return s.pkg == next.pkg })
			w.found(append(slices.Clone(w.stack[i:]), next))
		}
	}
	w.stack = w.stack[:len(w.stack)-1]
	w.state[s.pkg] = 2
}

// importsOn are the packages outside std that files import on a slot, sorted by path, each in the first file.
func importsOn(files []*load.File, slot port.Set) []step {
	var steps []step
	for _, f := range files {
		if f.Slots&slot == 0 {
			continue
		}
		for i := range f.Imports {
			t := f.Imports[i].Target
			if t != nil && !t.Std && !slices.ContainsFunc(steps, func(s step) bool { return s.pkg == t }) {
				steps = append(steps, step{t, f, &f.Imports[i]})
			}
		}
	}
	slices.SortFunc(steps, func(a, b step) int { return strings.Compare(a.pkg.Path, b.pkg.Path) })
	return steps
}

// stackText is the way of imports as go build prints it. Since Go 1.24 it names the importing files.
func stackText(w *load.World, root []step, rest ...step) string {
	var b strings.Builder
	files := w.Ports.Tag("go1.24") != 0
	for i, s := range append(slices.Clone(root), rest...) {
		switch {
		case i == 0:
			b.WriteString("package " + s.pkg.Path)
		case files:
			b.WriteString("\n\timports " + s.pkg.Path + " from " + filepath.Base(s.file.Path))
		default:
			b.WriteString("\n\timports " + s.pkg.Path)
		}
	}
	return b.String()
}

// importersOf lists who imports each package outside std, on whatever slot.
func importersOf(w *load.World) map[*load.Package][]*load.Package {
	out := make(map[*load.Package][]*load.Package)
	for _, p := range w.Packages() {
		for _, f := range p.Files {
			for i := range f.Imports {
				if t := f.Imports[i].Target; t != nil && !t.Std {
					if list := out[t]; len(list) == 0 || list[len(list)-1] != p {
						out[t] = append(list, p)
					}
				}
			}
		}
	}
	return out
}

// above are the packages that import p, directly or not.
func above(p *load.Package, importers map[*load.Package][]*load.Package) map[*load.Package]bool {
	seen := map[*load.Package]bool{p: true}
	for queue := []*load.Package{p}; len(queue) > 0; {
		next := queue[0]
		queue = queue[1:]
		for _, q := range importers[next] {
			if !seen[q] {
				seen[q] = true
				queue = append(queue, q)
			}
		}
	}
	return seen
}

// testCycles finds test files of the package itself that import something which imports the package.
func (c *checker) testCycles(importers map[*load.Package][]*load.Package) {
	if len(importsOn(c.pkg.Tests, c.world.Ports.All())) == 0 {
		return // as in most packages, the tests import nothing but the standard library
	}
	suspects := above(c.pkg, importers)
	for _, f := range c.pkg.Tests {
		for i := range f.Imports {
			t := f.Imports[i].Target
			if t == nil || !suspects[t] {
				continue
			}
			f.Slots.Each(func(slot int) {
				way := wayTo(step{t, f, &f.Imports[i]}, c.pkg, port.One(slot))
				if way == nil {
					return
				}
				text := stackText(c.world, []step{{pkg: c.pkg}}, way...)
				e := c.at("test", use{f, &f.Imports[i], 0}, text+": import cycle not allowed in test", port.One(slot))
				for k := range c.out {
					if o := &c.out[k]; o.Message == e.Message && o.File == e.File && o.Line == e.Line {
						o.Slots |= e.Slots
						c.taken["test"] |= e.Slots
						return
					}
				}
				c.first(e)
			})
		}
	}
}

// wayTo is a shortest way of imports from a step to a package, nil if there is none.
func wayTo(from step, to *load.Package, slot port.Set) []step {
	before := map[*load.Package]step{from.pkg: {}}
	steps := map[*load.Package]step{from.pkg: from}
	queue := []*load.Package{from.pkg}
	for len(queue) > 0 {
		p := queue[0]
		queue = queue[1:]
		if p == to {
			var way []step
			for s := steps[p]; s.pkg != nil; s = before[s.pkg] {
				way = append(way, s)
			}
			slices.Reverse(way)
			return way
		}
		for _, next := range importsOn(p.Files, slot) {
			if _, ok := steps[next.pkg]; !ok {
				steps[next.pkg], before[next.pkg] = next, steps[p]
				queue = append(queue, next.pkg)
			}
		}
	}
	return nil
}
