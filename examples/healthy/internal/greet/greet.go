// Package greet makes greetings.
package greet

// Hello greets somebody by name.
func Hello(name string) string {
	return "Hello, " + name + "!"
}
