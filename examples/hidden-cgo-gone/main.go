// The dependency consists of files that import "C" alone: without cgo the go command finds no package there.
package main

import "example.com/crc"

func main() {
	println(crc.Sum("gopher"))
}
