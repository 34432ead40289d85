// Package plan decides which bodies are checked on which slot, so that each is checked as rarely as honesty allows.
package plan

import (
	"slices"

	"github.com/gopreflight/gopreflight/portcheck/internal/hash"
	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/reach"
	"github.com/gopreflight/gopreflight/portcheck/internal/store"
)

// Unit is what the compiler is given at once: the files of a package, or those of one of its test variants.
type Unit struct {
	Package *load.Package
	Variant string      // "", "test" or "xtest"
	Scope   *load.Scope // nil where the files were not read
	Need    port.Set    // slots on which it is compiled
	// Order of the slots on which it is checked, and what for: filled by Plan.
	Classes []*Class
	// SizeMatters: it was wrong with four-byte words, so nothing carries over between word sizes.
	SizeMatters bool

	// Key is of all that decides what its check finds; Known is what an earlier run found.
	Key   uint64
	Known *store.Result

	// right are the values of declarations that an earlier run found right.
	right  map[uint64]bool
	decls  []*load.Decl
	values []load.Value
}

// Augmented reports whether the unit imports its package together with what that package's own test files declare, as
// external tests do.
func (u *Unit) Augmented() bool { return u.Variant == "xtest" && len(u.Package.Tests) > 0 }

// Class is a set of slots on which a unit means the same. One of them is checked for all.
type Class struct {
	Unit *Unit
	// Slot is the one to check on; the pseudo slot of the graph stands for the base slot with narrow words.
	Slot  int
	Slots port.Set
	// Check are the declarations that no earlier class has; nil with Whole set: everything.
	Check []*load.Decl
	Whole bool
}

// Units lists what has to be compiled: every package whose bodies are checked, on the slots where it is needed, and the
// test variants of the main modules' packages.
func Units(w *load.World) []*Unit {
	var units []*Unit
	for _, p := range w.Packages() {
		if p.Std {
			continue
		}
		if p.Recalled() {
			if need := (p.Need | p.NeedTest) & p.Slots; need != 0 {
				units = append(units, &Unit{Package: p, Need: need, Key: w.UnitKey(p, "", nil)})
			}
			continue
		}
		if !p.Body {
			continue
		}
		plain, test, xtest := p.Scopes()
		// Bodies of dependencies that only tests need are compiled by go vet and go test.
		if need := (p.Need | p.NeedTest) & p.Slots; need != 0 {
			units = append(units, &Unit{Package: p, Scope: plain, Need: need})
		}
		if !p.Root || !p.Main() {
			continue
		}
		if test != nil {
			if need := slotsOf(p.Tests) & w.Built(p); need != 0 {
				units = append(units, &Unit{Package: p, Variant: "test", Scope: test, Need: need})
			}
		}
		if xtest != nil {
			if need := slotsOf(p.XTests) & w.Built(p); need != 0 {
				units = append(units, &Unit{Package: p, Variant: "xtest", Scope: xtest, Need: need})
			}
		}
	}
	for _, u := range units {
		if u.Scope != nil {
			u.Key = w.UnitKey(u.Package, u.Variant, u.Scope)
		}
		u.Known = w.Store.Result(u.Key, u.Need)
	}
	return units
}

func slotsOf(files []*load.File) (set port.Set) {
	for _, f := range files {
		set |= f.Slots
	}
	return set
}

// Evaluate computes the values of all declarations of a unit.
func (u *Unit) Evaluate(g *reach.Graph) {
	n := 0
	for _, f := range u.Scope.Files {
		n += len(f.Decls)
	}
	u.decls = make([]*load.Decl, 0, n)
	u.values = make([]load.Value, 0, n)
	for _, f := range u.Scope.Files {
		structure := u.structure(g.World, f, g.Pseudo(), g.Base)
		for _, d := range f.Decls {
			u.decls = append(u.decls, d)
			u.values = append(u.values, withStructure(g.Full(u.Scope, d), structure))
		}
	}
}

