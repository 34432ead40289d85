// The program builds for every target, and without cgo the database answers every call with an error.
package main

import "example.com/hidden-cgo-stub/store"

func main() {
	if err := store.Open("data"); err != nil {
		println(err.Error())
	}
}
