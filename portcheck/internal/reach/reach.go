// Package reach tells on which slots code means the same: for every declaration a number for each slot, equal where its
// text and all that it can reach by name are equal. A body that was found right on one slot is right on all slots with
// the same number.
package reach

import (
	"github.com/gopreflight/gopreflight/portcheck/internal/hash"
	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/names"
	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/scan"
)

// Graph computes values. Vectors have one place for each slot and a last one for a pseudo slot: the files of Base with
// four-byte words. Code that is right there is right on Base as well, unless its value differs.
type Graph struct {
	World *load.World
	Base  int // slot whose files the pseudo slot has
	slots int
	stack []*load.Node
	index int32
	// neutral are entries that differ on every slot and never matter: runtime.GOOS and runtime.GOARCH.
	neutral map[*load.Entry]bool
	spare   []uint64 // a vector for sums that do not last
}

// New prepares a graph over what was loaded.
func New(w *load.World, base int) *Graph {
	return &Graph{World: w, Base: base, slots: len(w.Ports.Slots), neutral: make(map[*load.Entry]bool),
		spare: make([]uint64, len(w.Ports.Slots)+1)}
}

// Pseudo is the number of the pseudo slot.
func (g *Graph) Pseudo() int { return g.slots }

// Neutral makes a name count as the same everywhere, though it is not: constants whose value decides no type.
func (g *Graph) Neutral(e *load.Entry) { g.neutral[e] = true }

// on reports whether a set of slots holds a place of a vector.
func (g *Graph) on(set port.Set, i int) bool {
	if i == g.slots {
		i = g.Base
	}
	return set.Has(i)
}

// sum adds up numbers of declarations, in no order.
type sum struct {
	all   uint64
	by    []uint64
	spare []uint64 // becomes by, if there is one
}

func (g *Graph) vector(s *sum) []uint64 {
	switch {
	case s.by != nil:
	case s.spare != nil:
		clear(s.spare)
		s.by = s.spare
	default:
		s.by = make([]uint64, g.slots+1)
	}
	return s.by
}

// add adds a value on the slots of a set; everywhere says that the set holds all slots that matter.
func (g *Graph) add(s *sum, v load.Value, set port.Set, everywhere bool) {
	if everywhere && v.By == nil {
		s.all += v.All
		return
	}
	by := g.vector(s)
	for i := range by {
		if everywhere || g.on(set, i) {
			by[i] += v.At(i)
		}
	}
}

func (g *Graph) value(s *sum, mix uint64) load.Value {
	if s.by == nil {
		return load.Value{All: hash.Mix(s.all, mix)}
	}
	v := load.Value{By: s.by}
	same := true
	for i := range v.By {
		v.By[i] = hash.Mix(v.By[i]+s.all, mix)
		same = same && v.By[i] == v.By[0]
	}
	if same {
		return load.Value{All: v.By[0]}
	}
	return v
}

// own is the number of a declaration's text alone.
func (g *Graph) own(d *load.Decl, text uint64) load.Value {
	if !d.SizeMatters {
		return load.Value{All: text}
	}
	narrow := g.World.Ports.Narrow()
	by := make([]uint64, g.slots+1)
	for i := range by {
		by[i] = text
		if i == g.slots || narrow.Has(i) {
			by[i] = hash.Mix(text, 4)
		}
	}
	return load.Value{By: by}
}

// API is the value of a name as other packages see it.
func (g *Graph) API(e *load.Entry) load.Value { return g.visit(&e.Nodes[0]) }

// Raw is the value of a name as code of its own scope sees it: of functions the signature, of structs all fields.
func (g *Graph) Raw(e *load.Entry) load.Value { return g.visit(&e.Nodes[1]) }

func (g *Graph) visit(n *load.Node) load.Value {
	if n.Index == 0 {
		g.connect(n)
	}
	return n.Value
}

// each calls f for the declarations behind a name: its own and, of a type, the methods that count.
func each(n *load.Node, f func(d *load.Decl, links *load.Links, text uint64)) {
	e := n.Entry
	for _, d := range e.Decls {
		if n.Raw {
			f(d, &d.Own, d.OwnHash)
		} else if d.Kept {
			f(d, &d.API, d.Hash)
		}
	}
	for _, d := range e.Methods {
		if n.Raw {
			f(d, &d.Own, d.OwnHash)
		} else if d.Kept {
			f(d, &d.API, d.Hash)
		}
	}
}

// targets calls f for the nodes that links lead to.
func targets(scope *load.Scope, raw bool, links *load.Links, f func(n *load.Node)) {
	for _, name := range links.Own {
		if e := scope.Entries[name]; e != nil {
			if raw {
				f(&e.Nodes[1])
			} else {
				f(&e.Nodes[0])
			}
		}
	}
	for _, e := range links.Ext {
		f(&e.Nodes[0])
	}
}

