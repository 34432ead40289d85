// The program builds wherever the team builds it, on Linux and macOS. Two ports of its users are another matter.
package main

import (
	"fmt"
	"os"
)

func main() {
	size, err := mapped(os.Args[0])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(size, budget)
}

// A budget in bytes that nobody tried on a 32-bit system.
var budget = 8 << 30
