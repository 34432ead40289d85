package main

import "example.com/hidden-cgo/clock"

func main() {
	println(clock.Ticks())
}
