package loadcheck

import (
	"strings"

	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/port"
)

// pathCollisions finds packages whose paths differ by case alone. The error belongs to the one that the go command meets
// second, going through the roots and their imports by path, and points at the import that led to it.
func pathCollisions(w *load.World) []Error {
	if !anyCollision(w) {
		return nil
	}
	var out []Error
	index := make(map[*load.Package]int)
	for slot := range w.Ports.Slots {
		first := make(map[string]*load.Package)
		seen := make(map[*load.Package]bool)
		var visit func(s step)
		visit = func(s step) {
			if seen[s.pkg] {
				return
			}
			seen[s.pkg] = true
			fold := strings.ToLower(s.pkg.Path)
			if other := first[fold]; other != nil {
				if i, ok := index[s.pkg]; ok {
					out[i].Slots |= port.One(slot)
					return
				}
				e := Error{Package: s.pkg, Slots: port.One(slot), Message: "case-insensitive import collision: " + quote(s.pkg.Path) + " and " + quote(other.Path)}
				if s.file != nil {
					e.File = s.file.Path
					e.Line, e.Column = importPosition(s.file, s.at)
				}
				index[s.pkg] = len(out)
				out = append(out, e)
				return
			}
			first[fold] = s.pkg
			for _, next := range importsOn(s.pkg.Files, port.One(slot)) {
				visit(next)
			}
		}
		for _, p := range sortedRoots(w) {
			if p.Need.Has(slot) {
				visit(step{pkg: p})
			}
		}
	}
	return out
}

func anyCollision(w *load.World) bool {
	seen := make(map[string]bool)
	for _, p := range w.Packages() {
		fold := strings.ToLower(p.Path)
		if seen[fold] {
			return true
		}
		seen[fold] = true
	}
	return false
}