// connect is Tarjan's algorithm. All nodes of a strongly connected component get their values together, when the last
// of them is done: a number of an unfinished component would depend on where the walk began.
func (g *Graph) connect(n *load.Node) {
	g.index++
	n.Index, n.Low, n.Open = g.index, g.index, true
	g.stack = append(g.stack, n)
	if !g.neutral[n.Entry] {
		each(n, func(d *load.Decl, links *load.Links, _ uint64) {
			targets(n.Entry.Scope, n.Raw, links, func(child *load.Node) {
				if child.Index == 0 {
					g.connect(child)
					n.Low = min(n.Low, child.Low)
				} else if child.Open {
					n.Low = min(n.Low, child.Index)
				}
			})
		})
		if len(n.Entry.Decls) == 0 {
			for _, like := range n.Entry.Scope.Like(g.World.Names, n.Entry.Name) {
				if child := &like.Nodes[b2i(n.Raw)]; child.Index == 0 {
					g.connect(child)
				}
			}
		}
	}
	if n.Low == n.Index {
		g.finish(n)
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (g *Graph) finish(n *load.Node) {
	from := len(g.stack) - 1
	for g.stack[from] != n {
		from--
	}
	members := g.stack[from:]
	var s sum
	for _, m := range members {
		if g.neutral[m.Entry] {
			continue
		}
		slots := m.Entry.Scope.Package.Slots
		name := g.World.Names.Hash(m.Entry.Name)
		each(m, func(d *load.Decl, links *load.Links, text uint64) {
			set := d.File.Slots
			everywhere := slots&^set == 0
			// Each declaration's sum is mixed before it is added: two that swap what they reach have changed.
			one := sum{spare: g.spare}
			g.add(&one, g.own(d, hash.Mix(text, name)), set, true)
			targets(m.Entry.Scope, m.Raw, links, func(child *load.Node) {
				if !child.Open {
					g.add(&one, child.Value, set, true)
				}
			})
			g.add(&s, g.value(&one, 2), set, everywhere)
		})
		if len(m.Entry.Decls) == 0 {
			// The names that a hint may tell: undefined: p.Foo (but have FOO).
			for _, like := range m.Entry.Scope.Like(g.World.Names, m.Entry.Name) {
				for _, d := range like.Decls {
					g.add(&s, load.Value{All: g.World.Names.Hash(like.Name)}, d.File.Slots, slots&^d.File.Slots == 0)
				}
			}
		}
	}
	path := hash.String(n.Entry.Scope.Package.Path)
	for _, m := range members {
		m.Open = false
	}
	for i, m := range members {
		c := s
		if c.by != nil && i < len(members)-1 {
			c.by = append([]uint64(nil), s.by...)
		}
		m.Value = g.value(&c, hash.Mix(path, g.World.Names.Hash(m.Entry.Name)))
	}
	clear(members)
	g.stack = g.stack[:from]
}

// Full is the value of a declaration with all that is inside it, in one scope. The entries that it leads to are visited.
func (g *Graph) Full(scope *load.Scope, d *load.Decl) load.Value {
	var s sum
	g.add(&s, g.own(d, d.FullHash), 0, true)
	for _, links := range []*load.Links{&d.Own, &d.Inner} {
		targets(scope, true, links, func(n *load.Node) { g.add(&s, g.visit(n), 0, true) })
	}
	for _, n := range ownNames(d) {
		if e := scope.Entries[n]; e != nil {
			g.add(&s, g.visit(&e.Nodes[1]), 0, true)
		}
	}
	return g.value(&s, 1)
}

func ownNames(d *load.Decl) []names.ID {
	if d.Kind == scan.Method {
		return []names.ID{d.Recv}
	}
	return d.Names
}

// Fork returns a graph for another goroutine, which may visit the raw nodes of scopes that no other goroutine visits.
// All API nodes must have been visited before.
func (g *Graph) Fork() *Graph {
	return &Graph{World: g.World, Base: g.Base, slots: g.slots, neutral: g.neutral, spare: make([]uint64, g.slots+1)}
}

// VisitAPIs visits what the declarations of a scope reach in other packages.
func (g *Graph) VisitAPIs(scope *load.Scope) {
	for _, f := range scope.Files {
		for _, d := range f.Decls {
			for _, links := range []*load.Links{&d.Own, &d.Inner} {
				for _, e := range links.Ext {
					g.visit(&e.Nodes[0])
				}
			}
		}
	}
}
