// Package work spreads work over the cores.
package work

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Each calls f for 0 to n-1, in that order of beginning, on all cores, and returns when all calls have.
func Each(n int, f func(i int)) {
	var group sync.WaitGroup
	var next atomic.Int64
	for range min(n, runtime.GOMAXPROCS(0)) {
		group.Add(1)
		go func() {
			defer group.Done()
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				f(i)
			}
		}()
	}
	group.Wait()
}
