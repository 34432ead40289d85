package hash

import (
	"math/bits"
	"math/rand"
	"strings"
	"testing"
)

func TestBytesIsString(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for length := 0; length < 70; length++ {
		b := make([]byte, length)
		r.Read(b)
		if Bytes(b) != String(string(b)) {
			t.Errorf("two numbers for the same %d bytes", length)
		}
	}
}

func TestLengthCounts(t *testing.T) {
	seen := make(map[uint64]int)
	for i := 0; i < 64; i++ {
		h := String(strings.Repeat("\x00", i))
		if before, ok := seen[h]; ok {
			t.Errorf("%d and %d zero bytes have the same number", before, i)
		}
		seen[h] = i
	}
}

// A changed bit must reach about half of the bits of the number, in every place: sums of numbers and low bits of them are
// compared and used for tables.
func TestSpread(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	for _, length := range []int{1, 7, 8, 9, 31} {
		var flips [64]int
		const rounds = 2000
		for i := 0; i < rounds; i++ {
			b := make([]byte, length)
			r.Read(b)
			before := Bytes(b)
			b[r.Intn(length)] ^= 1 << r.Intn(8)
			for changed := before ^ Bytes(b); changed != 0; changed &= changed - 1 {
				flips[bits.TrailingZeros64(changed)]++
			}
		}
		for bit, n := range flips {
			if n < rounds/4 || n > rounds*3/4 {
				t.Errorf("%d bytes: bit %d changes %d times of %d", length, bit, n, rounds)
			}
		}
	}
}

func TestMixHasAnOrder(t *testing.T) {
	if Mix(1, 2) == Mix(2, 1) || Mix(0, 0) == 0 && Mix(0, 1) == 1 {
		t.Error("Mix is too simple")
	}
	seen := make(map[uint64]bool)
	for a := uint64(0); a < 300; a++ {
		for b := uint64(0); b < 300; b++ {
			seen[Mix(a, b)] = true
		}
	}
	if len(seen) != 90000 {
		t.Errorf("%d numbers for 90000 pairs", len(seen))
	}
}
