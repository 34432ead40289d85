// Package load reads the packages of a run: which there are, which of their files belong to which slots, what each
// file declares and refers to, and on which slots a package is in the build.
package load

import (
	"slices"
	"sync"

	"github.com/gopreflight/gopreflight/portcheck/internal/hash"
	"github.com/gopreflight/gopreflight/portcheck/internal/names"
	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/resolve"
	"github.com/gopreflight/gopreflight/portcheck/internal/scan"
	"github.com/gopreflight/gopreflight/portcheck/internal/srcdir"
	"github.com/gopreflight/gopreflight/portcheck/internal/store"
)

// World holds all packages of a run.
type World struct {
	Ports    *port.Table
	Names    *names.Table
	Resolver *resolve.Resolver
	GOROOT   string
	Tests    bool
	// Store remembers what packages are and what was found in them.
	Store *store.Store
	// Refused are the slots for which the go command links no programs: there it gives up before it compiles one.
	Refused port.Set
	// Bodies tells the packages outside the standard library whose function bodies are checked.
	Bodies func(p *Package) bool

	closure  *closure
	mu       sync.Mutex
	packages map[string]*Package
	order    []*Package
}

// Package is one package, with the files of all slots.
type Package struct {
	Path   string // full: vendor/golang.org/x/… for the standard library's own
	Dir    string
	Std    bool
	Module *resolve.Module // nil for the standard library
	Name   string          // of its package clause, outside of tests
	// Body: its function bodies are checked, and all of its imports are followed.
	Body bool
	Root bool // named by the patterns

	Listing *srcdir.Dir
	ReadErr error
	Files   []*File // Go files outside of tests with at least one slot
	Tests   []*File // _test.go files of the same package
	XTests  []*File // _test.go files of package name_test
	Slots   port.Set
	Asm     port.Set // slots with assembly or .syso files, where functions need no body
	Scope   *Scope   // what Files declare, and Tests: see there

	// Need are the slots on which the package is in the build, NeedTest those on which tests bring it in.
	Need, NeedTest port.Set

	// CgoSlots are those of the files that import "C".
	CgoSlots port.Set

	// recalled: what it is comes from the store, and edges are its imports; its files may be read later, for their API.
	recalled bool
	edges    []Edge
	print    uint64            // Fingerprint
	typed    map[names.ID]bool // names that variables and constants take their types from

	once   sync.Once
	loaded bool
	linked bool
	ID     int
}

// Main reports whether the package belongs to a main module.
func (p *Package) Main() bool { return p.Module != nil && p.Module.Main }

// Built are the slots for which the go command goes on to compile a package, if it has files there.
func (w *World) Built(p *Package) port.Set {
	if p.Name == "main" {
		return w.Ports.All() &^ w.Refused
	}
	return w.Ports.All()
}

// Read reports whether its files were read.
func (p *Package) Read() bool { return p.loaded }

// PackageName is the name of its package clause; of a standard package that nobody had to read, the one that its path
// tells.
func (p *Package) PackageName() string {
	if p.Name == "" {
		return stdName(p.Path)
	}
	return p.Name
}

// Linked reports whether its references were resolved.
func (p *Package) Linked() bool { return p.linked }

// File is one Go file of a package.
type File struct {
	Package *Package
	Name    string
	Path    string
	Source  string
	Hash    uint64 // of Source and Name
	Slots   port.Set
	Imports []Import
	Decls   []*Decl
	Test    bool
	Cgo     bool // imports "C"
	Scan    *scan.File
	// Words are all names in the file, in lower case; dropped once they are collected.
	Words []names.ID
}

// Import is one import of a file and where it leads.
type Import struct {
	scan.Import
	Local   names.ID // name it goes by in the file; 0 for _ and .
	Target  *Package // nil where Failure says why, and for "C" and "unsafe"
	Failure *resolve.Failure
}

// Decl is a top-level declaration of a file, with its references resolved.
type Decl struct {
	*scan.Decl
	File *File
	ID   int32
	// Hash is of the API's text; OwnHash of what its package sees; FullHash of all of it, body and value included, and its
	// file.
	Hash, OwnHash, FullHash uint64
	API, Own, Inner         Links // of the same parts; all of a declaration is Own and Inner together
	// Kept: something in the run may need it as part of an API.
	Kept bool
}

