// Package hash mixes bytes and numbers into 64 bits: fast, stable from run to run, and not meant against an adversary
// (a module could only mislead the check of its own code).
package hash

import "math/bits"

const (
	k0 = 0x9e3779b97f4a7c15
	k1 = 0xd1b54a32d192ed03
)

// Mix combines two numbers; the order matters.
func Mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a^k0, b^k1)
	return hi ^ lo + k0*(a+1) + bits.RotateLeft64(b, 29)
}

// String hashes a text.
func String(s string) uint64 {
	h := uint64(len(s)) * k1
	for len(s) >= 8 {
		h = Mix(h, uint64(s[0])|uint64(s[1])<<8|uint64(s[2])<<16|uint64(s[3])<<24|
			uint64(s[4])<<32|uint64(s[5])<<40|uint64(s[6])<<48|uint64(s[7])<<56)
		s = s[8:]
	}
	var tail uint64
	for i := 0; i < len(s); i++ {
		tail |= uint64(s[i]) << (8 * i)
	}
	return Mix(h, tail)
}

// Bytes hashes a text, to the same number as String.
func Bytes(b []byte) uint64 {
	h := uint64(len(b)) * k1
	for len(b) >= 8 {
		h = Mix(h, word(b))
		b = b[8:]
	}
	var tail uint64
	for i := 0; i < len(b); i++ {
		tail |= uint64(b[i]) << (8 * i)
	}
	return Mix(h, tail)
}

func word(b []byte) uint64 {
	_ = b[7]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}
