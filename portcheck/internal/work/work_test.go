package work

import (
	"sync/atomic"
	"testing"
)

func TestEachCallsOnce(t *testing.T) {
	for _, n := range []int{0, 1, 2, 1000} {
		calls := make([]atomic.Int32, n)
		Each(n, func(i int) { calls[i].Add(1) })
		for i := range calls {
			if got := calls[i].Load(); got != 1 {
				t.Errorf("n %d: %d calls with %d", n, got, i)
			}
		}
	}
}
