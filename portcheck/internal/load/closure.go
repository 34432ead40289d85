package load

import (
	"runtime"

	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/resolve"
	"github.com/gopreflight/gopreflight/portcheck/internal/work"
)

// Load reads the packages that the roots need, and finds for each the slots on which it is in the build. progress is
// told how many packages were read and how many are known.
func (w *World) Load(roots []resolve.Place, progress func(done, total int)) {
	c := &closure{world: w, results: make(chan *Package, 64), state: make(map[*Package]*growth), progress: progress}
	for _, place := range roots {
		p := w.get(place)
		p.Root = true
		var test port.Set
		if w.Tests {
			test = w.Ports.All()
		}
		c.want(p, w.Ports.All(), test)
	}
	c.run()
	w.linkAll(c.bodies)
	w.closure = c
}

// Reread reads packages that were recalled and have to be checked after all.
func (w *World) Reread(packages []*Package) {
	c := w.closure
	c.bodies = nil
	for _, p := range packages {
		p.recalled, p.loaded, p.edges, p.Body = false, false, nil, true
		g := c.state[p]
		g.passed, g.passTest = 0, 0
		c.waiting = append(c.waiting, p)
	}
	c.run()
	w.linkAll(c.bodies)
}

// closure is the one goroutine that owns the needs of all packages while they are read.
type closure struct {
	world    *World
	results  chan *Package
	running  int
	waiting  []*Package
	state    map[*Package]*growth
	bodies   []*Package
	grown    []*Package
	done     int
	progress func(done, total int)
}

// growth is what a package was asked for before it was read, or since its imports were followed.
type growth struct {
	asked            bool
	build, test      port.Set // wanted
	passed, passTest port.Set // handed on to imports
}

// want asks for a package on more slots.
func (c *closure) want(p *Package, build, test port.Set) {
	g := c.state[p]
	if g == nil {
		g = &growth{}
		c.state[p] = g
	}
	if build&^g.build == 0 && test&^g.test == 0 && g.asked {
		return
	}
	g.build |= build
	g.test |= test
	if !g.asked {
		g.asked = true
		if c.world.recall(p) {
			c.grown = append(c.grown, p)
			return
		}
		c.waiting = append(c.waiting, p)
		return
	}
	if p.loaded {
		c.grown = append(c.grown, p)
	}
}

func (c *closure) run() {
	limit := 2 * runtime.GOMAXPROCS(0)
	for {
		for c.running < limit && len(c.waiting) > 0 {
			p := c.waiting[len(c.waiting)-1]
			c.waiting = c.waiting[:len(c.waiting)-1]
			c.running++
			go func() {
				c.world.read(p)
				c.results <- p
			}()
		}
		for len(c.grown) > 0 {
			p := c.grown[len(c.grown)-1]
			c.grown = c.grown[:len(c.grown)-1]
			c.follow(p)
		}
		if len(c.waiting) > 0 && c.running < limit {
			continue
		}
		if c.running == 0 {
			return
		}
		p := <-c.results
		c.running--
		c.done++
		if c.progress != nil && c.done%16 == 0 {
			c.progress(c.done, c.done+c.running+len(c.waiting))
		}
		if p.Body {
			c.bodies = append(c.bodies, p)
		}
		c.follow(p)
	}
}

// follow hands the slots of a package that was read on to its imports.
func (c *closure) follow(p *Package) {
	g := c.state[p]
	if p.Root {
		p.Need |= p.Slots & g.build
	} else {
		p.Need |= g.build
	}
	p.NeedTest |= g.test
	p.Need &= c.world.Built(p)
	p.NeedTest &= c.world.Built(p)
	if p.recalled {
		build, test := p.Need&^g.passed, p.NeedTest&^g.passTest
		g.passed |= build
		g.passTest |= test
		for _, e := range p.edges {
			if b, t := build&e.Slots, test&e.Slots; b|t != 0 && e.Target != nil && !e.Target.Std {
				c.want(e.Target, b, t)
			}
		}
		return
	}
	if !p.Body {
		// What the standard library imports is in order on every port; it is read on demand.
		return
	}
	build, test := p.Need&^g.passed, p.NeedTest&^g.passTest
	g.passed |= build
	g.passTest |= test
	pass := func(files []*File, build, test port.Set) {
		for _, f := range files {
			if b, t := build&f.Slots, test&f.Slots; b|t != 0 {
				for i := range f.Imports {
					if target := f.Imports[i].Target; target != nil {
						c.want(target, b, t)
					}
				}
			}
		}
	}
	pass(p.Files, build, test)
	if p.Root && p.Main() {
		all := c.world.Built(p)
		pass(p.Tests, 0, all)
		pass(p.XTests, 0, all)
	}
}

// linkAll resolves the references of packages that were read, side by side.
func (w *World) linkAll(packages []*Package) {
	work.Each(len(packages), func(i int) { w.link(packages[i]) })
	for _, p := range packages {
		p.linked = true
	}
}

// Demand reads packages of the standard library that turned out to be needed, and links them.
func (w *World) Demand(packages []*Package) {
	work.Each(len(packages), func(i int) { w.read(packages[i]) })
	w.linkAll(packages)
}
