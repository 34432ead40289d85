package popcount

// static int count(unsigned long long x) { return __builtin_popcountll(x); }
import "C"

// Count counts the bits that are set.
func Count(x uint64) int {
	return int(C.count(C.ulonglong(x)))
}
