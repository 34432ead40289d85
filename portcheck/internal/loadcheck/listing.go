package loadcheck

import (
	"slices"
	"strings"

	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/srcdir"
)

// collisions finds names of files that the go command refuses.
func (c *checker) collisions(slots port.Set) {
	seen := make(map[string]string)
	for i := range c.pkg.Listing.Files {
		name := c.pkg.Listing.Files[i].Name
		fold := strings.ToLower(name)
		if other := seen[fold]; other != "" {
			c.first(Error{Message: "case-insensitive file name collision: " + quote(min(name, other)) + " and " + quote(max(name, other)), Slots: slots})
		}
		seen[fold] = name
	}
	for i := range c.pkg.Listing.Files {
		if name := c.pkg.Listing.Files[i].Name; !safeArgument(name) {
			c.first(Error{Message: "invalid input file name " + quote(name), Slots: slots})
		}
	}
}

// safeArgument reports whether a file name cannot be taken for a flag (SafeArg).
func safeArgument(name string) bool {
	c := name[0]
	return '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || c == '.' || c == '_' || c == '/' || c >= 0x80
}

// languages are those whose files go builds only along with cgo. Without cgo it looks away, but for Fortran.
var languages = []struct {
	name   string
	ends   []string
	always bool
}{
	{"C", []string{".c"}, false}, {"C++", []string{".cc", ".cpp", ".cxx"}, false}, {"Objective-C", []string{".m"}, false},
	{"Fortran", []string{".f", ".F", ".for", ".f90"}, true},
}

// cFiles finds files of other languages in a package that does not use cgo on that slot.
func (c *checker) cFiles(slots port.Set) {
	cgo, files := c.cgo(), c.pkg.Listing.Files
	for _, f := range c.pkg.Files {
		if f.Cgo {
			slots &^= f.Slots
		}
	}
	for i := range files {
		if name := files[i].Name; strings.HasSuffix(name, ".swig") || strings.HasSuffix(name, ".swigcxx") {
			slots &^= files[i].Slots & cgo
		}
	}
	for _, language := range languages {
		on := slots
		if !language.always {
			on &= cgo
		}
		lists := make(map[string]port.Set)
		on.Each(func(slot int) {
			var names []string
			for i := range files {
				f := &files[i]
				if f.Kind == srcdir.CFamily && f.Slots.Has(slot) && slices.Contains(language.ends, f.Name[strings.LastIndexByte(f.Name, '.'):]) {
					names = append(names, f.Name)
				}
			}
			if names != nil {
				lists[strings.Join(names, " ")] |= port.One(slot)
			}
		})
		for list, on := range lists {
			c.first(Error{Message: language.name + " source files not allowed when not using cgo or SWIG: " + list, Slots: on})
		}
	}
}

func (c *checker) cgo() (set port.Set) {
	for i, slot := range c.world.Ports.Slots {
		if slot.Cgo {
			set |= port.One(i)
		}
	}
	return set
}
