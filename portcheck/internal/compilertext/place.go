package compilertext

import (
	"go/ast"
	"go/token"
	"strings"
)

// Codes of internal/types/errors, which never change their numbers once released.
const (
	codeInvalidConstInit     = 17
	codeNotIndexable         = 51
	codeInvalidSend          = 59
	codeBadDotDotDot         = 77
	codeNonVariadicDotDotDot = 80
	codeInvalidDotDotDot     = 81
	codeUncalledBuiltin      = 82
	codeWrongArgCount        = 126
	codeUnsupportedFeature   = 135
	codeCannotInfer          = 138
	codeInvalidTypeArg       = 139
)

// place moves an error to where the compiler reports it. The compiler's nodes know fewer positions: a call has no closing
// parenthesis, an assignment no operator, so it takes where the whole begins or, in a call or an index, the bracket.
func place(e *Error, file *source) {
	at, ok := placeOf(e, file)
	if ok && at.IsValid() {
		e.Line, e.Column = file.position(at)
	}
}

func placeOf(e *Error, file *source) (token.Pos, bool) {
	if !needsPlace(e) {
		return token.NoPos, false
	}
	offset, ok := file.at(e.Line, e.Column)
	if !ok {
		return token.NoPos, false
	}
	for _, n := range file.marks[offset] {
		if pos := placeAtMark(e, n, file, offset); pos.IsValid() {
			return pos, true
		}
	}
	for _, n := range file.nodes[offset] {
		if pos := placeAtStart(e, n, file); pos.IsValid() {
			return pos, true
		}
	}
	return token.NoPos, false
}

func needsPlace(e *Error) bool {
	switch e.Code {
	case codeInvalidConstInit, codeNotIndexable, codeInvalidSend, codeBadDotDotDot, codeNonVariadicDotDotDot, codeInvalidDotDotDot, codeUncalledBuiltin,
		codeWrongArgCount, codeUnsupportedFeature, codeCannotInfer, codeInvalidTypeArg:
		return true
	}
	return strings.HasPrefix(e.Message, "assignment operation ") ||
		e.Message == "generic function is missing function body"
}

func placeAtMark(e *Error, n ast.Node, file *source, offset int) token.Pos {
	is := func(pos token.Pos) bool {
		at, ok := file.offset(pos)
		return ok && at == offset
	}
	switch n := n.(type) {
	case *ast.CallExpr:
		switch {
		case e.Code == codeWrongArgCount && is(n.Rparen):
			// Built-in functions and calls without arguments: the call; else the last argument that is there.
			if strings.HasPrefix(e.Message, "not enough arguments in call") && len(n.Args) > 0 {
				return n.Args[len(n.Args)-1].Pos()
			}
			if strings.HasPrefix(e.Message, "not enough arguments in call") {
				return n.Rparen
			}
			return n.Pos()
		case is(n.Ellipsis) && (e.Code == codeInvalidDotDotDot || e.Code == codeNonVariadicDotDotDot):
			return n.Pos()
		case is(n.Lparen) && e.Code == codeUnsupportedFeature:
			return n.Pos()
		}
	case *ast.IndexExpr:
		if e.Code == codeUnsupportedFeature {
			return n.Pos()
		}
	case *ast.IndexListExpr:
		if e.Code == codeUnsupportedFeature {
			return n.Pos()
		}
	case *ast.SendStmt:
		if e.Code == codeInvalidSend {
			return n.Pos()
		}
	case *ast.AssignStmt:
		if strings.HasPrefix(e.Message, "assignment operation ") {
			return n.Pos()
		}
	case *ast.TypeSpec:
		if e.Code == codeUnsupportedFeature {
			return n.Name.Pos()
		}
	case *ast.ArrayType:
		if e.Code == codeBadDotDotDot {
			return n.Pos()
		}
	case *ast.SelectorExpr:
		if e.Code == codeUncalledBuiltin {
			return dotBefore(file, n)
		}
	case *ast.FuncDecl:
		if e.Message == "generic function is missing function body" {
			return n.Pos()
		}
	}
	return token.NoPos
}

func placeAtStart(e *Error, n ast.Node, file *source) token.Pos {
	switch n := n.(type) {
	case *ast.CallExpr:
		if e.Code == codeCannotInfer {
			callee, found := strings.CutPrefix(e.Message, "in call to ")
			if found && (strings.HasPrefix(callee, file.code(n.Fun)+", ") || !plain(n.Fun)) {
				return n.Lparen
			}
			if !found && !startsWithIndex(n.Fun) {
				return n.Lparen
			}
		}
		if e.Code == codeInvalidTypeArg {
			return n.Lparen
		}
	case *ast.IndexExpr:
		if e.Code == codeNotIndexable || e.Code == codeCannotInfer && !strings.HasPrefix(e.Message, "in call to ") {
			return n.Lbrack
		}
	case *ast.IndexListExpr:
		if e.Code == codeCannotInfer && !strings.HasPrefix(e.Message, "in call to ") {
			return n.Lbrack
		}
	}
	return token.NoPos
}

// plain tells whether go/types prints the expression as it stands in the source, blanks and comments aside.
func plain(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return plain(x.X)
	}
	return false
}

func startsWithIndex(x ast.Expr) bool {
	switch x.(type) {
	case *ast.IndexExpr, *ast.IndexListExpr:
		return true
	}
	return false
}

// dotBefore is the position of a selector's dot.
func dotBefore(file *source, n *ast.SelectorExpr) token.Pos {
	from, _ := file.offset(n.X.End())
	to, _ := file.offset(n.Sel.Pos())
	if from > to || to > len(file.text) {
		return token.NoPos
	}
	dot := strings.LastIndexByte(string(file.text[from:to]), '.')
	if dot < 0 {
		return token.NoPos
	}
	return n.X.End() + token.Pos(dot)
}

// placeNote does the same for a note.
func placeNote(e *Error, file *source) {
	if !strings.Contains(e.Message, " instantiated as ") {
		return
	}
	offset, ok := file.at(e.Line, e.Column)
	if !ok {
		return
	}
	for _, n := range file.nodes[offset] {
		switch n := n.(type) {
		case *ast.IndexExpr:
			e.Line, e.Column = file.position(n.Lbrack)
			return
		case *ast.IndexListExpr:
			e.Line, e.Column = file.position(n.Lbrack)
			return
		case *ast.CallExpr:
			e.Line, e.Column = file.position(n.Lparen)
			return
		}
	}
}
