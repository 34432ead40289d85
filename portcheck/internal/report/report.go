// Package report turns what was found into the lines of the answer: which package fails on which slots and with what,
// leaving out what the go command would never come to say because something before it failed.
package report

import (
	"github.com/gopreflight/gopreflight/portcheck/internal/check"
	"github.com/gopreflight/gopreflight/portcheck/internal/compilertext"
	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/plan"
	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/wire"
)

// Reporter gathers the results of a run.
type Reporter struct {
	World  *load.World
	Out    *wire.Writer
	Units  []*plan.Unit
	Loads  []LoadError
	byPkg  map[*load.Package]*status
	byUnit map[*plan.Unit]*status
	errors map[key]port.Set // what was written so far
}

// LoadError is what the go command says of a package before it compiles anything.
type LoadError struct {
	Package *load.Package
	Variant string
	File    string
	Line    int
	Column  int
	Message string
	Slots   port.Set
	// Link: the package compiles, and can not be linked into a program.
	Link bool
}

type key struct {
	kind, pkg, variant, file string
	line, column             int
	message                  string
}

// status is what is known of a unit on all slots.
type status struct {
	unit    *plan.Unit
	load    port.Set // load errors
	failed  port.Set // errors of its own, of any kind
	blocked port.Set // something that it imports fails
	errors  []found
}

type found struct {
	kind  string
	err   compilertext.Error
	slots port.Set
}

// New makes a reporter; loads are final from the start.
func New(w *load.World, out *wire.Writer, units []*plan.Unit, loads []LoadError) *Reporter {
	r := &Reporter{World: w, Out: out, Units: units, Loads: loads, errors: make(map[key]port.Set)}
	return r
}

// Write writes the errors that are known now. Called a second time, with more results, it adds what is new and
// withdraws what turned out to be blocked.
func (r *Reporter) Write(results map[*plan.Class]*check.Result) {
	r.byPkg = make(map[*load.Package]*status)
	r.byUnit = make(map[*plan.Unit]*status)
	for _, u := range r.Units {
		s := r.gather(u, results)
		r.byUnit[u] = s
		if u.Variant == "" {
			r.byPkg[u.Package] = s
		}
	}
	r.loadErrors()
	r.block()
	now := make(map[key]port.Set)
	var order []key
	add := func(k key, slots port.Set) {
		if slots == 0 {
			return
		}
		if _, ok := now[k]; !ok {
			order = append(order, k)
		}
		now[k] |= slots
	}
	for _, l := range r.Loads {
		kind, slots := wire.LoadError, l.Slots
		if s := r.byPkg[l.Package]; l.Link && s != nil {
			kind, slots = wire.LateError, slots&^s.failed&^s.blocked
		}
		add(key{kind, l.Package.Path, l.Variant, l.File, l.Line, l.Column, l.Message}, slots)
	}
	for _, u := range r.Units {
		s := r.byUnit[u]
		for _, f := range s.errors {
			slots := f.slots &^ s.blocked &^ s.load
			if u.Variant == "test" {
				slots &^= r.told(u.Package, f.err)
			}
			for _, part := range r.variants(u, slots) {
				add(key{f.kind, u.Package.Path, part.variant, f.err.File, f.err.Line, f.err.Column, f.err.Message}, part.slots)
			}
		}
	}
	withdrawn := make(map[[2]string]port.Set)
	for k, slots := range r.errors {
		if gone := slots &^ now[k]; gone != 0 {
			withdrawn[[2]string{k.pkg, k.variant}] |= gone
			r.errors[k] &^= gone
		}
	}
	for name, slots := range withdrawn {
		r.Out.Withdraw(name[0], name[1], slots)
	}
	for k := range r.errors {
		// A withdrawal is of all errors of the package: those that hold are told again.
		r.errors[k] &^= withdrawn[[2]string{k.pkg, k.variant}]
	}
	modules := r.modules()
	for _, k := range order {
		if slots := now[k] &^ r.errors[k]; slots != 0 {
			r.errors[k] |= slots
			m := modules[k.pkg]
			r.Out.Error(wire.Error{Kind: k.kind, Package: k.pkg, Variant: k.variant, Module: m.path, Version: m.version,
				Main: m.main, File: k.file, Line: k.line, Column: k.column, Message: k.message, Slots: slots})
		}
	}
}

// told are the slots on which an error is one of the package without its tests: its test variant, which holds the same
// files, does not repeat it. Whether that would find it again depends on what else is wrong with it.
func (r *Reporter) told(p *load.Package, e compilertext.Error) (slots port.Set) {
	if plain := r.byPkg[p]; plain != nil {
		for _, f := range plain.errors {
			if o := f.err; o.Line == e.Line && o.Column == e.Column && o.File == e.File && o.Message == e.Message {
				slots |= f.slots
			}
		}
	}
	return slots
}

type module struct {
	path, version string
	main          bool
}

func (r *Reporter) modules() map[string]module {
	out := make(map[string]module)
	for _, p := range r.World.Packages() {
		if p.Module != nil {
			out[p.Path] = module{p.Module.Path, p.Module.Version, p.Module.Main}
		}
	}
	return out
}

type part struct {
	variant string
	slots   port.Set
}

// variants tells slots where a dependency is needed by tests alone from the others.
func (r *Reporter) variants(u *plan.Unit, slots port.Set) []part {
	if u.Variant != "" {
		return []part{{u.Variant, slots}}
	}
	return []part{{"", slots & u.Package.Need}, {"test", slots &^ u.Package.Need}}
}

// gather collects the errors of a unit's classes.
func (r *Reporter) gather(u *plan.Unit, results map[*plan.Class]*check.Result) *status {
	s := &status{unit: u}
	if u.Known != nil {
		for _, e := range u.Known.Errors {
			if slots := e.Slots & u.Need; slots != 0 {
				s.failed |= slots
				s.errors = append(s.errors, found{e.Kind, compilertext.Error{File: absolute(u, e.File), Line: e.Line,
					Column: e.Column, Message: e.Message}, slots})
			}
		}
		return s
	}
	var waiting port.Set // slots on which a class is still to be checked
	for _, c := range u.Classes {
		result := results[c]
		if result == nil && (c.Whole || len(c.Check) > 0) {
			waiting |= c.Slots
		}
		if result == nil || len(result.Errors) == 0 || c.Slots == 0 {
			continue
		}
		s.failed |= c.Slots
		kind := wire.TypeError
		if result.Syntax {
			kind = wire.SyntaxError
		}
		version := ""
		if u.Package.Module != nil {
			version = u.Package.Module.Go
		}
		errors := result.Errors
		if !result.Exact {
			errors = compilertext.Compiler(errors, r.source(u), version)
		}
		for _, e := range errors {
			s.errors = append(s.errors, found{kind, e, c.Slots})
		}
	}
	for _, e := range wrongDirectives(u) {
		s.errors = append(s.errors, e)
		s.failed |= e.slots
	}
	for _, e := range append(missingBodies(u, r.World.Ports.Tag("wasm")), lateDirectives(u)...) {
		if e.slots &^= s.failed; e.slots != 0 {
			s.errors = append(s.errors, e)
		}
	}
	for _, e := range s.errors {
		s.failed |= e.slots
	}
	return s
}

func (r *Reporter) source(u *plan.Unit) func(file string) []byte {
	return func(file string) []byte {
		for _, f := range u.Scope.Files {
			if f.Path == file {
				return []byte(f.Source)
			}
		}
		return nil
	}
}
