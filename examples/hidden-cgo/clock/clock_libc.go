package clock

// #include <time.h>
import "C"

func ticks() int64 {
	return int64(C.clock())
}
