//go:build !cgo

package popcount

// Count counts the bits that are set.
func Count(x uint64) int {
	n := 0
	for ; x != 0; x &= x - 1 {
		n++
	}
	return n
}
