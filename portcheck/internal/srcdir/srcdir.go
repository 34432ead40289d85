// Package srcdir reads the directory of one package: its source files and the slots that each belongs to.
package srcdir

import (
	"io"
	"os"

	"github.com/gopreflight/gopreflight/portcheck/internal/buildtag"
	"github.com/gopreflight/gopreflight/portcheck/internal/port"
)

// File is one source file.
type File struct {
	Name          string
	Path          string
	Kind          Kind
	Slots         port.Set // where both the name and the header allow it; with HeaderErr: where go reports that
	Constraint    string   // of name and header together, "" if there is none
	HeaderErr     error    // the go command cannot load the file: its //go:build line is broken, or it cannot be read
	HeaderErrLine int      // 0 if the file cannot be read
	Content       []byte   // Go files with at least one slot: all of it
}

// Dir is one directory.
type Dir struct {
	Path       string
	Files      []File   // sorted by name
	Tests      []string // names of the test files, if Options.Tests is off and they were not read
	HasGoFiles bool     // there is a Go file that is no test, on whatever slot
}

// Options say what to read.
type Options struct {
	Std   bool // a package of the standard library: only .go is read, .s and .syso are known by name, no tests
	Tests bool // read the test files too
	// Excluded asks for the header of files that their name already excludes from every slot, so that Constraint is
	// complete.
	Excluded bool
}

// Read reads a directory. Names that begin with _ or . do not count, nor do links to directories, as for go/build.
// The error is that of reading the directory; a file that cannot be read has HeaderErr.
func Read(t *port.Table, dir string, o Options) (*Dir, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	d := &Dir{Path: dir, Files: make([]File, 0, len(entries))}
	for _, e := range entries {
		name := e.Name()
		kind := KindOf(name)
		if kind == Other || name[0] == '_' || name[0] == '.' || o.Std && (kind == GoTest || kind == AsmC || kind == CFamily) {
			continue
		}
		path := dir + string(os.PathSeparator) + name
		if !isFile(e, path) {
			continue
		}
		if kind == GoTest && !o.Tests {
			d.Tests = append(d.Tests, name)
			continue
		}
		d.HasGoFiles = d.HasGoFiles || kind == Go
		f := File{Name: name, Path: path, Kind: kind}
		f.Slots, f.Constraint = buildtag.FileName(t, name)
		if kind != Syso && !(o.Std && kind == Asm) && (!f.Slots.Empty() || o.Excluded) {
			f.readHeader(t)
		}
		d.Files = append(d.Files, f)
	}
	return d, nil
}

// isFile reports whether the entry is a file or a link to one. A link that leads nowhere counts: go complains about it.
func isFile(e os.DirEntry, path string) bool {
	if e.Type().IsRegular() {
		return true
	}
	if e.Type()&os.ModeSymlink == 0 {
		return false
	}
	info, err := os.Stat(path)
	return err != nil || info.Mode().IsRegular()
}

// readHeader narrows the slots of f by its header, and keeps the content of a Go file.
func (f *File) readHeader(t *port.Table) {
	isGo := f.Kind == Go || f.Kind == GoTest
	var h buildtag.Header
	content, err := readFile(f.Path, !isGo, func(prefix []byte) (complete bool) {
		h, complete = buildtag.ReadPrefix(t, prefix)
		return complete
	})
	switch {
	case err != nil && isGo:
		f.HeaderErr = err
	case h.Err != nil && isGo:
		f.HeaderErr, f.HeaderErrLine = h.Err, h.Line
	case err != nil || h.Err != nil:
		f.Slots = 0 // go leaves out what is not Go and cannot be understood
	default:
		f.Slots &= h.Slots
		f.Constraint = buildtag.Join(f.Constraint, h.Constraint)
		if isGo && !f.Slots.Empty() {
			f.Content = content
		}
	}
}

// headSize is what is read of C and assembly files first: they may have megabytes, their constraints stand at the top.
const headSize = 16 << 10

// readFile reads a file and hands it to look; with headOnly it stops as soon as look is content with a prefix.
func readFile(path string, headOnly bool, look func(prefix []byte) (complete bool)) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	content := make([]byte, info.Size())
	got := 0
	if headOnly && len(content) > headSize {
		if got, err = io.ReadFull(f, content[:headSize]); err != nil {
			return nil, err
		}
		if look(content[:got]) {
			return nil, nil
		}
	}
	if _, err := io.ReadFull(f, content[got:]); err != nil {
		return nil, err
	}
	look(content)
	return content, nil
}
