// Package greeting makes greetings.
package greeting

// Hello greets somebody by name.
func Hello(name string) string { return "Hello, " + name + "!" }
