// A module with nothing wrong in it.
package main

import (
	"os"

	"example.com/healthy/internal/greet"
)

func main() {
	os.Stdout.WriteString(greet.Hello("gopher") + "\n")
}
