package load

import (
	"slices"

	"github.com/gopreflight/gopreflight/portcheck/internal/hash"
	"github.com/gopreflight/gopreflight/portcheck/internal/names"
	"github.com/gopreflight/gopreflight/portcheck/internal/scan"
)

// link resolves the references of a package's declarations. All packages that its files import and that are no part of
// the standard library must have been read, for their names. Entries of other scopes may be made: lock says how.
func (w *World) link(p *Package) {
	declared := make(map[names.ID]bool)
	methods := make(map[names.ID]bool)
	for _, files := range [][]*File{p.Files, p.Tests, p.XTests} {
		for _, f := range files {
			for _, d := range f.Decls {
				for _, n := range d.Names {
					if d.Kind == scan.Method {
						methods[n] = p.Body
					} else {
						declared[n] = true
					}
				}
			}
		}
	}
	restoreFields(p)
	for _, files := range [][]*File{p.Files, p.Tests, p.XTests} {
		for _, f := range files {
			w.linkFile(f, declared, methods)
		}
	}
}

// restoreFields undoes the erasure of fields that a variable takes its type from: var X = global.field.
func restoreFields(p *Package) {
	selected := make(map[names.ID]bool)
	for _, f := range append(slices.Clone(p.Files), p.Tests...) {
		for _, d := range f.Decls {
			if d.Kind == scan.Var {
				for _, pair := range d.Refs.Pairs {
					selected[pair.Sel] = true
				}
			}
		}
	}
	for _, f := range append(slices.Clone(p.Files), p.Tests...) {
		for _, d := range f.Decls {
			if d.OwnRefs != nil && slices.ContainsFunc(d.Erased, func(n names.ID) bool { return selected[n] }) {
				d.Decl.API, d.Refs = d.Decl.Own, *d.OwnRefs
				d.Decl.Own, d.OwnRefs = "", nil
				d.Hash = textHash(d.Decl.API)
			}
		}
	}
}

func (w *World) linkFile(f *File, declared, methods map[names.ID]bool) {
	locals := make(map[names.ID]int, len(f.Imports))
	var dots []int
	for i := range f.Imports {
		im := &f.Imports[i]
		im.Local = w.localName(im)
		if im.Local != 0 {
			locals[im.Local] = i
		}
		if im.Name == "." {
			dots = append(dots, i)
		}
	}
	type external struct {
		target *Package
		name   names.ID
	}
	known := make(map[external]*Entry)
	entry := func(target *Package, name names.ID) *Entry {
		key := external{target, name}
		e := known[key]
		if e == nil {
			e = w.entry(target, name)
			known[key] = e
		}
		return e
	}
	resolve := func(r *scan.Refs) Links {
		var l Links
		for _, n := range r.Names {
			if declared[n] {
				l.Own = append(l.Own, n)
			}
			for _, i := range dots {
				// Any name may come through a dot import, even one that the package declares on other slots or in its
				// tests; one that the target does not declare does no harm.
				if t := f.Imports[i].Target; t != nil {
					l.Ext = append(l.Ext, entry(t, n))
					l.Used = append(l.Used, uint16(i))
				}
			}
			if i, ok := locals[n]; ok {
				l.Used = append(l.Used, uint16(i))
			}
		}
		for _, pair := range r.Pairs {
			if i, ok := locals[pair.X]; ok && pair.X != 0 {
				if t := f.Imports[i].Target; t != nil {
					l.Ext = append(l.Ext, entry(t, pair.Sel))
				}
			} else if methods[pair.Sel] {
				l.Methods = append(l.Methods, pair.Sel)
			}
		}
		l.Own, l.Ext = slices.Clip(l.Own), slices.Clip(l.Ext)
		slices.Sort(l.Used)
		l.Used = slices.Clip(slices.Compact(l.Used))
		return l
	}
	for _, d := range f.Decls {
		d.API = resolve(&d.Refs)
		d.OwnHash = d.Hash
		d.Own = d.API
		if d.OwnRefs != nil && f.Package.Body {
			d.OwnHash, d.Own = textHash(d.Decl.Own), resolve(d.OwnRefs)
		}
		if f.Package.Body {
			d.Inner = resolve(&d.Decl.Inner)
			d.FullHash = hash.Mix(textHash(f.Source[d.From:d.To]), f.Hash)
		}
		if d.Kind == scan.Var || d.Kind == scan.Const || d.Interface {
			continue
		}
		// The names themselves are needed no more; demand reads those of variables, constants and interfaces.
		d.Refs, d.Decl.Inner, d.OwnRefs = scan.Refs{}, scan.Refs{}, nil
	}
}

// entry returns an entry of another package's scope; packages are linked side by side, so it locks.
func (w *World) entry(p *Package, name names.ID) *Entry {
	w.mu.Lock()
	e := p.Scope.Entry(name)
	w.mu.Unlock()
	return e
}
