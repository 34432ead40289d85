package compilertext

import (
	"go/ast"
	"go/parser"
	"go/token"
)

// source is one parsed file. Errors are few, so a file is parsed again only when one of its errors needs it.
type source struct {
	name string
	text []byte
	fset *token.FileSet
	file *ast.File // nil when the file cannot be had or parsed
	// nodes lists what stands at an offset, outermost first; marks the nodes that own a token there: a closing
	// parenthesis, an opening bracket, an operator.
	nodes map[int][]ast.Node
	marks map[int][]ast.Node
}

type sources struct {
	read   func(file string) []byte
	parsed map[string]*source
}

func (s *sources) get(name string) *source {
	if file, ok := s.parsed[name]; ok {
		return file
	}
	file := &source{name: name}
	s.parsed[name] = file
	if s.read != nil {
		file.text = s.read(name)
	}
	return file
}

// parse fills in the tree; it tells whether there is one.
func (s *source) parse() bool {
	if s.nodes != nil {
		return s.file != nil
	}
	s.nodes, s.marks = map[int][]ast.Node{}, map[int][]ast.Node{}
	if s.text == nil {
		return false
	}
	s.fset = token.NewFileSet()
	file, err := parser.ParseFile(s.fset, s.name, s.text, parser.SkipObjectResolution)
	if err != nil {
		return false
	}
	s.file = file
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			return false
		}
		if at, ok := s.offset(n.Pos()); ok {
			s.nodes[at] = append(s.nodes[at], n)
		}
		for _, pos := range ownTokens(n) {
			if at, ok := s.offset(pos); ok {
				s.marks[at] = append(s.marks[at], n)
			}
		}
		return true
	})
	return true
}

func ownTokens(n ast.Node) []token.Pos {
	switch n := n.(type) {
	case *ast.CallExpr:
		return []token.Pos{n.Lparen, n.Rparen, n.Ellipsis}
	case *ast.IndexExpr:
		return []token.Pos{n.Lbrack}
	case *ast.IndexListExpr:
		return []token.Pos{n.Lbrack}
	case *ast.AssignStmt:
		return []token.Pos{n.TokPos}
	case *ast.SendStmt:
		return []token.Pos{n.Arrow}
	case *ast.TypeSpec:
		return []token.Pos{n.Assign}
	case *ast.ArrayType:
		if n.Len != nil {
			return []token.Pos{n.Len.Pos()}
		}
	case *ast.SelectorExpr:
		return []token.Pos{n.Sel.Pos()}
	}
	return nil
}

func (s *source) offset(pos token.Pos) (int, bool) {
	if !pos.IsValid() {
		return 0, false
	}
	return s.fset.PositionFor(pos, false).Offset, true
}

// at gives the offset of a line and column; false where the file is not the one that the error is about, as behind a
// line directive.
func (s *source) at(line, column int) (int, bool) {
	if !s.parse() || line < 1 || column < 1 {
		return 0, false
	}
	file := s.fset.File(s.file.Package)
	if line > file.LineCount() {
		return 0, false
	}
	return file.Offset(file.LineStart(line)) + column - 1, true
}

func (s *source) position(pos token.Pos) (line, column int) {
	p := s.fset.PositionFor(pos, false)
	return p.Line, p.Column
}

// code is the text of a node.
func (s *source) code(n ast.Node) string {
	from, _ := s.offset(n.Pos())
	to, _ := s.offset(n.End())
	if to > len(s.text) {
		to = len(s.text)
	}
	return string(s.text[from:to])
}
