// Without cgo the dependency does the same in Go: nothing is wrong.
package main

import "example.com/popcount"

func main() {
	println(popcount.Count(0xff))
}
