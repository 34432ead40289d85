// Nothing sets CGO_ENABLED, so it depends on the machine that builds which of the two files is compiled.
package main

func main() {
	println(greeting())
}
