// Package scan cuts a Go file into its top-level declarations without building a syntax tree: for each declaration its
// text as importers need it, and the names it refers to. It over-counts references (parameters count as names too) and
// never under-counts: whoever follows them drops names that the package does not declare.
package scan

import (
	"strings"

	"github.com/gopreflight/gopreflight/portcheck/internal/names"
)

// Import is one import of a file.
type Import struct {
	Name string // explicit name, "." and "_" included; "" when the package clause of the target decides
	Path string // without quotes
	At   int    // offset of the path's literal
}

// Pair is a selector X.Sel whose left side is a plain name, which may or may not be an import.
type Pair struct{ X, Sel names.ID }

// Refs are the names that a piece of code refers to, each once, in no order of meaning.
type Refs struct {
	Names []names.ID
	Pairs []Pair
}

// Kind is what a declaration declares.
type Kind uint8

const (
	Func Kind = iota
	Method
	Const
	Var
	Type
)

// Decl is one top-level declaration, or one spec of a group that can stand alone.
type Decl struct {
	Kind    Kind
	Keyword string     // "func", "const", "var" or "type": what goes before API
	Names   []names.ID // what it declares; empty for _ and init, the method's name for a method
	Recv    names.ID   // type name of a method's receiver
	// Group is set for a const group kept whole, whose text includes the parentheses.
	Group bool
	// From and To are the offsets of the text to remove when the declaration is left out; keyword included where the
	// declaration is no part of a group.
	From, To int32
	// Spec is where the text behind the keyword begins.
	Spec int32
	// Body and BodyEnd are the offsets of a function's braces; 0 without a body.
	Body, BodyEnd int32
	// API is what importers in other packages see, without the keyword: bodies and values cut, and unexported fields
	// replaced by stand-ins.
	API  string
	Refs Refs // of API
	// Own is what code of the same package sees, where it differs from API: unexported fields as they are.
	Own     string
	OwnRefs *Refs
	// Erased are the fields whose types API replaces.
	Erased []names.ID
	// Inner are the references of what API leaves out: the function's body, the variable's value.
	Inner Refs
	// Interface is set when the text holds an interface, whose method names count as used.
	Interface bool
	// SizeMatters is set when the text names something whose value depends on the size of a word.
	SizeMatters bool
}

// Directive is a line comment that begins with //go: in column 1.
type Directive struct {
	At   int
	Text string
}

// File is what a scan found.
type File struct {
	Package    string
	PackageAt  int
	Imports    []Import
	Decls      []Decl
	Directives []Directive
	// Leftover is set when a token at top level begins no declaration: a syntax error, or a fault of this scanner.
	Leftover bool
}

// Options say who will read the result.
type Options struct {
	Names *names.Cache
	// Std: the file is one of the standard library.
	Std bool
	// Bodies: also read what is inside functions.
	Bodies bool
	// Pairs only for these left sides; nil for all. Standard packages have names that are known without looking.
	PairsOf func(f *File) map[names.ID]bool
}

type scanner struct {
	lexer
	names   *names.Cache
	options Options
	file    *File
	pairsOf map[names.ID]bool
	refs    []names.ID
	pairs   []Pair
	// What belongs to a struct's unexported fields alone.
	ownRefs  []names.ID
	ownPairs []Pair
	seen     seenSet
	suspect  bool
	iface    bool
}

// Scan reads one file. A file that is not Go may lead it anywhere; then it says so by Leftover, and what it has found is
// of no use.
func Scan(src string, o Options) (file *File) {
	s := &scanner{lexer: lexer{src: src}, names: o.Names, options: o, file: &File{}}
	defer func() {
		if recover() != nil {
			s.file.Leftover, s.file.Decls = true, nil
			file = s.file
		}
	}()
	s.directive = func(from, to int) {
		if from == 0 || src[from-1] == '\n' {
			s.file.Directives = append(s.file.Directives, Directive{from, src[from:to]})
		}
	}
	s.next()
	s.packageClause()
	s.imports()
	if o.PairsOf != nil {
		s.pairsOf = o.PairsOf(s.file)
	}
	for s.kind != tokEOF {
		switch {
		case s.isWord("func"):
			s.function()
		case s.isWord("type"), s.isWord("var"), s.isWord("const"):
			s.group(s.text())
		case s.isWord("import"):
			// Out of place: the parser will say so.
			s.importDecl()
			s.file.Leftover = true
		case s.kind == tokOp && s.op == ';':
			s.next()
		default:
			s.file.Leftover = true
			s.next()
		}
	}
	for i := range s.file.Decls {
		// A spec that ends before it began is none; others slice the source by its offsets.
		if d := &s.file.Decls[i]; d.To < d.From || d.Spec < d.From || d.BodyEnd < d.Body {
			s.file.Leftover = true
			d.Spec, d.To, d.Body, d.BodyEnd = max(d.Spec, d.From), max(d.To, d.From), 0, 0
		}
	}
	return s.file
}

func (s *scanner) packageClause() {
	if !s.isWord("package") {
		s.file.Leftover = true
		return
	}
	s.next()
	if s.kind == tokName {
		s.file.Package, s.file.PackageAt = s.text(), s.from
		s.next()
	}
}

func (s *scanner) imports() {
	for {
		switch {
		case s.isOp(';'):
			s.next()
		case s.isWord("import"):
			s.importDecl()
		default:
			return
		}
	}
}

func (s *scanner) importDecl() {
	s.next()
	if !s.isOp('(') {
		s.importSpec()
		return
	}
	s.next()
	for s.kind != tokEOF && !s.isOp(')') {
		if s.isOp(';') {
			s.next()
			continue
		}
		if !s.importSpec() {
			break
		}
	}
	if s.isOp(')') {
		s.next()
	}
}

func (s *scanner) importSpec() bool {
	name := ""
	if s.kind == tokName || s.isOp('.') {
		name = s.text()
		s.next()
	}
	if s.kind != tokString {
		s.file.Leftover = true
		return false
	}
	if text := s.text(); len(text) >= 2 {
		s.file.Imports = append(s.file.Imports, Import{name, text[1 : len(text)-1], s.from})
	}
	s.next()
	return true
}

// Position turns an offset in a text into a line and a column in bytes, both from 1.
func Position(text string, offset int) (line, column int) {
	before := text[:offset]
	return 1 + strings.Count(before, "\n"), offset - strings.LastIndexByte(before, '\n')
}
