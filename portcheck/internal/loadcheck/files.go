package loadcheck

import (
	"errors"
	"fmt"
	"go/parser"
	"go/scanner"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/gopreflight/gopreflight/portcheck/internal/buildtag"
	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/names"
	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/scan"
	"github.com/gopreflight/gopreflight/portcheck/internal/srcdir"
)

// clause is a package name that files of the directory gave before, and on which slots.
type clause struct {
	name, file string
	slots      port.Set
}

// files checks the files of a package one by one, as the go command reads them: test files too, for a broken one spoils
// the whole package. What it cannot read or parse counts on all slots, excluded or not: that is how its index of a
// directory works (src/cmd/go/internal/modindex/read.go; files that changed within two seconds have none yet). It
// returns the slots on which a file cannot be loaded.
func (c *checker) files() (bad port.Set) {
	wanted := c.pkg.Need | c.pkg.NeedTest
	if c.pkg.Root {
		wanted = c.world.Ports.All()
	}
	all := c.world.Ports.All()
	report := func(e Error) {
		e.Slots &= wanted
		bad |= e.Slots
		c.first(e)
	}
	scanned := make(map[string]*load.File)
	for _, files := range [][]*load.File{c.pkg.Files, c.pkg.Tests, c.pkg.XTests} {
		for _, f := range files {
			scanned[f.Name] = f
		}
	}
	listing := c.pkg.Listing.Files
	if c.pkg.Main() {
		listing = allFiles(c.world, c.pkg)
	}
	var clauses []clause
	for i := range listing {
		f := &listing[i]
		if f.Kind != srcdir.Go && f.Kind != srcdir.GoTest || f.Slots == 0 {
			continue
		}
		if f.HeaderErr != nil {
			e := headerError(f)
			if !buildtag.IsSyntax(f.HeaderErr) {
				e.Slots = all
			}
			report(e)
			continue
		}
		s := scanned[f.Name]
		if s == nil {
			// Nothing was kept of an empty file, nor of one that cgo or its package clause leaves out.
			if s = c.readAgain(f); s == nil {
				continue
			}
			if s.Source == "" {
				report(Error{File: f.Path, Line: 1, Column: 1, Message: "expected 'package', found 'EOF'", Slots: all})
				continue
			}
		}
		name := s.Scan.Package
		if e, broken := c.parseError(s); broken {
			c.broken[s] = true
			e.Slots = all
			report(e)
			if name == "" {
				continue
			}
		}
		clauses = c.packageClause(clauses, s, f.Slots, report)
		if f.Kind == srcdir.GoTest && s.Cgo {
			report(Error{File: f.Path, Message: "use of cgo in test " + f.Name + " not supported", Slots: f.Slots})
		}
	}
	return bad
}

// readAgain reads a file of which nothing was kept; nil if it is no part of the package.
func (c *checker) readAgain(f *srcdir.File) *load.File {
	content, err := os.ReadFile(f.Path)
	if err != nil {
		return nil
	}
	s := scan.Scan(string(content), scan.Options{Names: names.NewCache(c.world.Names)})
	if s.Package == "documentation" {
		return nil
	}
	cgo := slices.ContainsFunc(s.Imports, func(i scan.Import) bool { return i.Path == "C" })
	return &load.File{Package: c.pkg, Name: f.Name, Path: f.Path, Source: string(content), Slots: f.Slots, Test: f.Kind == srcdir.GoTest, Cgo: cgo, Scan: s}
}

// packageClause compares the name in a file's package clause with those of the files before, on the slots that the file
// has by its constraints: with cgo off, the name of a file that needs it still counts.
func (c *checker) packageClause(clauses []clause, f *load.File, slots port.Set, report func(Error)) []clause {
	full, rest := f.Scan.Package, slots
	trimmed, external := strings.CutSuffix(full, "_test")
	external = external && f.Test
	for _, known := range clauses {
		on := rest & known.slots
		rest &^= known.slots
		name := full
		if external && known.name != full {
			name = trimmed
		}
		if on != 0 && name != known.name {
			line, column := scan.Position(f.Source, f.Scan.PackageAt)
			report(Error{File: f.Path, Line: line, Column: column, Slots: on,
				Message: fmt.Sprintf("found packages %s (%s) and %s (%s) in %s", known.name, known.file, name, f.Name, c.pkg.Dir)})
		}
	}
	if rest != 0 {
		if external {
			full = trimmed
		}
		clauses = append(clauses, clause{full, f.Name, rest})
	}
	return clauses
}

// headerError is the error of a file whose constraints do not parse, or that cannot be read.
func headerError(f *srcdir.File) Error {
	if f.HeaderErrLine == 0 {
		return Error{File: f.Path, Message: f.HeaderErr.Error(), Slots: f.Slots}
	}
	return Error{File: f.Path, Line: f.HeaderErrLine, Column: 1, Message: f.Name + ": " + f.HeaderErr.Error(), Slots: f.Slots}
}

// parseError returns the error of go/parser in the package clause or the imports. What follows them is the compiler's
// to complain about.
func (c *checker) parseError(f *load.File) (Error, bool) {
	if !suspicious(f) {
		return Error{}, false
	}
	header, nul := importsOf([]byte(f.Source))
	if nul {
		return Error{File: f.Path, Message: "read " + f.Path + ": unexpected NUL in input"}, true
	}
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, f.Path, header, parser.ImportsOnly|parser.ParseComments)
	var list scanner.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		at := list[0].Pos
		return Error{File: at.Filename, Line: at.Line, Column: at.Column, Message: list[0].Msg}, true
	}
	if err != nil {
		return Error{File: f.Path, Message: err.Error()}, true
	}
	if !c.since("go1.26") {
		return Error{}, false // paths that cannot be are then found as packages that are not there
	}
	for _, spec := range file.Imports {
		if path, err := strconv.Unquote(spec.Path.Value); err != nil || !validImport(path) {
			at := files.Position(spec.Pos())
			return Error{File: at.Filename, Line: at.Line, Column: at.Column, Message: "invalid import path: " + path}, true
		}
	}
	return Error{}, false
}

// suspicious reports whether the head of a file may not parse: the scanner forgives much. A comment that never ends
// leaves no declarations.
func suspicious(f *load.File) bool {
	if f.Scan.Leftover || f.Scan.Package == "" || len(f.Scan.Decls) == 0 {
		return true
	}
	for _, i := range f.Scan.Imports {
		end := i.At + 1 + len(i.Path)
		if !validImport(i.Path) || end >= len(f.Source) || f.Source[end] != f.Source[i.At] {
			return true
		}
	}
	return false
}

// importsKnown is the offset up to which go/build sees imports in a file.
func importsKnown(f *load.File) int {
	if !f.Scan.Leftover {
		return len(f.Source)
	}
	header, _ := importsOf([]byte(f.Source))
	return len(header) + len(bom)
}

// validImport is isValidImport of go/build (read.go).
func validImport(path string) bool {
	for _, c := range path {
		if !unicode.IsGraphic(c) || unicode.IsSpace(c) || strings.ContainsRune("!\"#$%&'()*,:;<=>?[\\]^{|}`\uFFFD", c) {
			return false
		}
	}
	return path != ""
}

func quote(s string) string { return strconv.Quote(s) }
