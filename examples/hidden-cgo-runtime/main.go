// runtime/cgo is imported for its handles, in a file that needs no cgo itself: without cgo the program does not link.
package main

import "runtime/cgo"

func main() {
	handle := cgo.NewHandle("gopher")
	println(handle.Value().(string))
	handle.Delete()
}
