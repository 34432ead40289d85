// The C file lies beside Go files that do not import "C": a build without cgo passes over it, one with cgo refuses it.
package main

import "example.com/hidden-cgo-ignored-c/checksum"

func main() {
	println(checksum.Of("gopher"))
}
