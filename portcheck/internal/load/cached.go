package load

import (
	"go/token"
	"slices"
	"strings"

	"github.com/gopreflight/gopreflight/portcheck/internal/hash"
	"github.com/gopreflight/gopreflight/portcheck/internal/names"
	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/scan"
	"github.com/gopreflight/gopreflight/portcheck/internal/store"
)

// Edge is a package that another one imports, on the slots of the importing files.
type Edge struct {
	Target *Package
	Slots  port.Set
	// Failed is the path of an import that leads nowhere.
	Failed string
}

// Edges returns the imports of a package outside of its tests.
func (p *Package) Edges() []Edge {
	if p.edges != nil {
		return p.edges
	}
	return edgesOf(p.Files)
}

// Edges returns the imports of a scope's files.
func (s *Scope) Edges() []Edge { return edgesOf(s.Files) }

func edgesOf(files []*File) []Edge {
	var out []Edge
	for _, f := range files {
		for i := range f.Imports {
			im := &f.Imports[i]
			switch {
			case im.Failure != nil:
				out = append(out, Edge{Slots: f.Slots, Failed: im.Path})
			case im.Target != nil:
				out = append(out, Edge{Target: im.Target, Slots: f.Slots})
			}
		}
	}
	return out
}

// fixed reports whether a package never changes: it is in a module of the module cache.
func (p *Package) fixed() bool {
	m := p.Module
	return m != nil && !m.Main && m.Version != "" && strings.HasPrefix(p.Dir, m.Dir) &&
		strings.Contains(m.Dir, "@"+m.Version)
}

func (w *World) infoKey(p *Package) uint64 {
	m := p.Module
	if m == nil {
		return hash.Mix(hash.String(p.Path), 13)
	}
	return hash.Mix(hash.Mix(hash.String(m.Path), hash.String(m.Dir)), hash.Mix(hash.String(p.Path), hash.String(m.Go)))
}

// recall takes what a package is from the store, without reading it.
func (w *World) recall(p *Package) bool {
	if !w.Store.On() || !p.Std && !p.fixed() {
		return false
	}
	info := w.Store.Info(w.infoKey(p))
	if info == nil || p.Std && info.Slots != w.Ports.All() {
		// A standard package that is missing somewhere is read: its files tell why.
		return false
	}
	p.Name, p.Slots, p.loaded, p.recalled, p.Body = info.Name, info.Slots, true, true, false
	p.edges = make([]Edge, 0, len(info.Imports))
	for _, i := range info.Imports {
		switch i.Path {
		case "C":
			p.CgoSlots = i.Slots
			continue
		case "unsafe":
			continue
		}
		place, failure := w.Resolver.Import(false, p.Module, i.Path)
		if failure != nil {
			p.edges = append(p.edges, Edge{Slots: i.Slots, Failed: i.Path})
			continue
		}
		p.edges = append(p.edges, Edge{Target: w.get(place), Slots: i.Slots})
	}
	return true
}

// Remember puts what packages are into the store: those of the standard library, and those at a fixed version in the
// module cache.
func (w *World) Remember() {
	if !w.Store.On() {
		return
	}
	for _, p := range w.Packages() {
		if p.recalled || !p.loaded || p.ReadErr != nil || !p.Std && (!p.Body || !p.fixed()) {
			continue
		}
		if p.Std {
			w.Store.PutInfo(w.infoKey(p), &store.Info{Name: p.Name, Slots: p.Slots, HasGo: p.Listing.HasGoFiles})
			continue
		}
		info := &store.Info{Name: p.Name, Slots: p.Slots, HasGo: p.Listing.HasGoFiles}
		imports := make(map[string]port.Set)
		for _, f := range p.Files {
			for i := range f.Imports {
				imports[f.Imports[i].Path] |= f.Slots
			}
		}
		for path, slots := range imports {
			info.Imports = append(info.Imports, store.Import{Path: path, Slots: slots})
		}
		slices.SortFunc(info.Imports, func(a, b store.Import) int { return strings.Compare(a.Path, b.Path) })
		w.Store.PutInfo(w.infoKey(p), info)
	}
}

// Recalled reports whether the package was not read, because the store knows what it is.
func (p *Package) Recalled() bool { return p.recalled }

// shown reports whether a declaration can matter to other packages. A function that is not exported does only where a
// variable or constant takes its type from it.
func shown(w *World, p *Package, d *Decl) bool {
	if d.Kind != scan.Func || len(d.Names) == 0 || token.IsExported(w.Names.Text(d.Names[0])) {
		return true
	}
	if p.typed == nil {
		p.typed = make(map[names.ID]bool)
		for _, f := range append(slices.Clone(p.Files), p.Tests...) {
			for _, d := range f.Decls {
				if d.Kind == scan.Var || d.Kind == scan.Const {
					for _, n := range d.API.Own {
						p.typed[n] = true
					}
				}
			}
		}
	}
	return p.typed[d.Names[0]]
}

// Fingerprint is a number of everything that a package shows to those who import it, its own imports included.
func (w *World) Fingerprint(p *Package) uint64 {
	if p.print != 0 {
		return p.print
	}
	// A circle of imports ends here; it is an error, which is no less one for being remembered.
	p.print = 1
	h := hash.String(p.Path)
	switch {
	case p.Std:
		p.print = h
		return h
	case p.fixed():
		h = hash.Mix(h, w.infoKey(p))
	default:
		h = hash.Mix(h, hash.String(p.Module.Go))
		for _, f := range append(slices.Clone(p.Files), p.Tests...) {
			h = hash.Mix(h, hash.Mix(hash.String(f.Name+"\x00"+f.Scan.Package), uint64(f.Slots)))
			for i := range f.Imports {
				h = hash.Mix(h, hash.String(f.Imports[i].Name+"\x00"+f.Imports[i].Path))
			}
			for _, d := range f.Decls {
				if shown(w, p, d) {
					h += hash.Mix(d.Hash, 11)
				}
			}
		}
	}
	p.print = w.mixEdges(h, p.Edges())
	return p.print
}

// mixEdges adds imports, each with all slots on which some file has it: in that form they are remembered.
func (w *World) mixEdges(h uint64, edges []Edge) uint64 {
	type to struct {
		target *Package
		failed string
	}
	slots := make(map[to]port.Set)
	for _, e := range edges {
		slots[to{e.Target, e.Failed}] |= e.Slots
	}
	var sum uint64
	for e, set := range slots {
		n := hash.String(e.failed)
		if e.target != nil {
			n = w.Fingerprint(e.target)
			if !e.target.Std {
				n = hash.Mix(n, uint64(e.target.Slots))
			}
		}
		sum += hash.Mix(n, uint64(set))
	}
	return hash.Mix(h, sum)
}

// UnitKey is a number of everything that decides what the check of some files of a package finds.
func (w *World) UnitKey(p *Package, variant string, scope *Scope) uint64 {
	h := hash.Mix(hash.String(p.Path), hash.String(variant))
	if p.fixed() {
		return hash.Mix(h, w.Fingerprint(p))
	}
	h = hash.Mix(h, hash.Mix(hash.String(p.Module.Go), uint64(p.Asm)))
	for _, f := range scope.Files {
		h = hash.Mix(h, hash.Mix(f.Hash, uint64(f.Slots)))
	}
	h = w.mixEdges(h, scope.Edges())
	if variant == "xtest" {
		h = hash.Mix(h, w.Fingerprint(p))
	}
	return h
}
