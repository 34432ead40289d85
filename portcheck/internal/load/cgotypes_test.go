package load

import "testing"

func TestUnknownTypes(t *testing.T) {
	source := "package p\n\nimport \"C\"\n\ntype A C.int\n\ntype B *C.pair\n\ntype D A\n\ntype E struct{ c C.int }\n\ntype F []C.int\n\ntype G = C.int\n"
	want := "package p\n\nimport \"C\"\n\ntype A=C.int\n\ntype B=*C.pair\n\ntype D=A\n\ntype E struct{ c C.int }\n\ntype F []C.int\n\ntype G = C.int\n"
	if got := unknownTypes(source); got != want {
		t.Errorf("got\n%s", got)
	}
	for _, other := range []string{"package p\n\ntype A C.int\n\nvar C = \"C\"\n", "package p\n\nimport \"C\"\n\ntype A C.int {\n"} {
		if got := unknownTypes(other); got != other {
			t.Errorf("changed to\n%s", got)
		}
	}
}
