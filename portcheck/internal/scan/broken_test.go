package scan

import (
	"math/rand"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/gopreflight/gopreflight/portcheck/internal/names"
)

// A file with syntax errors can be anything: the scanner must come to its end with all of it. The sources are broken in a
// fixed order, so that a failure can be repeated.
func TestBrokenSources(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(runtime.GOROOT(), "src", "os", "*.go"))
	if err != nil || len(files) == 0 {
		t.Skip("no standard library")
	}
	random := rand.New(rand.NewSource(1))
	pieces := []string{"(", ")", "{", "}", "[", "]", "=", ";", "\n", "var ", "const ", "type ", "func ", "import ", "\"", "`", "'", "/*", "//", ".", ",", "*", "struct{", "interface{", "\x00"}
	cache := names.NewCache(names.New())
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < 20; i++ {
			text := source
			if len(text) > 1500 {
				from := random.Intn(len(text) - 1500)
				text = append([]byte("package p\n"), text[from:from+1500]...)
			}
			at := random.Intn(len(text))
			piece := pieces[random.Intn(len(pieces))]
			end := min(len(text), at+random.Intn(20))
			broken := string(text[:at]) + piece + string(text[end:])
			for _, bodies := range []bool{false, true} {
				func() {
					defer func() {
						if r := recover(); r != nil {
							t.Fatalf("%v on\n%s", r, broken)
						}
					}()
					for _, d := range Scan(broken, Options{Names: cache, Bodies: bodies}).Decls {
						_, _, _ = broken[d.From:d.To], broken[d.Spec:], broken[d.Body:d.BodyEnd]
					}
				}()
			}
		}
	}
}
