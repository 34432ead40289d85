package plan

import (
	"github.com/gopreflight/gopreflight/portcheck/internal/hash"
	"github.com/gopreflight/gopreflight/portcheck/internal/load"
)

// rightKey names the unit in the store, whatever its content; what is right also depends on the language version.
func (u *Unit) rightKey() uint64 {
	return hash.Mix(hash.String(u.Package.Dir), hash.String(u.Package.Path+" "+u.Variant+" "+u.Package.Module.Go))
}

// Recall takes from the store which declarations an earlier run found right.
//
// plain is, for a package with its own tests, the unit without them, else nil: what is checked there need not be checked
// again where it means the same. Should it be wrong on a slot, the variant is never compiled on that slot.
func (u *Unit) Recall(w *load.World, plain *Unit) {
	u.right = w.Store.Right(u.rightKey())
	if plain == nil {
		return
	}
	if u.right == nil {
		u.right = make(map[uint64]bool, len(plain.values))
	}
	for i, d := range plain.decls {
		v := plain.values[i]
		if v.By == nil {
			u.right[v.All] = true
			continue
		}
		for slot, n := range v.By {
			if slot == len(v.By)-1 || (d.File.Slots & plain.Need).Has(slot) {
				u.right[n] = true
			}
		}
	}
}

// Remember puts into the store which declarations are right; none if the unit has errors anywhere.
func (u *Unit) Remember(w *load.World, clean bool, n, base int) {
	if !w.Store.On() {
		return
	}
	right := make(map[uint64]bool)
	if clean && !u.SizeMatters {
		for i, d := range u.decls {
			for _, c := range u.Classes {
				if on(d.File.Slots, c.Slot, n, base) {
					right[u.values[i].At(c.Slot)] = true
				}
			}
		}
	}
	w.Store.PutRight(u.rightKey(), right)
}