// withStructure sets the slots apart on which an import of the file leads nowhere: what is said of a declaration there
// holds nowhere else, since the names of an import that is missing are no errors.
func withStructure(v load.Value, structure []uint64) load.Value {
	if !slices.ContainsFunc(structure, func(n uint64) bool { return n != 0 }) {
		return v
	}
	by := make([]uint64, len(structure))
	for i, n := range structure {
		if by[i] = v.At(i); n != 0 {
			by[i] = hash.Mix(by[i], n)
		}
	}
	return load.Value{By: by}
}

// Plan forms the classes. order is the order of preference of slots, the pseudo slot included as the number n; it must
// come before the base slot to be of use.
func (u *Unit) Plan(w *load.World, order []int, n, base int) {
	profiles := make([]uint64, n+1)
	index := 0
	for _, f := range u.Scope.Files {
		structure := u.structure(w, f, n, base)
		for i := range profiles {
			if on(f.Slots, i, n, base) {
				profiles[i] += hash.Mix(f.Hash, structure[i])
			}
		}
		for range f.Decls {
			v := u.values[index]
			for i := range profiles {
				if on(f.Slots, i, n, base) {
					profiles[i] += hash.Mix(v.At(i), 3)
				}
			}
			index++
		}
	}
	narrow := w.Ports.Narrow()
	byProfile := make(map[uint64]*Class)
	u.Classes = u.Classes[:0]
	for _, slot := range order {
		if slot == n && u.SizeMatters || !on(u.Need, slot, n, base) {
			continue
		}
		profile := profiles[slot]
		if u.Package.Asm != 0 && slot != n && u.Package.Asm.Has(slot) {
			profile = hash.Mix(profile, 5)
		}
		if u.SizeMatters && narrow.Has(slot) {
			profile = hash.Mix(profile, 4)
		}
		c := byProfile[profile]
		if c == nil {
			c = &Class{Unit: u, Slot: slot}
			byProfile[profile] = c
			u.Classes = append(u.Classes, c)
		}
		if slot != n {
			c.Slots |= port.One(slot)
		}
	}
	u.reduce(n, base)
}

// reduce leaves to each class what no class before it has checked.
func (u *Unit) reduce(n, base int) {
	if len(u.Classes) == 0 {
		return
	}
	u.Classes[0].Whole = len(u.right) == 0
	if u.SizeMatters {
		// A class of either word size is checked whole; there are few such units.
		for _, c := range u.Classes {
			c.Whole = true
		}
		return
	}
	for _, f := range u.Scope.Files {
		if len(f.Decls) > 0 || !slices.ContainsFunc(f.Imports, func(i load.Import) bool { return i.Name != "_" && i.Path != "C" }) {
			continue
		}
		// Nothing uses what such a file imports, and it has no declaration with which that could be looked at.
		for _, c := range u.Classes {
			c.Whole = c.Whole || on(f.Slots, c.Slot, n, base)
		}
	}
	for i, d := range u.decls {
		v := u.values[i]
		for k, c := range u.Classes {
			if c.Whole || !on(d.File.Slots, c.Slot, n, base) {
				continue
			}
			known := u.right[v.At(c.Slot)]
			for _, earlier := range u.Classes[:k] {
				if on(d.File.Slots, earlier.Slot, n, base) && v.At(earlier.Slot) == v.At(c.Slot) {
					known = true
					break
				}
			}
			if !known {
				c.Check = append(c.Check, d)
			}
		}
	}
	var around *circles
	for _, c := range u.Classes {
		if !c.Whole && len(c.Check) > 0 {
			if around == nil {
				around = newCircles(u, n, base)
			}
			around.extend(c)
		}
	}
}

// structure is what a file's imports lead to on each slot.
func (u *Unit) structure(w *load.World, f *load.File, n, base int) []uint64 {
	out := make([]uint64, n+1)
	for i := range f.Imports {
		im := &f.Imports[i]
		if im.Target == nil {
			continue
		}
		if missing := w.Ports.All() &^ im.Target.Slots; missing != 0 {
			for slot := range out {
				if on(missing, slot, n, base) {
					out[slot] += hash.Mix(uint64(i), 7)
				}
			}
		}
	}
	return out
}

func on(set port.Set, i, n, base int) bool {
	if i == n {
		i = base
	}
	return set.Has(i)
}
