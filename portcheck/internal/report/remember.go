package report

import (
	"path/filepath"

	"github.com/gopreflight/gopreflight/portcheck/internal/plan"
	"github.com/gopreflight/gopreflight/portcheck/internal/store"
)

// Remember puts what was found into the store. The errors are those before anything was blocked: whether it is depends
// on other packages.
func (r *Reporter) Remember(base int) {
	if !r.World.Store.On() {
		return
	}
	r.World.Remember()
	for _, u := range r.Units {
		if u.Known != nil {
			continue
		}
		result := &store.Result{Slots: u.Need}
		for _, f := range r.byUnit[u].errors {
			result.Errors = append(result.Errors, store.Error{Kind: f.kind, File: relative(u, f.err.File), Line: f.err.Line,
				Column: f.err.Column, Message: f.err.Message, Slots: f.slots})
		}
		for _, l := range r.Loads {
			if l.Package == u.Package && l.Variant == u.Variant && !l.Package.Main() {
				result.Loads = append(result.Loads, store.Error{File: relative(u, l.File), Line: l.Line, Column: l.Column,
					Message: l.Message, Slots: l.Slots})
			}
		}
		r.World.Store.PutResult(u.Key, result)
		u.Remember(r.World, len(result.Errors) == 0, len(r.World.Ports.Slots), base)
	}
	r.World.Store.Save()
}

// Recall returns the load errors that an earlier run found in the packages that were not read in this one.
func Recall(units []*plan.Unit) []LoadError {
	var out []LoadError
	for _, u := range units {
		if u.Known == nil || !u.Package.Recalled() {
			continue
		}
		for _, l := range u.Known.Loads {
			out = append(out, LoadError{Package: u.Package, Variant: u.Variant, File: absolute(u, l.File), Line: l.Line,
				Column: l.Column, Message: l.Message, Slots: l.Slots & u.Need})
		}
	}
	return out
}

func relative(u *plan.Unit, file string) string {
	if filepath.Dir(file) == u.Package.Dir {
		return filepath.Base(file)
	}
	return file
}

func absolute(u *plan.Unit, file string) string {
	if file == "" || filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(u.Package.Dir, file)
}
