package srcdir

import "strings"

// Kind is what go does with a file, by its name.
type Kind uint8

// The kinds of files that go/build knows (Go 1.26 src/go/build/build.go, fileListForExt).
const (
	Other   Kind = iota // not a source file
	Go                  // .go
	GoTest              // _test.go
	Asm                 // .s: Go assembly, or the C compiler's in a package with cgo
	AsmC                // .S .sx: only in a package with cgo
	Syso                // .syso: given to the linker, never read
	CFamily             // C, C++, Objective-C, Fortran, their headers, SWIG
)

// KindOf returns the kind of a file by its name alone.
func KindOf(name string) Kind {
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		return Other
	}
	switch name[i:] {
	case ".go":
		if strings.HasSuffix(name, "_test.go") {
			return GoTest
		}
		return Go
	case ".s":
		return Asm
	case ".S", ".sx":
		return AsmC
	case ".syso":
		return Syso
	case ".c", ".cc", ".cpp", ".cxx", ".m", ".h", ".hh", ".hpp", ".hxx", ".f", ".F", ".for", ".f90", ".swig", ".swigcxx":
		return CFamily
	}
	return Other
}
