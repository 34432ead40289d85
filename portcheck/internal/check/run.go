package check

import (
	"runtime"
	"slices"
	"sync"

	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/plan"
	"github.com/gopreflight/gopreflight/portcheck/internal/work"
)

// Runner checks the classes of units.
type Runner struct {
	World *load.World
	// Order is the order of preference of slots; the pseudo slot with narrow words is number len(slots).
	Order []int
	Base  int
	// Progress is told how many of the slots of a phase are done.
	Progress func(phase string, done, total int)
	// Replan forms the classes of a unit anew, after it turned out to depend on the word size.
	Replan func(u *plan.Unit)

	APIErrors int
	results   map[*plan.Class]*Result
	mu        sync.Mutex
}

// Run checks all classes of the units: first the main modules', then those of dependencies. done is called after each of
// the two lots with all results so far; those of the first lot stay as they are.
func (r *Runner) Run(units []*plan.Unit, done func(main bool, results map[*plan.Class]*Result)) {
	r.results = make(map[*plan.Class]*Result)
	var main, rest []*plan.Unit
	for _, u := range units {
		if u.Package.Main() {
			main = append(main, u)
		} else {
			rest = append(rest, u)
		}
	}
	pseudo := len(r.World.Ports.Slots)
	// The first universe is the largest by far: it serves both lots. External tests have one of their own.
	first := r.firstUniverse(place{pseudo, false}, append(slices.Clone(main), rest...))
	r.firstBodies(first, main)
	r.firstBodies(r.firstUniverse(place{pseudo, true}, main), main)
	r.rounds("main", main)
	done(true, r.results)
	r.firstBodies(first, rest)
	// Its memory is needed for what follows.
	first = prepared{}
	r.rounds("dependencies", rest)
	done(false, r.results)
}

// prepared is a universe with the declarations that its classes need of their own packages.
type prepared struct {
	*universe
	at       place
	presents map[*plan.Class]map[*load.Decl]bool
}

// firstUniverse makes the universe of a place with all cores.
func (r *Runner) firstUniverse(at place, units []*plan.Unit) prepared {
	p := prepared{newUniverse(r.World, at, r.Base), at, make(map[*plan.Class]map[*load.Decl]bool)}
	for _, unit := range units {
		for _, c := range unit.Classes {
			if placeOf(c) == at {
				p.presents[c] = p.demandFor(c, c.Whole)
			}
		}
	}
	p.checkParallel()
	r.APIErrors += p.errors
	return p
}

func (r *Runner) firstBodies(p prepared, units []*plan.Unit) {
	var classes []*plan.Class
	for _, unit := range units {
		for _, c := range unit.Classes {
			if placeOf(c) == p.at {
				classes = append(classes, c)
			}
		}
	}
	work.Each(len(classes), func(i int) { r.keep(p.body(classes[i], p.presents[classes[i]])) })
	for _, c := range classes {
		if len(r.results[c].Errors) > 0 {
			// Wrong on a slot that does not exist; the real ones are looked at by themselves.
			delete(r.results, c)
			c.Unit.SizeMatters = true
			r.Replan(c.Unit)
		}
	}
}

func (r *Runner) keep(result *Result) {
	r.mu.Lock()
	r.results[result.Class] = result
	r.mu.Unlock()
}

// rounds runs what is left of the units' classes, slot by slot, until nothing that was checked in part has an error.
func (r *Runner) rounds(phase string, units []*plan.Unit) {
	pending := make(map[place][]*plan.Class)
	total := 0
	for _, u := range units {
		for _, c := range u.Classes {
			if r.results[c] == nil && (c.Whole || len(c.Check) > 0) {
				pending[placeOf(c)] = append(pending[placeOf(c)], c)
				total++
			}
		}
	}
	done := 0
	for len(pending) > 0 {
		var jobs [][]*plan.Class
		for _, slot := range r.Order {
			for _, augmented := range []bool{false, true} {
				if classes := pending[place{slot, augmented}]; len(classes) > 0 {
					jobs = append(jobs, classes)
				}
			}
		}
		work.Each(len(jobs), func(i int) {
			r.job(jobs[i])
			r.mu.Lock()
			done += len(jobs[i])
			if r.Progress != nil {
				r.Progress(phase, done, max(done, total))
			}
			r.mu.Unlock()
		})
		pending = r.again(units)
	}
}

// job checks classes of one slot in a universe of their own.
func (r *Runner) job(classes []*plan.Class) {
	u := newUniverse(r.World, placeOf(classes[0]), r.Base)
	presents := make([]map[*load.Decl]bool, len(classes))
	for i, c := range classes {
		presents[i] = u.demandFor(c, c.Whole)
	}
	for _, a := range slices.Clone(u.order) {
		u.check(a)
	}
	for i, c := range classes {
		r.keep(u.body(c, presents[i]))
	}
	r.mu.Lock()
	r.APIErrors += u.errors
	r.mu.Unlock()
}

// again finds the classes that have to be checked whole now: those that were not and showed an error, and those that
// built upon a class which was wrong.
func (r *Runner) again(units []*plan.Unit) map[place][]*plan.Class {
	pending := make(map[place][]*plan.Class)
	for _, u := range units {
		wrong := false
		for _, c := range u.Classes {
			result := r.results[c]
			failed := result != nil && len(result.Errors) > 0
			if (failed || wrong) && !c.Whole {
				c.Whole = true
				pending[placeOf(c)] = append(pending[placeOf(c)], c)
			}
			wrong = wrong || failed
		}
	}
	return pending
}

// checkParallel checks all APIs of a universe, each after those it uses.
func (u *universe) checkParallel() {
	waiting := make(map[*api]int)
	users := make(map[*api][]*api)
	var ready []*api
	for _, a := range u.order {
		for t := range a.uses {
			if dep := u.wanted[t]; dep != a {
				waiting[a]++
				users[dep] = append(users[dep], a)
			}
		}
		if waiting[a] == 0 {
			ready = append(ready, a)
		}
	}
	var mu sync.Mutex
	wake := sync.NewCond(&mu)
	running, errors := 0, 0
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Add(1)
		go func() {
			defer group.Done()
			mu.Lock()
			defer mu.Unlock()
			for {
				for len(ready) == 0 && running > 0 {
					wake.Wait()
				}
				if len(ready) == 0 {
					wake.Broadcast()
					return
				}
				a := ready[len(ready)-1]
				ready = ready[:len(ready)-1]
				running++
				mu.Unlock()
				count := u.checkOne(a)
				mu.Lock()
				errors += count
				running--
				a.state = 2
				for _, user := range users[a] {
					waiting[user]--
					if waiting[user] == 0 {
						ready = append(ready, user)
					}
				}
				wake.Broadcast()
			}
		}()
	}
	group.Wait()
	u.errors += errors
	for _, a := range u.order {
		if a.state != 2 {
			// Only packages of a circle of imports are left.
			u.check(a)
		}
	}
}
