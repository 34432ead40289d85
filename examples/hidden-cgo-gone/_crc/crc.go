// Package crc adds up bytes, in C.
package crc

// static unsigned add(unsigned sum, unsigned char byte) { return sum * 31 + byte; }
import "C"

// Sum returns a number for a text.
func Sum(text string) uint32 {
	sum := C.uint(0)
	for _, b := range []byte(text) {
		sum = C.add(sum, C.uchar(b))
	}
	return uint32(sum)
}
