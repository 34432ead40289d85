// Package run tells the story of a check from the request to the last line of the answer.
package run

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gopreflight/gopreflight/portcheck/internal/calls"
	"github.com/gopreflight/gopreflight/portcheck/internal/check"
	"github.com/gopreflight/gopreflight/portcheck/internal/demand"
	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/loadcheck"
	"github.com/gopreflight/gopreflight/portcheck/internal/names"
	"github.com/gopreflight/gopreflight/portcheck/internal/plan"
	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/reach"
	"github.com/gopreflight/gopreflight/portcheck/internal/report"
	"github.com/gopreflight/gopreflight/portcheck/internal/resolve"
	"github.com/gopreflight/gopreflight/portcheck/internal/wire"
	"github.com/gopreflight/gopreflight/portcheck/internal/work"
)

// Run checks what a request asks for. An error means that nothing could be checked.
func Run(q *wire.Request, out *wire.Writer, start time.Time) error {
	table, err := port.NewTable(q.Slots, q.Tags, goMinor(q.Go))
	if err != nil {
		return err
	}
	out.Start(len(q.Slots))
	lap := laps(start)

	world := &load.World{
		Ports:    table,
		Names:    names.New(),
		Resolver: resolve.New(q.GOROOT, q.Dir, q.Main, q.Modules, q.Vendor),
		GOROOT:   q.GOROOT,
		Tests:    q.Tests,
		Store:    openStore(q),
		Refused:  refusedSlots(q.Slots),
		Bodies:   func(p *load.Package) bool { return p.Main() || q.DependencyBodies },
	}
	roots, failures := world.Resolver.Roots(q.Patterns, q.Dir)
	world.Load(roots, func(done, total int) { out.Progress("load", done, total) })
	reportUses(world, calls.NewWatch(q.Watch), out)
	lap("load")

	all := plan.Units(world)
	if again := unknown(all); len(again) > 0 {
		world.Reread(again)
		all = plan.Units(world)
		lap("reread")
	}
	var units []*plan.Unit
	for _, u := range all {
		if u.Known == nil {
			units = append(units, u)
		}
	}
	demand.Run(world, scopes(units))
	lap("demand")

	base, order := preference(q.Slots)
	evaluate(world, units, base)
	lap("reach")
	replan := func(u *plan.Unit) { u.Plan(world, order, len(q.Slots), base) }
	plain := make(map[*load.Package]*plan.Unit)
	for _, u := range units {
		if u.Variant == "" {
			plain[u.Package] = u
		}
	}
	work.Each(len(units), func(i int) {
		u := units[i]
		if u.Variant == "test" {
			u.Recall(world, plain[u.Package])
		} else {
			u.Recall(world, nil)
		}
		replan(units[i])
	})
	lap("plan")

	reporter := report.New(world, out, all, append(loadErrors(world, roots, failures), report.Recall(all)...))
	runner := &check.Runner{World: world, Order: order, Base: base, Replan: replan,
		Progress: func(phase string, done, total int) { out.Progress(phase, done, total) }}
	if os.Getenv("PORTCHECK_WHY") != "" {
		why(units, world)
		return nil
	}
	if os.Getenv("PORTCHECK_STATS") == "2" {
		check.DebugAPI = func(err error) { println(err.Error()) }
	}
	runner.Run(units, func(main bool, results map[*plan.Class]*check.Result) {
		reporter.Write(results)
		lap("check")
	})
	reporter.Uncertain()
	reporter.Ignored()
	if q.Files {
		reporter.Files()
	}
	totals := reporter.Finish(refusals(world, q.Slots))
	reporter.Remember(base)
	out.Done(wire.Done{Cached: world.Store.Hits(),
		Errors: totals.Errors, Packages: totals.Packages, Seconds: time.Since(start).Seconds(),
		PeakMegabytes: peakMegabytes()})
	if os.Getenv("PORTCHECK_STATS") != "" {
		stats(units, runner, world)
	}
	return nil
}

// unknown are the packages that were not read and of which no earlier run says enough.
func unknown(units []*plan.Unit) []*load.Package {
	var out []*load.Package
	for _, u := range units {
		if u.Known == nil && u.Package.Recalled() {
			out = append(out, u.Package)
		}
	}
	return out
}

func scopes(units []*plan.Unit) []*load.Scope {
	out := make([]*load.Scope, len(units))
	for i, u := range units {
		out[i] = u.Scope
	}
	return out
}

// evaluate computes where the declarations of all units mean the same. What they reach in other packages comes first,
// in one goroutine; then the units, side by side.
func evaluate(w *load.World, units []*plan.Unit, base int) {
	graph := reach.New(w, base)
	for _, p := range w.Packages() {
		if p.Std && p.Path == "runtime" {
			// Code that names the port it runs on does not thereby differ.
			graph.Neutral(p.Scope.Entry(w.Names.Of("GOOS")))
			graph.Neutral(p.Scope.Entry(w.Names.Of("GOARCH")))
		}
	}
	for _, u := range units {
		graph.VisitAPIs(u.Scope)
	}
	// Units with the same files share no nodes: each has a scope of its own.
	work.Each(len(units), func(i int) { units[i].Evaluate(graph.Fork()) })
}

// preference is the order in which slots stand for others, the pseudo slot with four-byte words first, and the slot
// that everything is checked on first.
func preference(slots []port.Slot) (base int, order []int) {
	rank := func(s port.Slot) int {
		for i, name := range []string{"linux/amd64", "windows/amd64", "darwin/arm64", "linux/386", "freebsd/amd64"} {
			if s.OS+"/"+s.Arch == name && !s.Cgo {
				return i
			}
		}
		return 100
	}
	order = make([]int, len(slots))
	for i := range slots {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return rank(slots[a]) - rank(slots[b]) })
	return order[0], append([]int{len(slots)}, order...)
}

// loadErrors are those of the go command.
func loadErrors(w *load.World, roots []resolve.Place, failures []resolve.Failure) []report.LoadError {
	found := loadcheck.Check(w, roots, failures)
	out := make([]report.LoadError, len(found))
	for i, e := range found {
		out[i] = report.LoadError(e)
	}
	return out
}

// refusals finds the slots for which no program is linked, and of these the ones on which the roots have a program.
func refusals(w *load.World, slots []port.Slot) map[int]string {
	refused := make(map[int]string)
	for _, p := range w.Packages() {
		if p.Root && p.Name == "main" {
			(p.Slots & w.Refused).Each(func(i int) { refused[i] = loadcheck.Refusal(slots[i]) })
		}
	}
	return refused
}

func refusedSlots(slots []port.Slot) (set port.Set) {
	for i, s := range slots {
		if loadcheck.Refusal(s) != "" {
			set |= port.One(i)
		}
	}
	return set
}

// goMinor is 26 for go1.26.8 and for a development version that says devel go1.26-….
func goMinor(version string) int {
	_, rest, _ := strings.Cut(version, "go1.")
	end := 0
	for end < len(rest) && '0' <= rest[end] && rest[end] <= '9' {
		end++
	}
	minor, _ := strconv.Atoi(rest[:end])
	return minor
}
