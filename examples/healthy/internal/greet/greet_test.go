package greet

import "testing"

func TestHello(t *testing.T) {
	if got := Hello("gopher"); got != "Hello, gopher!" {
		t.Fatal(got)
	}
}
