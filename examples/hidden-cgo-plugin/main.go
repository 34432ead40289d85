// The program builds for every target, and without cgo it cannot open a single plugin.
package main

import (
	"os"
	"plugin"
)

func main() {
	for _, name := range os.Args[1:] {
		if _, err := plugin.Open(name); err != nil {
			println(err.Error())
		}
	}
}