// Links are references that lead somewhere.
type Links struct {
	Own  []names.ID // declared by the same package, tests included
	Ext  []*Entry   // X.Sel with X an import
	Used []uint16   // indices of the file's imports that occur
	// Methods are selected names that methods of the package have; only where bodies are checked.
	Methods []names.ID
}

// Entry is one name in a scope, declared or not.
type Entry struct {
	Scope   *Scope
	Name    names.ID
	Decls   []*Decl
	Methods []*Decl // when it names a type
	Wanted  bool    // demanded as part of an API
	// Two nodes of the graph of declarations: as other packages see the name, and as its own package does.
	Nodes [2]Node
}

// Node is an Entry in the graph that package reach walks.
type Node struct {
	Entry *Entry
	Raw   bool  // as its own package sees it: Own instead of API
	Index int32 // of Tarjan's algorithm; 0 before the visit
	Low   int32
	Open  bool
	Value Value
}

// Value tells where things are alike: one number for all slots, or one for each.
type Value struct {
	All uint64
	By  []uint64
}

// At is the number on a slot.
func (v Value) At(slot int) uint64 {
	if v.By == nil {
		return v.All
	}
	return v.By[slot]
}

// Scope is the package-level scope of a set of files.
type Scope struct {
	Package *Package
	Variant string
	Files   []*File
	Entries map[names.ID]*Entry
	folds   map[names.ID][]*Entry
}

// Entry returns the entry of a name, which may be declared nowhere.
func (s *Scope) Entry(name names.ID) *Entry {
	e := s.Entries[name]
	if e == nil {
		e = &Entry{Scope: s, Name: name}
		e.Nodes[0].Entry, e.Nodes[1].Entry = e, e
		e.Nodes[1].Raw = true
		s.Entries[name] = e
	}
	return e
}

// Like returns the declared names that differ from the given one by case at most.
func (s *Scope) Like(table *names.Table, name names.ID) []*Entry {
	if s.folds == nil {
		s.folds = make(map[names.ID][]*Entry)
		for id, e := range s.Entries {
			if len(e.Decls) > 0 {
				fold := table.Fold(id)
				s.folds[fold] = append(s.folds[fold], e)
			}
		}
	}
	return s.folds[table.Fold(name)]
}

// NewScope makes the scope of some files of a package, as they stand; entries that were asked for before stay.
func newScope(p *Package, variant string, files []*File) *Scope {
	s := &Scope{Package: p, Variant: variant, Entries: make(map[names.ID]*Entry)}
	s.fill(files)
	return s
}

func (s *Scope) fill(files []*File) {
	s.Files = files
	for _, f := range files {
		for _, d := range f.Decls {
			if d.Kind == scan.Method {
				e := s.Entry(d.Recv)
				e.Methods = append(e.Methods, d)
				continue
			}
			for _, name := range d.Names {
				e := s.Entry(name)
				e.Decls = append(e.Decls, d)
			}
		}
	}
}

// Scopes returns what the compiler sees of a package at once: its files, those with its own tests, and its external
// tests; nil for what there is not.
func (p *Package) Scopes() (plain, test, xtest *Scope) {
	if len(p.Files) > 0 {
		plain = newScope(p, "", p.Files)
	}
	if len(p.Tests) > 0 {
		test = newScope(p, "test", append(slices.Clone(p.Files), p.Tests...))
	}
	if len(p.XTests) > 0 {
		xtest = newScope(p, "xtest", p.XTests)
	}
	return plain, test, xtest
}

// Packages returns the packages in the order in which they were met.
func (w *World) Packages() []*Package {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.order
}

// get returns the package of a place, new or known.
func (w *World) get(place resolve.Place) *Package {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := w.packages[place.Path]
	if p == nil {
		p = &Package{Path: place.Path, Dir: place.Dir, Std: place.Std, Module: place.Module, ID: len(w.order)}
		p.Scope = &Scope{Package: p, Entries: make(map[names.ID]*Entry)}
		p.Body = !p.Std && w.Bodies(p)
		if w.packages == nil {
			w.packages = make(map[string]*Package)
		}
		w.packages[place.Path] = p
		w.order = append(w.order, p)
	}
	return p
}

func textHash(s string) uint64 { return hash.String(s) }
