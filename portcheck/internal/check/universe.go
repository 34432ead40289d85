// Package check runs the type checker: one universe of APIs for a slot, and in it the bodies that were planned for it.
package check

import (
	"go/types"
	"slices"

	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/names"
	"github.com/gopreflight/gopreflight/portcheck/internal/plan"
)

// universe holds the APIs that the bodies of one slot need: the declarations that they can reach there, and no others.
// Within it every package has exactly one types.Package, because go/types compares named types by identity.
type universe struct {
	world  *load.World
	slot   int // whose files
	narrow bool
	// augmented: what test files of the package declare is there too, for external tests.
	augmented bool
	sizes     types.Sizes
	// wanted are the declarations by package.
	wanted map[*load.Package]*api
	marked map[*load.Entry]bool
	kept   map[*load.Decl]bool
	order  []*api
	// Errors counts what the checker said of APIs. They are ignored, as whoever declares it gets its own check.
	errors int
}

// api is the part of one package that a universe needs.
type api struct {
	pkg   *load.Package
	decls map[*load.File][]*load.Decl
	// uses are the packages whose names occur in it.
	uses  map[*load.Package]bool
	types *types.Package
	state uint8 // 1 while it is being checked, 2 when done
}

func newUniverse(w *load.World, at place, base int) *universe {
	slot := at.slot
	u := &universe{world: w, slot: slot, augmented: at.augmented, wanted: make(map[*load.Package]*api), marked: make(map[*load.Entry]bool),
		kept: make(map[*load.Decl]bool)}
	if slot == len(w.Ports.Slots) {
		u.slot, u.narrow = base, true
	} else {
		u.narrow = w.Ports.Narrow().Has(slot)
	}
	if u.narrow {
		u.sizes = types.SizesFor("gc", "386")
	} else {
		u.sizes = types.SizesFor("gc", "amd64")
	}
	return u
}

// place is where a universe stands.
type place struct {
	slot      int
	augmented bool
}

func placeOf(c *plan.Class) place { return place{c.Slot, c.Unit.Augmented()} }

// files are the files that make up an API.
func (u *universe) files(p *load.Package) []*load.File {
	if !u.augmented || len(p.Tests) == 0 {
		return p.Files
	}
	return append(slices.Clone(p.Files), p.Tests...)
}

func (u *universe) api(p *load.Package) *api {
	a := u.wanted[p]
	if a == nil {
		a = &api{pkg: p, decls: make(map[*load.File][]*load.Decl), uses: make(map[*load.Package]bool)}
		u.wanted[p] = a
		u.order = append(u.order, a)
	}
	return a
}

// demand adds a name of a package, with all that it reaches on this slot.
func (u *universe) demand(entries []*load.Entry) {
	queue := append([]*load.Entry(nil), entries...)
	for len(queue) > 0 {
		e := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if u.marked[e] {
			continue
		}
		u.marked[e] = true
		a := u.api(e.Scope.Package)
		keep := func(d *load.Decl) {
			if !d.Kept || !d.File.Slots.Has(u.slot) || u.kept[d] || d.File.Test && !u.augmented {
				return
			}
			u.kept[d] = true
			a.decls[d.File] = append(a.decls[d.File], d)
			for _, n := range d.API.Own {
				if o := e.Scope.Entries[n]; o != nil && !u.marked[o] {
					queue = append(queue, o)
				}
			}
			for _, x := range d.API.Ext {
				if !u.marked[x] {
					queue = append(queue, x)
				}
			}
			for _, i := range d.API.Used {
				if t := d.File.Imports[i].Target; t != nil {
					a.uses[t] = true
					u.api(t)
				}
			}
		}
		for _, d := range e.Decls {
			keep(d)
		}
		for _, m := range e.Methods {
			keep(m)
		}
		if len(e.Decls) == 0 {
			queue = append(queue, e.Scope.Like(u.world.Names, e.Name)...)
		}
	}
}

// demandFor adds what a class's declarations need, and returns for a class that is not checked whole the declarations
// of its own unit that have to be there too.
func (u *universe) demandFor(c *plan.Class, whole bool) map[*load.Decl]bool {
	scope := c.Unit.Scope
	if whole {
		for _, f := range scope.Files {
			if !f.Slots.Has(u.slot) {
				continue
			}
			for _, d := range f.Decls {
				u.demand(d.API.Ext)
				u.demand(d.Own.Ext)
				u.demand(d.Inner.Ext)
			}
			u.demandDots(f)
		}
		return nil
	}
	present := make(map[*load.Decl]bool)
	seen := make(map[names.ID]bool)
	var queue []names.ID
	follow := func(links *load.Links) {
		u.demand(links.Ext)
		for _, n := range links.Own {
			if !seen[n] {
				seen[n] = true
				queue = append(queue, n)
			}
		}
	}
	declared := func(d *load.Decl) {
		for _, n := range d.Names {
			if d.Recv != 0 {
				n = d.Recv
			}
			if !seen[n] {
				seen[n] = true
				queue = append(queue, n)
			}
		}
	}
	for _, d := range c.Check {
		present[d] = true
		follow(&d.Own)
		follow(&d.Inner)
		declared(d)
		u.demandDots(d.File)
	}
	for len(queue) > 0 {
		n := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		e := scope.Entries[n]
		if e == nil {
			continue
		}
		for _, list := range [][]*load.Decl{e.Decls, e.Methods} {
			for _, d := range list {
				if d.File.Slots.Has(u.slot) && !present[d] {
					present[d] = true
					follow(&d.Own)
					// The whole text of what is no function is in the file that gets checked.
					if d.Body == 0 {
						follow(&d.Inner)
					}
					declared(d)
				}
			}
		}
	}
	return present
}

func (u *universe) demandDots(f *load.File) {
	for i := range f.Imports {
		if t := f.Imports[i].Target; f.Imports[i].Name == "." && t != nil {
			u.api(t)
			for _, file := range t.Files {
				if !file.Slots.Has(u.slot) {
					continue
				}
				for _, d := range file.Decls {
					if d.Kept {
						for _, n := range d.Names {
							if d.Recv == 0 {
								u.demand([]*load.Entry{t.Scope.Entry(n)})
							}
						}
					}
				}
			}
		}
	}
}
