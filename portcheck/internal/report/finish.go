package report

import (
	"slices"

	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/wire"
)

// Totals are counted for the last line.
type Totals struct{ Errors, Packages int }

// Finish writes the failing packages with their chains of imports, and the verdict of every slot. refused are slots
// with the reason why the go command builds no program there.
func (r *Reporter) Finish(refused map[int]string) Totals {
	totals := Totals{Errors: len(r.errors)}
	chains := r.chains()
	failing := make(map[string]map[string]port.Set)
	for k, slots := range r.errors {
		if slots == 0 {
			totals.Errors--
			continue
		}
		if failing[k.pkg] == nil {
			failing[k.pkg] = make(map[string]port.Set)
		}
		failing[k.pkg][k.variant] |= slots
	}
	paths := make([]string, 0, len(failing))
	for path := range failing {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	modules := r.modules()
	totals.Packages = len(paths)
	var wrong port.Set
	for _, path := range paths {
		for _, variant := range []string{"", "test", "xtest"} {
			if slots := failing[path][variant]; slots != 0 {
				wrong |= slots
				m := modules[path]
				r.Out.Package(wire.Package{Package: path, Variant: variant, Module: m.path, Version: m.version,
					Main: m.main, Slots: slots, Chain: chains[path]})
			}
		}
	}
	r.slots(wrong, refused)
	return totals
}

func (r *Reporter) slots(wrong port.Set, refused map[int]string) {
	for i := range r.World.Ports.Slots {
		result := wire.SlotResult{Slot: i, Status: wire.Pass}
		for _, u := range r.Units {
			if u.Variant != "" || !u.Need.Has(i) {
				continue
			}
			result.Packages++
			if r.byUnit[u].blocked.Has(i) {
				result.Blocked++
			}
		}
		switch {
		case wrong.Has(i):
			result.Status = wire.Fail
		case refused[i] != "":
			result.Status, result.Reason = wire.Refused, refused[i]
		case result.Packages == 0:
			result.Status = wire.Empty
		}
		r.Out.Slot(result)
	}
}

// chains finds for each package a shortest way of imports from a root, by its path.
func (r *Reporter) chains() map[string][]string {
	from := make(map[*load.Package]*load.Package)
	seen := make(map[*load.Package]bool)
	var queue []*load.Package
	for _, p := range r.World.Packages() {
		if p.Root {
			seen[p] = true
			queue = append(queue, p)
		}
	}
	visit := func(files []*load.File, p *load.Package) {
		for _, f := range files {
			for i := range f.Imports {
				if t := f.Imports[i].Target; t != nil && !seen[t] {
					seen[t] = true
					from[t] = p
					queue = append(queue, t)
				}
			}
		}
	}
	walk := func() {
		for len(queue) > 0 {
			p := queue[0]
			queue = queue[1:]
			for _, e := range p.Edges() {
				if t := e.Target; t != nil && !seen[t] {
					seen[t] = true
					from[t] = p
					queue = append(queue, t)
				}
			}
		}
	}
	walk()
	// What only tests import comes after what is built.
	for _, p := range r.World.Packages() {
		if p.Root {
			visit(p.Tests, p)
			visit(p.XTests, p)
		}
	}
	walk()
	out := make(map[string][]string)
	for _, p := range r.World.Packages() {
		if !seen[p] || p.Std {
			continue
		}
		var chain []string
		for q := p; q != nil; q = from[q] {
			chain = append(chain, q.Path)
		}
		slices.Reverse(chain)
		out[p.Path] = chain
	}
	return out
}

// Uncertain names packages that use C: what C declares has no type here.
func (r *Reporter) Uncertain() {
	for _, u := range r.Units {
		slots := u.Package.CgoSlots & u.Need
		if slots != 0 && u.Variant == "" {
			r.Out.Uncertain(u.Package.Path, "it uses cgo: what C declares is taken as right", slots)
		}
	}
}
