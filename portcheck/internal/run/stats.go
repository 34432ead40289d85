package run

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/gopreflight/gopreflight/portcheck/internal/check"
	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/plan"
)

// laps returns a function that says how long each part took, for those who work on portcheck: PORTCHECK_STATS=1.
func laps(start time.Time) func(name string) {
	if os.Getenv("PORTCHECK_STATS") == "" {
		return func(string) {}
	}
	last := start
	return func(name string) {
		now := time.Now()
		fmt.Fprintf(os.Stderr, "%-8s %6.3f s  %d MB\n", name, now.Sub(last).Seconds(), peakMegabytes())
		last = now
	}
}

func stats(units []*plan.Unit, runner *check.Runner, w *load.World) {
	classes, whole, slots, parts := 0, 0, 0, 0
	for _, u := range units {
		slots += u.Need.Len()
		for _, c := range u.Classes {
			classes++
			if c.Whole {
				whole++
			}
			parts += len(c.Check)
		}
	}
	if os.Getenv("PORTCHECK_STATS") == "3" {
		for _, u := range units {
			n, text := 0, 0
			for _, c := range u.Classes[min(1, len(u.Classes)):] {
				n += len(c.Check)
				for _, d := range c.Check {
					text += int(d.To - d.From)
				}
			}
			fmt.Fprintf(os.Stderr, "unit %9d bytes %6d parts %3d classes %s %s\n", text, n, len(u.Classes), u.Package.Path, u.Variant)
		}
	}
	fmt.Fprintf(os.Stderr, "units %d, pairs %d, classes %d, whole %d, parts %d, errors in APIs %d, packages %d\n",
		len(units), slots, classes, whole, parts, runner.APIErrors, len(w.Packages()))
}

// peakMegabytes is the largest memory that the process had so far; 0 where the system does not tell.
func peakMegabytes() int {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(text), "VmHWM:")
	n := 0
	for _, c := range strings.TrimSpace(rest) {
		if c < '0' || c > '9' {
			break
		}
		n = n*10 + int(c-'0')
	}
	return n / 1024
}
