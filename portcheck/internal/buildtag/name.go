// Package buildtag turns build constraints, in file names and in file headers, into sets of slots.
package buildtag

import (
	"go/build/constraint"
	"strings"

	"github.com/gopreflight/gopreflight/portcheck/internal/port"
)

// FileName returns the slots that the name of a file allows and the constraint that it stands for,
// "linux && amd64" or "" (Context.goodOSArchFile of go/build).
func FileName(t *port.Table, name string) (port.Set, string) {
	os, arch := suffixes(name)
	switch {
	case os != "" && arch != "":
		return t.Tag(arch) & t.Tag(os), os + " && " + arch
	case os != "":
		return t.Tag(os), os
	case arch != "":
		return t.Tag(arch), arch
	}
	return t.All(), ""
}

// suffixes returns the operating system and the architecture that end the name, "" for none.
func suffixes(name string) (os, arch string) {
	if i := strings.IndexByte(name, '.'); i >= 0 {
		name = name[:i]
	}
	// What stands before the first underscore never counts: linux.go is a file for all.
	i := strings.IndexByte(name, '_')
	if i < 0 {
		return "", ""
	}
	name = strings.TrimSuffix(name[i:], "_test")
	last := strings.LastIndexByte(name, '_')
	if last < 0 {
		return "", ""
	}
	tail, head := name[last+1:], name[:last]
	if port.IsKnownOS(tail) {
		return tail, ""
	}
	if !port.IsKnownArch(tail) {
		return "", ""
	}
	if before := strings.LastIndexByte(head, '_'); before >= 0 && port.IsKnownOS(head[before+1:]) {
		return head[before+1:], tail
	}
	return "", tail
}

// Join returns the constraint that holds where both hold. Each may be empty; both must be valid.
func Join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return group(a) + " && " + group(b)
}

// group puts parentheses around an alternative.
func group(text string) string {
	if !strings.Contains(text, "||") {
		return text
	}
	x, err := constraint.Parse("//go:build " + text)
	if _, or := x.(*constraint.OrExpr); or || err != nil {
		return "(" + text + ")"
	}
	return text
}
