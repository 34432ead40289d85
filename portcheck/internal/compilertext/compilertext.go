// Package compilertext turns the errors of go/types into those of the Go compiler.
//
// The two checkers are generated from one source, yet they word and place some errors differently, since they work on
// different syntax trees. What differs is written down here, kind by kind, as measured against the compiler:
// place.go has the positions, branch.go what the compiler's parser says about labels and jumps, version.go the language
// versions, text.go the rest.
package compilertext

import (
	"sort"
	"strconv"
	"strings"
)

// Error is one error of a package. Columns count bytes from 1.
type Error struct {
	File    string // as it shall stand in the notes of a message; Compiler only compares it and hands it to src
	Line    int
	Column  int // 0: the compiler gives none, as beyond column 254
	Message string
	Soft    bool
	Code    int // of internal/types/errors; 0 when unknown
}

// maxColumn is where the compiler's own positions end (cmd/internal/src/pos.go: 8 bits); it prints none from there on.
const maxColumn = 255

// Compiler returns the errors as the compiler prints them: its words and positions, notes joined to what they explain,
// sorted and without repetitions. errs are the errors of one package in the order in which go/types reported them; src
// gives a file's text (nil when it cannot be had) and goVersion is that of the module's go line, "1.21.5" or "go1.21"; none
// is go1.16.
func Compiler(errs []Error, src func(file string) []byte, goVersion string) []Error {
	files := &sources{read: src, parsed: map[string]*source{}}
	lang := language(goVersion)
	var list []Error
	for _, e := range joinNotes(errs, files) {
		file := files.get(e.File)
		if !rewriteBranch(&e, file) {
			continue
		}
		place(&e, file)
		rewriteText(&e, file)
		rewriteVersion(&e, file, lang)
		// Of equal errors in one line that follow one another the compiler keeps the first (cmd/compile/internal/base).
		if n := len(list); n > 0 && list[n-1].Line == e.Line && list[n-1].File == e.File && list[n-1].Message == e.Message {
			continue
		}
		list = append(list, e)
	}
	sort.SliceStable(list, func(i, j int) bool { return before(list[i], list[j]) })
	unique := list[:0]
	for _, e := range list {
		if e.Column >= maxColumn {
			e.Column = 0
		}
		if n := len(unique); n == 0 || unique[n-1].File != e.File || unique[n-1].Line != e.Line ||
			unique[n-1].Column != e.Column || unique[n-1].Message != e.Message {
			unique = append(unique, e)
		}
	}
	return unique
}

func before(a, b Error) bool {
	if a.File != b.File {
		return a.File < b.File
	}
	if a.Line != b.Line {
		return a.Line < b.Line
	}
	return a.Column < b.Column
}

// joinNotes makes one error of an error and the notes on it, which go/types reports as errors that begin with a tab.
func joinNotes(errs []Error, files *sources) []Error {
	var list []Error
	for _, e := range errs {
		if !strings.HasPrefix(e.Message, "\t") || len(list) == 0 {
			list = append(list, e)
			continue
		}
		last := &list[len(list)-1]
		placeNote(&e, files.get(e.File))
		last.Message += "\n\t" + position(e.File, e.Line, e.Column) + ": " + e.Message[1:]
	}
	return list
}

func position(file string, line, column int) string {
	return file + ":" + strconv.Itoa(line) + ":" + strconv.Itoa(column)
}
