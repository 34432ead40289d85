package main

// static const char *greeting(void) { return "hello from C"; }
import "C"

func greeting() string {
	return C.GoString(C.greeting())
}
