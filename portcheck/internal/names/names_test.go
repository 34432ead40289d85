package names

import (
	"fmt"
	"sync"
	"testing"

	"github.com/gopreflight/gopreflight/portcheck/internal/hash"
)

func TestTable(t *testing.T) {
	table := New()
	if table.Of("") != 0 || table.Len() != 1 {
		t.Error("the empty name is not 0")
	}
	read, upper := table.Of("read"), table.Of("READ")
	if read == upper || read != table.Of("read") || table.Text(upper) != "READ" || table.Hash(upper) != hash.String("READ") {
		t.Error("names are mixed up")
	}
	if table.Fold(upper) != read || table.Fold(read) != read {
		t.Error("names are not folded")
	}
	// A name whose folded form nobody asked for yet, and one that folds to itself outside of ASCII.
	if got := table.Text(table.Fold(table.Of("ÄÖx"))); got != "äöx" {
		t.Errorf("folded to %q", got)
	}
}

func TestTableFromManyGoroutines(t *testing.T) {
	table := New()
	const count = 500
	ids := make([][]ID, 8)
	var group sync.WaitGroup
	for g := range ids {
		group.Add(1)
		go func() {
			defer group.Done()
			cache := NewCache(table)
			for i := 0; i < count; i++ {
				ids[g] = append(ids[g], cache.Of(fmt.Sprint("Name", i)))
			}
		}()
	}
	group.Wait()
	for g := range ids {
		for i, id := range ids[g] {
			if id != ids[0][i] || table.Text(id) != fmt.Sprint("Name", i) {
				t.Fatalf("goroutine %d got %d for name %d, another %d", g, id, i, ids[0][i])
			}
		}
	}
	if want := 1 + 2*count; table.Len() != want {
		t.Errorf("%d entries, want %d: each name and its folded form once", table.Len(), want)
	}
}
