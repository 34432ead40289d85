package plan

import (
	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/names"
	"github.com/gopreflight/gopreflight/portcheck/internal/scan"
)

// A circle of initializations (a variable that is needed to compute itself, through functions) is the one error that
// many bodies make together. Each of them may have been checked before, with other bodies in place of the new ones; so
// what might be in a circle with a new declaration is checked again beside it. By names alone more looks like a circle
// than is one, never less.

// circles finds such declarations for the classes of a unit.
type circles struct {
	unit    *Unit
	n, base int
	// Functions and variables, and methods, by name: numbers of the unit's declarations.
	plain, methods map[names.ID][]int32

	slot  int
	index []int32 // of Tarjan's algorithm, 0 before the visit
	low   []int32
	open  []bool
	next  int32
	stack []int32
	found func(members []int32)
}

func newCircles(u *Unit, n, base int) *circles {
	c := &circles{unit: u, n: n, base: base, plain: make(map[names.ID][]int32), methods: make(map[names.ID][]int32)}
	for i, d := range u.decls {
		to := c.plain
		switch d.Kind {
		case scan.Method:
			to = c.methods
		case scan.Func, scan.Var:
		default:
			continue
		}
		for _, name := range d.Names {
			to[name] = append(to[name], int32(i))
		}
	}
	return c
}

// extend adds to what a class checks.
func (c *circles) extend(class *Class) {
	checked := make(map[*load.Decl]bool, len(class.Check))
	for _, d := range class.Check {
		checked[d] = true
	}
	c.slot, c.next, c.stack = class.Slot, 0, c.stack[:0]
	c.index = make([]int32, len(c.unit.decls))
	c.low = make([]int32, len(c.unit.decls))
	c.open = make([]bool, len(c.unit.decls))
	c.found = func(members []int32) {
		fresh, variable := false, false
		for _, i := range members {
			d := c.unit.decls[i]
			fresh = fresh || checked[d]
			variable = variable || d.Kind == scan.Var
		}
		if !fresh || !variable {
			return
		}
		for _, i := range members {
			if d := c.unit.decls[i]; !checked[d] {
				class.Check = append(class.Check, d)
			}
		}
	}
	for i, d := range c.unit.decls {
		if checked[d] && c.index[i] == 0 && (d.Kind == scan.Func || d.Kind == scan.Method || d.Kind == scan.Var) {
			c.connect(int32(i))
		}
	}
}

func (c *circles) connect(i int32) {
	c.next++
	c.index[i], c.low[i], c.open[i] = c.next, c.next, true
	c.stack = append(c.stack, i)
	d := c.unit.decls[i]
	for _, links := range []*load.Links{&d.Own, &d.Inner} {
		for _, name := range links.Own {
			c.follow(i, c.plain[name])
		}
		for _, name := range links.Methods {
			c.follow(i, c.methods[name])
		}
	}
	if c.low[i] != c.index[i] {
		return
	}
	from := len(c.stack) - 1
	for c.stack[from] != i {
		from--
	}
	members := c.stack[from:]
	for _, m := range members {
		c.open[m] = false
	}
	if len(members) > 1 {
		c.found(members)
	}
	c.stack = c.stack[:from]
}

func (c *circles) follow(i int32, targets []int32) {
	for _, t := range targets {
		switch {
		case !on(c.unit.decls[t].File.Slots, c.slot, c.n, c.base):
		case c.index[t] == 0:
			c.connect(t)
			c.low[i] = min(c.low[i], c.low[t])
		case c.open[t]:
			c.low[i] = min(c.low[i], c.index[t])
		}
	}
}
