// Package demand finds the declarations that the checked bodies may need of other packages, on whatever slot: the
// closure over what is referred to by name. Packages of the standard library are read when it reaches them.
package demand

import (
	"go/token"

	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/names"
	"github.com/gopreflight/gopreflight/portcheck/internal/scan"
)

type walk struct {
	world *load.World
	queue []*load.Entry
	// late are entries of packages that are not read yet.
	late   []*load.Entry
	unread []*load.Package
	asked  map[*load.Package]bool
	// used are the names, in lower case, by which a method may be called or asked for.
	used   map[names.ID]bool
	parked map[names.ID][]*load.Decl
	// The same for names that are not exported: only interfaces of their own package can ask for such a method.
	inner       map[inner]bool
	innerParked map[inner][]*load.Decl
}

type inner struct {
	pkg  *load.Package
	name names.ID
}

// Run marks what is needed: Entry.Wanted and Decl.Kept.
//
// A method is kept only when its name occurs in a checked body, or in an interface, variable or constant that is kept:
// else nothing can call it, and no interface can ask for it; one that is not exported, when its name occurs in an
// interface, variable or constant of its own package. Names are compared in lower case, because the type
// checker's "but have" hints are.
func Run(world *load.World, scopes []*load.Scope) {
	w := &walk{world: world, asked: make(map[*load.Package]bool), used: make(map[names.ID]bool),
		parked: make(map[names.ID][]*load.Decl), inner: make(map[inner]bool), innerParked: make(map[inner][]*load.Decl)}
	// The one method of the universe: no declaration shows its name.
	w.used[world.Names.Of("error")] = true
	for _, scope := range scopes {
		for _, f := range scope.Files {
			for _, word := range f.Words {
				w.used[word] = true
			}
		}
	}
	for _, scope := range scopes {
		for _, f := range scope.Files {
			f.Words = nil
			for _, d := range f.Decls {
				for _, links := range []*load.Links{&d.Own, &d.API, &d.Inner} {
					for _, e := range links.Ext {
						w.want(e)
					}
				}
			}
			for i := range f.Imports {
				if f.Imports[i].Name == "." && f.Imports[i].Target != nil {
					w.ask(f.Imports[i].Target)
				}
			}
		}
	}
	for {
		for len(w.queue) > 0 {
			e := w.queue[len(w.queue)-1]
			w.queue = w.queue[:len(w.queue)-1]
			w.follow(e)
		}
		if len(w.unread) == 0 {
			return
		}
		batch, late := w.unread, w.late
		w.unread, w.late = nil, nil
		world.Demand(batch)
		w.queue = append(w.queue, late...)
	}
}

func (w *walk) want(e *load.Entry) {
	if e.Wanted {
		return
	}
	e.Wanted = true
	if p := e.Scope.Package; !p.Linked() {
		w.ask(p)
		w.late = append(w.late, e)
		return
	}
	w.queue = append(w.queue, e)
}

func (w *walk) ask(p *load.Package) {
	if !p.Linked() && !w.asked[p] {
		w.asked[p] = true
		w.unread = append(w.unread, p)
	}
}

func (w *walk) follow(e *load.Entry) {
	if len(e.Decls) == 0 {
		for _, like := range e.Scope.Like(w.world.Names, e.Name) {
			w.want(like)
		}
	}
	for _, d := range e.Decls {
		w.keep(d)
	}
	for _, m := range e.Methods {
		if !token.IsExported(w.world.Names.Text(m.Names[0])) {
			if key := (inner{e.Scope.Package, m.Names[0]}); w.inner[key] {
				w.keep(m)
			} else {
				w.innerParked[key] = append(w.innerParked[key], m)
			}
			continue
		}
		fold := w.world.Names.Fold(m.Names[0])
		if w.used[fold] {
			w.keep(m)
		} else {
			w.parked[fold] = append(w.parked[fold], m)
		}
	}
}

func (w *walk) keep(d *load.Decl) {
	if d.Kept {
		return
	}
	d.Kept = true
	scope := d.File.Package.Scope
	for _, n := range d.API.Own {
		w.want(scope.Entry(n))
	}
	for _, e := range d.API.Ext {
		w.want(e)
	}
	if d.Interface || d.Kind == scan.Const || d.Kind == scan.Var {
		for _, n := range d.Refs.Names {
			w.use(d.File.Package, n)
		}
		for _, p := range d.Refs.Pairs {
			w.use(d.File.Package, p.Sel)
		}
	}
}

func (w *walk) use(p *load.Package, n names.ID) {
	if key := (inner{p, n}); !w.inner[key] {
		w.inner[key] = true
		parked := w.innerParked[key]
		delete(w.innerParked, key)
		for _, m := range parked {
			w.keep(m)
		}
	}
	fold := w.world.Names.Fold(n)
	if w.used[fold] {
		return
	}
	w.used[fold] = true
	parked := w.parked[fold]
	delete(w.parked, fold)
	for _, m := range parked {
		w.keep(m)
	}
}
