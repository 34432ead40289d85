package load

import (
	"slices"
	"strings"

	"github.com/gopreflight/gopreflight/portcheck/internal/hash"
	"github.com/gopreflight/gopreflight/portcheck/internal/names"
	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/scan"
	"github.com/gopreflight/gopreflight/portcheck/internal/srcdir"
)

// read reads the files of a package, once.
func (w *World) read(p *Package) {
	p.once.Do(func() { w.readFiles(p) })
}

func (w *World) readFiles(p *Package) {
	tests := w.Tests && p.Main() && p.Body
	p.Listing, p.ReadErr = srcdir.Read(w.Ports, p.Dir, srcdir.Options{Std: p.Std, Tests: tests, Excluded: p.Main()})
	if p.ReadErr != nil {
		p.loaded = true
		return
	}
	cache := names.NewCache(w.Names)
	for i := range p.Listing.Files {
		entry := &p.Listing.Files[i]
		switch entry.Kind {
		case srcdir.Asm, srcdir.Syso:
			p.Asm |= entry.Slots
		case srcdir.Go, srcdir.GoTest:
			if entry.Slots != 0 && entry.HeaderErr == nil && len(entry.Content) > 0 {
				w.addFile(p, entry, cache)
			}
		}
		entry.Content = nil
	}
	for _, f := range p.Files {
		p.Slots |= f.Slots
	}
	if len(p.Files) > 0 {
		p.Name = p.Files[0].Scan.Package
	} else if len(p.Tests) > 0 {
		p.Name = p.Tests[0].Scan.Package
	}
	// External tests see what the package's own test files declare; nothing else does (check.universe).
	p.Scope.fill(append(slices.Clone(p.Files), p.Tests...))
	p.loaded = true
}

func (w *World) addFile(p *Package, entry *srcdir.File, cache *names.Cache) {
	f := &File{Package: p, Name: entry.Name, Path: entry.Path, Source: unknownTypes(string(entry.Content)), Slots: entry.Slots,
		Test: entry.Kind == srcdir.GoTest}
	options := scan.Options{Names: cache, Std: p.Std, Bodies: p.Body}
	if p.Std {
		options.PairsOf = func(s *scan.File) map[names.ID]bool {
			locals := make(map[names.ID]bool, len(s.Imports))
			for _, i := range s.Imports {
				if i.Name == "" {
					locals[cache.Of(stdName(i.Path))] = true
				} else {
					locals[cache.Of(i.Name)] = true
				}
			}
			return locals
		}
	}
	s := scan.Scan(f.Source, options)
	if s.Package == "documentation" {
		// go/build ignores such files (src/go/build/build.go, Import).
		return
	}
	f.Scan = s
	f.Hash = hash.Mix(hash.String(f.Source), hash.String(f.Name))
	for _, i := range s.Imports {
		if i.Path == "C" {
			f.Cgo = true
			f.Slots &= w.cgo()
			if !f.Test {
				p.CgoSlots |= f.Slots
			}
		}
		f.Imports = append(f.Imports, w.resolveImport(p, i))
	}
	if f.Slots == 0 {
		return
	}
	if p.Body {
		f.Words = w.words(s)
	} else {
		f.Source = ""
	}
	f.Decls = make([]*Decl, len(s.Decls))
	for i := range s.Decls {
		d := &s.Decls[i]
		f.Decls[i] = &Decl{Decl: d, File: f, Hash: textHash(d.API)}
	}
	switch {
	case !f.Test:
		p.Files = append(p.Files, f)
	case strings.HasSuffix(s.Package, "_test"):
		p.XTests = append(p.XTests, f)
	default:
		p.Tests = append(p.Tests, f)
	}
}

func (w *World) cgo() (set port.Set) {
	for i, slot := range w.Ports.Slots {
		if slot.Cgo {
			set |= port.One(i)
		}
	}
	return set
}

func (w *World) resolveImport(p *Package, i scan.Import) Import {
	out := Import{Import: i}
	if i.Path == "C" || i.Path == "unsafe" {
		if i.Name == "" {
			out.Local = w.Names.Of(i.Path)
		}
		return out
	}
	place, failure := w.Resolver.Import(p.Std, p.Module, i.Path)
	if failure != nil {
		out.Failure = failure
		return out
	}
	out.Target = w.get(place)
	return out
}

// localName is the name that an import goes by in its file; 0 for _ and the dot. The target must be loaded, or belong
// to the standard library, whose packages are named after their paths.
func (w *World) localName(i *Import) names.ID {
	switch {
	case i.Name == "_" || i.Name == ".":
		return 0
	case i.Name != "":
		return w.Names.Of(i.Name)
	case i.Target == nil || i.Target.Std || i.Target.Name == "":
		return w.Names.Of(stdName(i.Path))
	}
	return w.Names.Of(i.Target.Name)
}

// stdName is the last element of a path that is no major version: math/rand/v2 is package rand.
func stdName(path string) string {
	last := path[strings.LastIndexByte(path, '/')+1:]
	if len(last) >= 2 && last[0] == 'v' && strings.Trim(last[1:], "0123456789") == "" && len(last) < len(path) {
		path = path[:len(path)-len(last)-1]
		last = path[strings.LastIndexByte(path, '/')+1:]
	}
	return last
}

// words collects the names of a file in lower case: a method whose name occurs nowhere can be neither called nor asked
// for by an interface.
func (w *World) words(s *scan.File) []names.ID {
	seen := make(map[names.ID]struct{}, 256)
	add := func(r *scan.Refs) {
		for _, n := range r.Names {
			seen[n] = struct{}{}
		}
		for _, p := range r.Pairs {
			seen[p.Sel] = struct{}{}
		}
	}
	for i := range s.Decls {
		d := &s.Decls[i]
		add(&d.Refs)
		add(&d.Inner)
		if d.OwnRefs != nil {
			add(d.OwnRefs)
		}
	}
	out := make([]names.ID, 0, len(seen))
	for n := range seen {
		out = append(out, w.Names.Fold(n))
	}
	return out
}
