package report

import (
	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/plan"
)

func (r *Reporter) loadErrors() {
	for _, l := range r.Loads {
		if l.Link {
			continue
		}
		if r.byPkg[l.Package] == nil && l.Variant == "" {
			// None of its files can be compiled; what imports it is not either.
			r.byPkg[l.Package] = &status{}
		}
		if s := r.byPkg[l.Package]; s != nil && s.unit == nil {
			s.failed |= l.Slots
		}
		for _, u := range r.Units {
			if u.Package == l.Package && (u.Variant == l.Variant || l.Variant == "") {
				s := r.byUnit[u]
				s.load |= l.Slots & u.Need
				s.failed |= l.Slots & u.Need
			}
		}
	}
}

// edges are the imports of a unit.
func edges(u *plan.Unit) []load.Edge {
	if u.Variant == "" {
		return u.Package.Edges()
	}
	return u.Scope.Edges()
}

// block finds the slots on which a unit is never compiled, because a package that it imports is not.
func (r *Reporter) block() {
	for again := true; again; {
		again = false
		for _, u := range r.Units {
			s := r.byUnit[u]
			blocked := s.blocked
			for _, e := range edges(u) {
				if d := r.byPkg[e.Target]; d != nil && e.Target != u.Package {
					blocked |= e.Slots & u.Need & (d.failed | d.blocked)
				}
			}
			if u.Variant != "" {
				// Its own package, and for external tests the variant with the package's own test files, come first.
				if d := r.byPkg[u.Package]; d != nil && u.Variant == "test" {
					// The variant holds the package's files itself: their type errors do not keep it from being compiled.
					blocked |= u.Need & (d.load | d.blocked)
				} else if d != nil {
					blocked |= u.Need & (d.failed | d.blocked)
				}
				if u.Variant == "xtest" {
					for _, other := range r.Units {
						if other.Package == u.Package && other.Variant == "test" {
							d := r.byUnit[other]
							blocked |= u.Need & (d.failed | d.blocked)
						}
					}
				}
			}
			if blocked != s.blocked {
				s.blocked = blocked
				again = true
			}
		}
	}
}
