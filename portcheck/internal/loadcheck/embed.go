package loadcheck

import (
	"fmt"
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/resolve"
)

// pattern is one argument of a //go:embed line.
type pattern struct {
	text   string
	file   *load.File
	line   int
	column int
}

// embeds checks that the patterns of //go:embed lines match files.
func (c *checker) embeds(variant string, files []*load.File, need port.Set) {
	var all []pattern
	for _, f := range files {
		if f.Slots&need != 0 && slices.ContainsFunc(f.Imports, func(i load.Import) bool { return i.Path == "embed" }) {
			all = append(all, patternsOf(f)...)
		}
	}
	slices.SortStableFunc(all, func(a, b pattern) int { return strings.Compare(a.text, b.text) })
	known := make(map[string]string)
	for _, p := range all {
		why, ok := known[p.text]
		if !ok {
			why = embedError(c.pkg.Dir, p.text, c.since("go1.26"))
			known[p.text] = why
		}
		if why != "" {
			c.first(Error{Variant: variant, File: p.file.Path, Line: p.line, Column: p.column,
				Message: "pattern " + p.text + ": " + why, Slots: p.file.Slots & need})
		}
	}
}

// patternsOf reads the //go:embed lines of a file. Lines that are not well formed are the compiler's to complain about.
func patternsOf(f *load.File) []pattern {
	if !strings.Contains(f.Source, "//go:embed") {
		return nil
	}
	var out []pattern
	files := token.NewFileSet()
	file := files.AddFile(f.Path, -1, len(f.Source))
	var s scanner.Scanner
	s.Init(file, []byte(f.Source), func(token.Position, string) {}, scanner.ScanComments)
	for {
		pos, tok, text := s.Scan()
		if tok == token.EOF {
			return out
		}
		args, ok := strings.CutPrefix(text, "//go:embed")
		if tok != token.COMMENT || !ok || args == "" || args[0] != ' ' && args[0] != '\t' {
			continue
		}
		at := files.Position(pos)
		if list, ok := splitArguments(args); ok {
			for _, a := range list {
				out = append(out, pattern{a.text, f, at.Line, at.Column + len("//go:embed") + a.at})
			}
		}
	}
}

type argument struct {
	text string
	at   int
}

// splitArguments cuts arguments at spaces; those with a space in them are Go strings.
func splitArguments(text string) (list []argument, ok bool) {
	for pos := 0; ; {
		for pos < len(text) && unicode.IsSpace(rune(text[pos])) {
			pos++
		}
		if pos >= len(text) {
			return list, true
		}
		start, rest := pos, text[pos:]
		value := rest
		if rest[0] == '"' || rest[0] == '`' {
			quoted, err := strconv.QuotedPrefix(rest)
			if err != nil {
				return nil, false
			}
			value, _ = strconv.Unquote(quoted)
			pos += len(quoted)
			if pos < len(text) && !unicode.IsSpace(rune(text[pos])) {
				return nil, false
			}
		} else {
			if i := strings.IndexFunc(rest, unicode.IsSpace); i >= 0 {
				value = rest[:i]
			}
			pos += len(value)
		}
		list = append(list, argument{value, start})
	}
}

// since reports whether the toolchain is of this release or a later one.
func (c *checker) since(release string) bool { return c.world.Ports.Tag(release) != 0 }

// embedError says why a pattern embeds nothing, "" if it does (resolveEmbed of src/cmd/go/internal/load/pkg.go). strict
// is set for toolchains that refuse a directory for the name of a file in it; earlier ones leave the file out.
func embedError(dir, text string, strict bool) string {
	glob, all := strings.CutPrefix(text, "all:")
	if _, err := path.Match(glob, ""); err != nil || glob == "." || !fs.ValidPath(glob) {
		return "invalid pattern syntax"
	}
	count := 0
	for _, rel := range matches(dir, glob) {
		info, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(rel)))
		if err != nil {
			return err.Error()
		}
		what := "file"
		if info.IsDir() {
			what = "directory"
		}
		if why := misplaced(dir, rel); why != "" {
			return "cannot embed " + what + " " + rel + ": " + why
		}
		switch {
		case info.Mode().IsRegular():
			count++
		case info.IsDir():
			n, why := embeddable(dir, rel, all, strict)
			if why != "" {
				return why
			}
			if n == 0 {
				return "cannot embed directory " + rel + ": contains no embeddable files"
			}
			count += n
		default:
			return "cannot embed irregular file " + rel
		}
	}
	if count == 0 {
		return "no matching files found"
	}
	return ""
}

// matches are the files and directories that a pattern names.
func matches(dir, glob string) []string {
	if !strings.ContainsAny(glob, `*?[\`) {
		if _, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(glob))); err != nil {
			return nil
		}
		return []string{glob}
	}
	list, _ := fs.Glob(os.DirFS(dir), glob)
	return list
}

// misplaced says why what lies at a path is not part of the module, "" if it is.
func misplaced(dir, rel string) string {
	for at := rel; at != "."; at = path.Dir(at) {
		full := filepath.Join(dir, filepath.FromSlash(at))
		if _, err := os.Stat(filepath.Join(full, "go.mod")); err == nil {
			return "in different module"
		}
		if at != rel {
			if info, err := os.Lstat(full); err == nil && !info.IsDir() {
				return "in non-directory " + filepath.FromSlash(at)
			}
		}
		if name := path.Base(at); badName(name) {
			if at == rel {
				return "invalid name " + name
			}
			return "in invalid directory " + name
		}
	}
	return ""
}

// embeddable counts the files of a directory that go along with it.
func embeddable(dir, rel string, all, strict bool) (count int, why string) {
	top := filepath.Join(dir, filepath.FromSlash(rel))
	err := filepath.WalkDir(top, func(at string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		hidden := name[0] == '.' || name[0] == '_'
		switch {
		case at != top && (badName(name) || hidden && !all):
			if d.IsDir() {
				return fs.SkipDir
			}
			if !hidden && strict {
				return fmt.Errorf("cannot embed file %s: invalid name %s", filepath.ToSlash(strings.TrimPrefix(at[len(dir):], string(filepath.Separator))), name)
			}
		case d.IsDir():
			if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
				return fs.SkipDir
			}
		case d.Type().IsRegular():
			count++
		}
		return nil
	})
	if err != nil {
		why = err.Error()
	}
	return count, why
}

// badName reports whether a file of that name cannot be in a module (CheckFilePath of golang.org/x/mod/module), or
// belongs to a version control system.
func badName(name string) bool {
	switch name {
	case "", ".bzr", ".hg", ".git", ".svn":
		return true
	}
	if !utf8.ValidString(name) || name[len(name)-1] == '.' {
		return true
	}
	for _, c := range name {
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.ContainsRune("!#$%&()+,-.=@[]^_{}~ ", c):
		case c < 0x80 || !unicode.IsLetter(c):
			return true
		}
	}
	short, _, _ := strings.Cut(name, ".")
	return resolve.IsDevice(short)
}
