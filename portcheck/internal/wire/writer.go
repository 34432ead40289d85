package wire

import (
	"io"
	"sync"

	"github.com/gopreflight/gopreflight/portcheck/internal/port"
)

// Writer writes the answer. It is safe for concurrent use; every line is one Write.
type Writer struct {
	mu  sync.Mutex
	w   io.Writer
	buf []byte
	err error
}

// NewWriter returns a Writer to w.
func NewWriter(w io.Writer) *Writer { return &Writer{w: w} }

// Err returns the first error of writing. After it nothing more is written.
func (w *Writer) Err() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}

// line writes one object; fill adds its fields after "t".
func (w *Writer) line(kind string, fill func(l *line)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err != nil {
		return
	}
	l := line{buf: append(w.buf[:0], '{')}
	l.str("t", kind)
	fill(&l)
	w.buf = append(l.buf, '}', '\n')
	_, w.err = w.w.Write(w.buf)
}

// Kinds of errors.
const (
	TypeError   = "type"
	SyntaxError = "syntax"
	LoadError   = "load"
	BodyError   = "body" // a function without a body
	LateError   = "late" // what the compiler finds only after type checking
)

// Error is one error on the slots that have it.
type Error struct {
	Kind    string
	Package string
	Variant string // "", "test" or "xtest"
	Module  string
	Version string
	Main    bool
	File    string // absolute, empty for an error without a position
	Line    int
	Column  int
	Message string // continuation lines are joined with \n
	Slots   port.Set
}

// Package is a package that fails, with the shortest chain of imports that leads to it from a root.
type Package struct {
	Package string
	Variant string
	Module  string
	Version string
	Main    bool
	Slots   port.Set
	Chain   []string
}

// Verdicts of a slot.
const (
	Pass    = "pass"
	Fail    = "fail"
	Refused = "refused" // go refuses to build a main package there at all
	Empty   = "empty"   // no package of the request exists there
)

// SlotResult is the verdict of one slot.
type SlotResult struct {
	Slot     int
	Status   string
	Reason   string
	Packages int // in the build there, std left out
	Blocked  int // not compiled because something that they import fails
}

// Files are the files of one package.
type Files struct {
	Package string
	Dir     string
	Module  string
	Main    bool
	Std     bool
	Name    string
	Slots   port.Set
	Files   []FileEntry
	Imports []ImportEntry
}

// FileEntry is one file of a package.
type FileEntry struct {
	Name       string
	Slots      port.Set
	Cgo        bool
	Test       bool
	Constraint string
}

// ImportEntry is one import of a package.
type ImportEntry struct {
	Path  string
	Slots port.Set
}

// Use is one use of a watched name in a main module.
type Use struct {
	Package  string
	File     string // absolute
	Line     int
	Column   int
	Symbol   string // os/exec.Command
	Slots    port.Set
	Programs []string // main packages whose build holds it
}

// Done ends the answer.
type Done struct {
	Errors        int
	Packages      int
	Seconds       float64
	PeakMegabytes int
	Cached        int // results taken from the cache
}

// Start begins the answer.
func (w *Writer) Start(slots int) {
	w.line("start", func(l *line) { l.num("version", Version); l.num("slots", slots) })
}

// Progress says how far a phase is: load, main or dependencies.
func (w *Writer) Progress(phase string, done, total int) {
	w.line("progress", func(l *line) { l.str("phase", phase); l.num("done", done); l.num("total", total) })
}

// Error writes one error.
func (w *Writer) Error(e Error) {
	w.line("error", func(l *line) {
		l.str("kind", e.Kind)
		l.pkg(e.Package, e.Variant, e.Module, e.Version, e.Main)
		l.str("file", e.File)
		l.num("line", e.Line)
		l.num("column", e.Column)
		l.str("message", e.Message)
		l.set("slots", e.Slots)
	})
}

// Withdraw takes back the errors of a package on slots where it turned out never to be compiled.
func (w *Writer) Withdraw(pkg, variant string, slots port.Set) {
	w.line("withdraw", func(l *line) { l.str("package", pkg); l.str("variant", variant); l.set("slots", slots) })
}

// Package writes a failing package.
func (w *Writer) Package(p Package) {
	w.line("package", func(l *line) {
		l.pkg(p.Package, p.Variant, p.Module, p.Version, p.Main)
		l.set("slots", p.Slots)
		l.strs("chain", p.Chain)
	})
}

// Slot writes the verdict of a slot.
func (w *Writer) Slot(s SlotResult) {
	w.line("slot", func(l *line) {
		l.num("slot", s.Slot)
		l.str("status", s.Status)
		if s.Reason != "" {
			l.str("reason", s.Reason)
		}
		l.num("packages", s.Packages)
		l.num("blocked", s.Blocked)
	})
}

// Uncertain names a package of which not all can be known.
func (w *Writer) Uncertain(pkg, reason string, slots port.Set) {
	w.line("uncertain", func(l *line) { l.str("package", pkg); l.str("reason", reason); l.set("slots", slots) })
}

// Ignored names a Go file of a main module that is compiled on no slot.
func (w *Writer) Ignored(pkg, file, constraint string) {
	w.line("ignored", func(l *line) { l.str("package", pkg); l.str("file", file); l.str("constraint", constraint) })
}

// Use writes a use of a watched name.
func (w *Writer) Use(u Use) {
	w.line("use", func(l *line) {
		l.str("package", u.Package)
		l.str("file", u.File)
		l.num("line", u.Line)
		l.num("column", u.Column)
		l.str("symbol", u.Symbol)
		l.set("slots", u.Slots)
		l.strs("programs", u.Programs)
	})
}

// Files writes the files of a package.
func (w *Writer) Files(f Files) {
	w.line("files", func(l *line) {
		l.str("package", f.Package)
		l.str("dir", f.Dir)
		l.str("module", f.Module)
		l.flag("main", f.Main)
		l.flag("std", f.Std)
		l.str("name", f.Name)
		l.set("slots", f.Slots)
		l.list("files", len(f.Files), func(i int) {
			e := f.Files[i]
			l.str("name", e.Name)
			l.set("slots", e.Slots)
			l.flag("cgo", e.Cgo)
			l.flag("test", e.Test)
			l.str("constraint", e.Constraint)
		})
		l.list("imports", len(f.Imports), func(i int) {
			l.str("path", f.Imports[i].Path)
			l.set("slots", f.Imports[i].Slots)
		})
	})
}

// Done ends the answer; without this line it counts as broken off.
func (w *Writer) Done(d Done) {
	w.line("done", func(l *line) {
		l.num("errors", d.Errors)
		l.num("packages", d.Packages)
		l.decimal("seconds", d.Seconds)
		l.num("peakMegabytes", d.PeakMegabytes)
		l.num("cached", d.Cached)
	})
}

// Fatal says why nothing could be checked.
func (w *Writer) Fatal(message string) {
	w.line("fatal", func(l *line) { l.str("message", message) })
}
