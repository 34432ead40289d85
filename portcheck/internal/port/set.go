package port

import "math/bits"

// Set is a set of slots: bit i stands for slot i of a Table.
type Set uint64

// MaxSlots is the number of slots that a Set can hold.
const MaxSlots = 64

// Has reports whether slot i is in the set.
func (s Set) Has(i int) bool { return i >= 0 && i < MaxSlots && s&(1<<i) != 0 }

// Empty reports whether no slot is in the set.
func (s Set) Empty() bool { return s == 0 }

// Len returns the number of slots in the set.
func (s Set) Len() int { return bits.OnesCount64(uint64(s)) }

// First returns the lowest slot of the set, or -1 if it is empty.
func (s Set) First() int {
	if s == 0 {
		return -1
	}
	return bits.TrailingZeros64(uint64(s))
}

// Each calls f for every slot of the set, lowest first.
func (s Set) Each(f func(i int)) {
	for ; s != 0; s &= s - 1 {
		f(bits.TrailingZeros64(uint64(s)))
	}
}

// One returns the set that holds slot i alone.
func One(i int) Set { return 1 << i }
