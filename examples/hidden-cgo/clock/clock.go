// Package clock reads the processor clock of the process.
package clock

// Ticks returns the processor time used so far, in clock ticks.
func Ticks() int64 {
	return ticks()
}
