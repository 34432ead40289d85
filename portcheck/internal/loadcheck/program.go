package loadcheck

import (
	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/scan"
)

// Refusal returns why the go command builds no program at all for a slot, "" if it does: some systems need the linker
// of a C toolchain, and so cgo (Go 1.26 src/internal/platform/supported.go, MustLinkExternal and DefaultPIE;
// LinkerDeps of src/cmd/go/internal/load/pkg.go).
func Refusal(s port.Slot) string {
	what := ""
	switch {
	case s.Cgo:
	case s.OS == "android" && s.Arch != "arm64", s.OS == "ios" && s.Arch == "arm64":
		what = s.OS + "/" + s.Arch
	case s.OS == "ios":
		what = "default PIE binary"
	}
	if what == "" {
		return ""
	}
	return what + " requires external (cgo) linking, but cgo is not enabled"
}

// undeclaredMain finds programs without a function main. The compiler does not mind, the linker does.
func (c *checker) undeclaredMain(slots port.Set) {
	p := c.pkg
	if p.Name != "main" || !p.Root {
		return
	}
	main := c.world.Names.Of("main")
	var where *load.File
	for _, f := range p.Files {
		if where == nil && f.Slots&slots != 0 {
			where = f
		}
		for _, d := range f.Decls {
			if d.Kind == scan.Func && len(d.Names) == 1 && d.Names[0] == main {
				slots &^= f.Slots
			}
		}
	}
	if slots &^= c.taken[""]; slots != 0 {
		line, column := scan.Position(where.Source, where.Scan.PackageAt)
		c.add(Error{File: where.Path, Line: line, Column: column, Message: "function main is undeclared in the main package", Slots: slots, Link: true})
	}
}
