package run

import (
	"fmt"
	"os"
	"strings"

	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/plan"
)

// why prints, for those who work on portcheck, by what a unit differs from slot to slot: a chain of names down to a
// declaration whose own text differs. PORTCHECK_WHY is the package's path.
func why(units []*plan.Unit, w *load.World) {
	for _, u := range units {
		if u.Package.Path != os.Getenv("PORTCHECK_WHY") || u.Variant != "" {
			continue
		}
		leaves := make(map[string]int)
		for _, f := range u.Scope.Files {
			for _, d := range f.Decls {
				seen := make(map[*load.Node]bool)
				var path []string
				var visit func(n *load.Node) bool
				visit = func(n *load.Node) bool {
					if seen[n] || n.Value.By == nil {
						return false
					}
					seen[n] = true
					path = append(path, n.Entry.Scope.Package.Path+"."+w.Names.Text(n.Entry.Name))
					deeper := false
					for _, list := range [][]*load.Decl{n.Entry.Decls, n.Entry.Methods} {
						for _, d := range list {
							if !n.Raw && !d.Kept {
								continue
							}
							links := &d.API
							if n.Raw {
								links = &d.Own
							}
							for _, name := range links.Own {
								if e := n.Entry.Scope.Entries[name]; e != nil && distinct(e.Nodes[b(n.Raw)].Value) >= distinct(n.Value)/2 {
									deeper = visit(&e.Nodes[b(n.Raw)]) || deeper
								}
							}
							for _, e := range links.Ext {
								if distinct(e.Nodes[0].Value) >= distinct(n.Value)/2 {
									deeper = visit(&e.Nodes[0]) || deeper
								}
							}
						}
					}
					if !deeper {
						leaves[path[len(path)-1]+fmt.Sprint(" ", distinct(n.Value), " via ", strings.Join(path[:min(4, len(path)-1)], " > "))]++
					}
					path = path[:len(path)-1]
					return true
				}
				for _, links := range []*load.Links{&d.Own, &d.Inner} {
					for _, name := range links.Own {
						if e := u.Scope.Entries[name]; e != nil {
							visit(&e.Nodes[1])
						}
					}
					for _, e := range links.Ext {
						visit(&e.Nodes[0])
					}
				}
			}
		}
		for leaf, n := range leaves {
			fmt.Fprintf(os.Stderr, "why %6d %s\n", n, leaf)
		}
	}
}

func b(raw bool) int {
	if raw {
		return 1
	}
	return 0
}

func distinct(v load.Value) int {
	seen := make(map[uint64]bool)
	for _, x := range v.By {
		seen[x] = true
	}
	return len(seen)
}
