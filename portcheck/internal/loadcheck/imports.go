package loadcheck

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/scan"
	"github.com/gopreflight/gopreflight/portcheck/internal/srcdir"
)

// use is an import in the first file that has it, on the slots where that file is the first.
type use struct {
	file  *load.File
	at    *load.Import
	slots port.Set
}

// imports checks what the files import: whether it is there, and whether it may be imported.
func (c *checker) imports(variant string, files []*load.File, need port.Set) {
	uses := make(map[string][]use)
	seen := make(map[string]port.Set)
	var paths []string
	for _, f := range files {
		if c.broken[f] {
			continue
		}
		known := importsKnown(f)
		for i := range f.Imports {
			im := &f.Imports[i]
			if im.At >= known {
				break
			}
			slots := f.Slots & need &^ seen[im.Path]
			if slots == 0 || im.Path == "C" {
				continue
			}
			if seen[im.Path] == 0 {
				paths = append(paths, im.Path)
			}
			seen[im.Path] |= slots
			uses[im.Path] = append(uses[im.Path], use{f, im, slots})
		}
	}
	slices.Sort(paths)
	for _, path := range paths {
		for _, u := range uses[path] {
			c.missing(variant, u)
			if message := c.forbidden(u.at); message != "" {
				slots := u.slots & u.at.Target.Slots
				if u.at.Target.Name == "main" && u.at.Target.Dir == c.pkg.Dir {
					continue
				}
				c.first(c.at(variant, u, message, slots))
			}
		}
	}
}

// missing says that an import leads nowhere: for the go command that is an error of what is missing, so there may be
// several.
func (c *checker) missing(variant string, u use) {
	target := u.at.Target
	switch {
	case u.at.Failure != nil:
		c.add(c.at(variant, u, u.at.Failure.Message, u.slots))
	case target == nil || !target.Read():
	case target.ReadErr != nil:
		c.add(c.at(variant, u, target.ReadErr.Error(), u.slots))
	default:
		slots := u.slots &^ target.Slots
		if slots == 0 {
			return
		}
		if slots &^= unloadable(allFiles(c.world, target)); slots != 0 {
			for _, part := range noGo(c.world, target, slots) {
				c.add(c.at(variant, u, part.message, part.slots))
			}
		}
	}
}

// unloadable are the slots on which a Go file has a header that cannot be read: that is the error then.
func unloadable(files []srcdir.File) (set port.Set) {
	for i := range files {
		if f := &files[i]; f.HeaderErr != nil {
			set |= f.Slots
		}
	}
	return set
}

// at is an error at an import.
func (c *checker) at(variant string, u use, message string, slots port.Set) Error {
	line, column := importPosition(u.file, u.at)
	return Error{Variant: variant, File: u.file.Path, Line: line, Column: column, Message: message, Slots: slots}
}

// importPosition is where the go command sees an import: at its name, if it has one.
func importPosition(f *load.File, im *load.Import) (line, column int) {
	offset := im.At
	if im.Name != "" {
		offset = max(0, strings.LastIndex(f.Source[:offset], im.Name))
	}
	return scan.Position(f.Source, offset)
}

// forbidden says why a package must not be imported here, "" if it may.
func (c *checker) forbidden(im *load.Import) string {
	t := im.Target
	if t == nil {
		return ""
	}
	if c.internal(t) {
		return "use of internal package " + t.Path + " not allowed"
	}
	if i, ok := vendored(t.Path); ok && !c.sees(t, i) {
		return "use of vendored package not allowed"
	}
	if i, ok := vendored(im.Path); ok {
		return im.Path + " must be imported as " + im.Path[i+len("vendor/"):]
	}
	if t.Name == "main" {
		return "import " + quote(im.Path) + " is a program, not an importable package"
	}
	return ""
}

// internal reports whether the package is internal to another tree (disallowInternal of the go command).
func (c *checker) internal(t *load.Package) bool {
	end := -1
	switch {
	case strings.HasSuffix(t.Path, "/internal"):
		end = len(t.Path) - len("/internal")
	case strings.Contains(t.Path, "/internal/"):
		end = strings.LastIndex(t.Path, "/internal/")
	case strings.HasPrefix(t.Path, "internal/"), t.Path == "internal":
		end = 0
	}
	switch {
	case end < 0:
		return false
	case t.Std:
		return !c.pkg.Std
	case end == 0:
		return false
	}
	rest, ok := strings.CutPrefix(c.pkg.Path, t.Path[:end])
	return !ok || rest != "" && rest[0] != '/'
}

// vendored finds the last element vendor of a path that has elements below it.
func vendored(path string) (int, bool) {
	if i := strings.LastIndex(path, "/vendor/"); i >= 0 {
		return i + 1, true
	}
	return 0, strings.HasPrefix(path, "vendor/")
}

// sees reports whether the package lies in the tree around the directory vendor at index i of the target's path.
func (c *checker) sees(t *load.Package, i int) bool {
	end := max(0, i-1) + len(t.Dir) - len(t.Path)
	if end < 0 || end > len(t.Dir) {
		return true
	}
	around := filepath.Clean(t.Dir[:end])
	rest, ok := strings.CutPrefix(c.pkg.Dir, around)
	return ok && (rest == "" || rest[0] == filepath.Separator)
}
