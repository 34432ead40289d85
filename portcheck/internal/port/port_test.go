package port

import (
	"fmt"
	"go/types"
	"strings"
	"sync"
	"testing"
)

func table(t *testing.T, names ...string) *Table {
	t.Helper()
	var slots []Slot
	for _, n := range names {
		os, arch, _ := strings.Cut(n, "/")
		slots = append(slots, Slot{Name: n, OS: os, Arch: arch})
	}
	tab, err := NewTable(slots, []string{"mine"}, 26)
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

// names lists the slots of a set, so that a failure can be read.
func names(t *Table, s Set) string {
	var list []string
	s.Each(func(i int) { list = append(list, t.Slots[i].Name) })
	return strings.Join(list, " ")
}

func TestTagsOfEveryKind(t *testing.T) {
	tab := table(t, "linux/amd64", "android/arm64", "illumos/amd64", "ios/arm64", "windows/386", "js/wasm", "plan9/arm")
	tab.Slots[0].Cgo = true
	tab.Slots[5].ToolTags = []string{"wasm.signext"}
	tab.Slots[6].ToolTags = []string{"goexperiment.boringcrypto"}
	all := names(tab, tab.All())
	for tag, want := range map[string]string{
		"linux":        "linux/amd64 android/arm64",
		"android":      "android/arm64",
		"solaris":      "illumos/amd64",
		"darwin":       "ios/arm64",
		"unix":         "linux/amd64 android/arm64 illumos/amd64 ios/arm64",
		"amd64":        "linux/amd64 illumos/amd64",
		"cgo":          "linux/amd64",
		"wasm.signext": "js/wasm",
		"boringcrypto": "plan9/arm",
		"gc":           all,
		"mine":         all,
		"go1.1":        all,
		"go1.26":       all,
		"go1.27":       "",
		"go1.0":        "",
		"go1.05":       "",
		"go1.26.1":     "",
		"go1.":         "",
		"gccgo":        "",
		"zos":          "",
		"":             "",
	} {
		for range [2]int{} { // computed, then remembered
			if got := names(tab, tab.Tag(tag)); got != want {
				t.Errorf("tag %q holds on %q, want %q", tag, got, want)
			}
		}
	}
}

func TestTagOfTheUserCanBeThatOfAPort(t *testing.T) {
	tab, err := NewTable([]Slot{{OS: "linux", Arch: "amd64"}}, []string{"windows"}, 22)
	if err != nil {
		t.Fatal(err)
	}
	if tab.Tag("windows") != tab.All() {
		t.Error("-tags windows must hold on linux, as in go/build")
	}
}

func TestNarrowSlotsAreThoseOfTheTypeChecker(t *testing.T) {
	for arch := range knownArch {
		sizes := types.SizesFor("gc", arch)
		if sizes == nil {
			continue
		}
		tab := table(t, "linux/"+arch)
		if got, want := !tab.Narrow().Empty(), sizes.Sizeof(types.Typ[types.Int]) == 4; got != want {
			t.Errorf("%s: narrow is %v, go/types says %v", arch, got, want)
		}
	}
}

func TestTableNeedsOneTo64Slots(t *testing.T) {
	if _, err := NewTable(nil, nil, 26); err == nil {
		t.Error("a table without slots was made")
	}
	if tab, err := NewTable(make([]Slot, 64), nil, 26); err != nil || tab.All() != ^Set(0) {
		t.Errorf("64 slots: %v", err)
	}
	_, err := NewTable(make([]Slot, 65), nil, 26)
	if err == nil || !strings.Contains(err.Error(), "65 targets") {
		t.Errorf("65 slots: %v", err)
	}
}

func TestTagIsSafeForManyGoroutines(t *testing.T) {
	tab := table(t, "linux/amd64", "windows/amd64")
	var wg sync.WaitGroup
	for i := 0; i < 8; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for k := 0; k < 200; k++ {
				tab.Tag(fmt.Sprint("tag", k%50))
				if tab.Tag("linux") != One(0) {
					t.Error("linux changed")
				}
			}
		}()
	}
	wg.Wait()
}

func TestSet(t *testing.T) {
	s := One(0) | One(5) | One(63)
	if s.Len() != 3 || s.First() != 0 || !s.Has(63) || s.Has(1) || s.Has(64) || s.Has(-1) || s.Empty() {
		t.Errorf("set %b", s)
	}
	var got []int
	s.Each(func(i int) { got = append(got, i) })
	if fmt.Sprint(got) != "[0 5 63]" {
		t.Errorf("Each went over %v", got)
	}
	if Set(0).First() != -1 || !Set(0).Empty() {
		t.Error("the empty set has a first slot")
	}
}

func TestMinor(t *testing.T) {
	for version, want := range map[string]int{
		"go1.26.8": 26, "go1.22": 22, "go1.27rc1": 27, "devel go1.28-1a2b3c Mon": 28, "go1.26.1 X:nodwarf5": 26,
		"": -1, "1.26": -1, "go1.": -1, "go2.1": -1,
	} {
		got, err := Minor(version)
		if err != nil {
			got = -1
		}
		if got != want {
			t.Errorf("Minor(%q) = %d (%v), want %d", version, got, err, want)
		}
	}
}
