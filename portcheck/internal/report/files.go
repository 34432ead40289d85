package report

import (
	"slices"
	"strings"

	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/srcdir"
	"github.com/gopreflight/gopreflight/portcheck/internal/wire"
)

// Ignored names the Go files of the main modules that belong to no slot, with the constraint that excludes them.
func (r *Reporter) Ignored() {
	for _, p := range r.World.Packages() {
		if !p.Main() || p.Listing == nil {
			continue
		}
		for i := range p.Listing.Files {
			f := &p.Listing.Files[i]
			if (f.Kind == srcdir.Go || f.Kind == srcdir.GoTest) && f.Slots == 0 && f.HeaderErr == nil {
				r.Out.Ignored(p.Path, f.Path, f.Constraint)
			}
		}
	}
}

// Files writes the files of every package that was read, and where its imports are.
func (r *Reporter) Files() {
	for _, p := range r.World.Packages() {
		if p.Listing == nil {
			continue
		}
		out := wire.Files{Package: p.Path, Dir: p.Dir, Std: p.Std, Main: p.Main(), Name: p.PackageName(), Slots: p.Slots}
		if p.Module != nil {
			out.Module = p.Module.Path
		}
		cgo := make(map[string]*load.File)
		imports := make(map[string]port.Set)
		for _, files := range [][]*load.File{p.Files, p.Tests, p.XTests} {
			for _, f := range files {
				cgo[f.Name] = f
				if f.Test {
					continue
				}
				for i := range f.Imports {
					path := f.Imports[i].Path
					if t := f.Imports[i].Target; t != nil {
						path = t.Path
					}
					imports[path] |= f.Slots
				}
			}
		}
		for i := range p.Listing.Files {
			f := &p.Listing.Files[i]
			entry := wire.FileEntry{Name: f.Name, Slots: f.Slots, Test: f.Kind == srcdir.GoTest, Constraint: f.Constraint}
			if read := cgo[f.Name]; read != nil {
				entry.Slots, entry.Cgo = read.Slots, read.Cgo
			}
			out.Files = append(out.Files, entry)
		}
		for path, slots := range imports {
			out.Imports = append(out.Imports, wire.ImportEntry{Path: path, Slots: slots})
		}
		slices.SortFunc(out.Imports, func(a, b wire.ImportEntry) int { return strings.Compare(a.Path, b.Path) })
		r.Out.Files(out)
	}
}
