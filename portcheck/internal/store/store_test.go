package store

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/gopreflight/gopreflight/portcheck/internal/hash"
)

func filled(dir string) (*Store, *Info, *Result, map[uint64]bool) {
	info := &Info{Name: "p", Slots: 1 << 63, HasGo: true, Imports: []Import{{"fmt", 3}, {"C", 1}}}
	result := &Result{Slots: 7, Errors: []Error{{"type", "a.go", "undefined: x\n\tand more", 3, 0, 5}},
		Loads: []Error{{"", "", "no Go files", 0, 0, 2}}}
	right := map[uint64]bool{0: true, 1: true, 1<<64 - 1: true}
	s := Open(dir, "base")
	s.PutInfo(1, info)
	s.PutResult(2, result)
	s.PutRight(3, right)
	return s, info, result, right
}

func TestRoundTrip(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "made", "on", "demand")
	s, info, result, right := filled(dir)
	s.Save()
	again := Open(dir, "base")
	if got := again.Info(1); !reflect.DeepEqual(got, info) {
		t.Errorf("info: %+v", got)
	}
	if got := again.Result(2, 3); !reflect.DeepEqual(got, result) {
		t.Errorf("result: %+v", got)
	}
	if got := again.Right(3); !reflect.DeepEqual(got, right) {
		t.Errorf("right: %v", got)
	}
	if again.Result(2, 8) != nil {
		t.Error("a result on slots that were not looked at")
	}
	if again.Info(2) != nil || again.Result(1, 0) != nil || again.Right(1) != nil {
		t.Error("the kinds of entries are mixed up")
	}
	if again.Hits() != 1 {
		t.Errorf("%d hits", again.Hits())
	}
	if other := Open(dir, "other"); other.Info(1) != nil {
		t.Error("another base sees the same entries")
	}
	again.PutRight(3, nil)
	if again.Right(3) != nil {
		t.Error("a forgotten unit is still known")
	}
}

func TestNoFolder(t *testing.T) {
	for _, s := range []*Store{nil, Open("", "base")} {
		s.PutInfo(1, &Info{})
		s.PutResult(1, &Result{})
		s.PutRight(1, map[uint64]bool{1: true})
		s.Save()
		if s.On() || s.Info(1) != nil || s.Result(1, 0) != nil || s.Right(1) != nil || s.Hits() != 0 {
			t.Error("something was kept")
		}
	}
}

// Entries that nobody asks for go after keepRuns runs, the others stay.
func TestAge(t *testing.T) {
	dir := t.TempDir()
	s, _, _, _ := filled(dir)
	s.Save()
	for i := 0; i < keepRuns+2; i++ {
		s = Open(dir, "base")
		if s.Result(2, 1) == nil {
			t.Fatalf("run %d: an entry in use is gone", i)
		}
		// Only what changes is written.
		s.PutInfo(uint64(100+i), &Info{})
		s.Save()
	}
	s = Open(dir, "base")
	if s.Info(1) != nil || s.Right(3) != nil {
		t.Error("old entries stay")
	}
}

func TestBrokenFiles(t *testing.T) {
	dir := t.TempDir()
	s, _, _, _ := filled(dir)
	s.Save()
	file := filepath.Join(dir, "results-base.bin")
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	check := func(text []byte) {
		t.Helper()
		if err := os.WriteFile(file, text, 0o666); err != nil {
			t.Fatal(err)
		}
		if s := Open(dir, "base"); s.Info(1) != nil || s.Result(2, 0) != nil || s.Right(3) != nil {
			t.Error("a broken file is believed")
		}
	}
	for i := range whole {
		check(whole[:i])
		broken := append([]byte(nil), whole...)
		broken[i] ^= 0x55
		check(broken)
	}
	check(append(append([]byte(nil), whole...), 0))
	left, _ := filepath.Glob(filepath.Join(dir, "*.tmp"))
	if len(left) > 0 {
		t.Errorf("left over: %q", left)
	}
}

// FuzzDecode looks behind the checksum: its input is what follows the magic and the sum.
func FuzzDecode(f *testing.F) {
	s, _, _, _ := filled("x")
	w := s.encode()
	r := &reader{s: string(w[len(magic):])}
	r.num()
	f.Add(r.s)
	f.Add("\x01\x01\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01")
	f.Fuzz(func(t *testing.T, body string) {
		s := &Store{file: "x", infos: make(map[uint64]*entry[*Info]), results: make(map[uint64]*entry[*Result]),
			right: make(map[uint64]*entry[[]uint64])}
		if s.decode(sealed(body)) {
			again := Store{infos: make(map[uint64]*entry[*Info]), results: make(map[uint64]*entry[*Result]),
				right: make(map[uint64]*entry[[]uint64])}
			if !again.decode(string(s.encode())) {
				t.Error("what was decoded cannot be encoded")
			}
		}
	})
}

// sealed puts the magic and the right sum before a body.
func sealed(body string) string {
	head := &writer{b: []byte(magic)}
	head.num(hash.String(body))
	return string(head.b) + body
}
