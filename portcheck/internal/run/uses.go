package run

import (
	"go/parser"
	"go/token"
	"slices"

	"github.com/gopreflight/gopreflight/portcheck/internal/calls"
	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/wire"
)

// reportUses writes where the main modules use watched names, outside of tests, and which of their programs hold it.
func reportUses(w *load.World, watch calls.Watch, out *wire.Writer) {
	if len(watch) == 0 {
		return
	}
	found := make(map[*load.Package][]wire.Use)
	for _, p := range w.Packages() {
		if !p.Main() {
			continue
		}
		for _, f := range p.Files {
			if slots := f.Slots & p.Need; slots != 0 && watched(f, watch) {
				found[p] = append(found[p], usesIn(f, watch, slots)...)
			}
		}
	}
	if len(found) == 0 {
		return
	}
	programs := programsOf(w, found)
	for _, p := range w.Packages() {
		for _, u := range found[p] {
			for _, r := range programs[p] {
				if r.slots&u.Slots != 0 {
					u.Programs = append(u.Programs, r.path)
				}
			}
			out.Use(u)
		}
	}
}

func watched(f *load.File, watch calls.Watch) bool {
	return slices.ContainsFunc(f.Imports, func(i load.Import) bool { return watch[i.Path] != nil })
}

func usesIn(f *load.File, watch calls.Watch, slots port.Set) (out []wire.Use) {
	fset := token.NewFileSet()
	// A file with syntax errors is reported for them; what could be parsed is looked at all the same.
	file, _ := parser.ParseFile(fset, f.Path, f.Source, parser.SkipObjectResolution)
	if file == nil {
		return nil
	}
	names := make(map[string]string)
	for _, i := range f.Imports {
		if i.Target != nil {
			names[i.Path] = i.Target.PackageName()
		}
	}
	for _, u := range calls.In(file, watch, func(path string) string { return names[path] }) {
		// Without //line: the place in the file that is there.
		at := fset.PositionFor(u.Pos, false)
		out = append(out, wire.Use{Package: f.Package.Path, File: f.Path, Line: at.Line, Column: at.Column,
			Symbol: u.Symbol, Slots: slots})
	}
	return out
}

// program is a main package and the slots on which its build holds another package.
type program struct {
	path  string
	slots port.Set
}

// programsOf tells which main packages hold each of some packages, on which slots.
func programsOf(w *load.World, wanted map[*load.Package][]wire.Use) map[*load.Package][]program {
	out := make(map[*load.Package][]program)
	for _, root := range w.Packages() {
		if !root.Main() || !root.Root || root.Name != "main" {
			continue
		}
		reached := map[*load.Package]port.Set{root: root.Need}
		queue := []*load.Package{root}
		for len(queue) > 0 {
			p := queue[len(queue)-1]
			queue = queue[:len(queue)-1]
			for _, f := range p.Files {
				slots := reached[p] & f.Slots
				for i := range f.Imports {
					t := f.Imports[i].Target
					if t == nil || t.Std || slots&^reached[t] == 0 {
						continue
					}
					reached[t] |= slots
					queue = append(queue, t)
				}
			}
		}
		for p := range wanted {
			if reached[p] != 0 {
				out[p] = append(out[p], program{root.Path, reached[p]})
			}
		}
	}
	return out
}
