package compilertext

import (
	"go/ast"
	"go/token"
	"strings"
)

// Codes of internal/types/errors, which never change their numbers once released.
const (
	codeInvalidConstInit   = 17
	codeNotIndexable       = 51
	codeInvalidSend        = 59
	codeBadDotDotDot       = 77
	codeInvalidDotDotDot   = 81
	codeUncalledBuiltin    = 82
	codeWrongArgCount      = 126
	codeUnsupportedFeature = 135
	codeCannotInfer        = 138
	codeInvalidTypeArg     = 139
)

const (
	dotsInCall = "cannot use ... "
	selectCase = "select case must be send or receive"
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
	offset, ok := file.at(e.Line, e.Column)
	if !ok {
		return token.NoPos, false
	}
	if pos := funcTypeAt(file, offset); pos.IsValid() {
		return pos, true
	}
	if e.Message == "method has multiple receivers" || e.Message == "method has no receiver" {
		return methodName(file, offset), true
	}
	if !needsPlace(e) {
		return token.NoPos, false
	}
	for _, n := range file.marks[offset] {
		if pos := placeAtMark(e, n, file, offset); pos.IsValid() {
			return pos, true
		}
	}
	if pos := calleeParen(e, file, offset); pos.IsValid() {
		return pos, true
	}
	for _, n := range file.nodes[offset] {
		if pos := placeAtStart(e, n); pos.IsValid() {
			return pos, true
		}
	}
	return token.NoPos, false
}

// funcTypeAt gives the parenthesis of a function type that begins at an offset: the compiler's node begins there, behind
// the word func, unless it is the type of a literal or a declaration.
func funcTypeAt(file *source, offset int) token.Pos {
	found := token.NoPos
	for _, n := range file.nodes[offset] {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			return token.NoPos
		case *ast.FuncType:
			if n.Func.IsValid() {
				found = n.Params.Opening
			}
		}
	}
	return found
}

// methodName is the name of the method whose receiver is at an offset.
func methodName(file *source, offset int) token.Pos {
	for _, decl := range file.file.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok {
			from, _ := file.offset(fn.Pos())
			to, _ := file.offset(fn.Name.Pos())
			if from <= offset && offset < to {
				return fn.Name.Pos()
			}
		}
	}
	return token.NoPos
}

// calleeParen is the parenthesis of the call that an error about inference names: of f()() it may be either call.
func calleeParen(e *Error, file *source, offset int) token.Pos {
	callee, found := strings.CutPrefix(e.Message, "in call to ")
	// Where an argument does not match, both report the argument.
	if e.Code != codeCannotInfer || !found || strings.Contains(e.Message, " does not match ") {
		return token.NoPos
	}
	innermost := token.NoPos
	for _, n := range file.nodes[offset] {
		if call, ok := n.(*ast.CallExpr); ok {
			innermost = call.Lparen
			if strings.HasPrefix(callee, file.code(call.Fun)+", ") {
				return call.Lparen
			}
		}
	}
	return innermost
}

// isCalled tells whether an index expression is called itself, not through parentheses or a variable.
func isCalled(file *source, index ast.Expr) bool {
	start, _ := file.offset(index.Pos())
	for _, n := range file.nodes[start] {
		if call, ok := n.(*ast.CallExpr); ok && call.Fun == index {
			return true
		}
	}
	return false
}

func needsPlace(e *Error) bool {
	switch e.Code {
	case codeInvalidConstInit, codeNotIndexable, codeInvalidSend, codeBadDotDotDot, codeInvalidDotDotDot, codeUncalledBuiltin,
		codeWrongArgCount, codeUnsupportedFeature, codeCannotInfer, codeInvalidTypeArg:
		return true
	}
	return strings.HasPrefix(e.Message, "assignment operation ") || strings.HasPrefix(e.Message, dotsInCall) ||
		strings.HasPrefix(e.Message, selectCase)
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
			// The call, or the last argument that is there.
			if strings.HasPrefix(e.Message, "not enough arguments in call") && len(n.Args) > 0 {
				return n.Args[len(n.Args)-1].Pos()
			}
			return n.Pos()
		case is(n.Ellipsis) && (e.Code == codeInvalidDotDotDot || strings.HasPrefix(e.Message, dotsInCall)):
			return n.Pos()
		case is(n.Lparen) && e.Code == codeUnsupportedFeature:
			return n.Pos()
		}
	case *ast.IndexExpr, *ast.IndexListExpr:
		if strings.HasPrefix(e.Message, "type instantiation ") ||
			strings.HasPrefix(e.Message, "function instantiation ") && isCalled(file, n.(ast.Expr)) {
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
	}
	return token.NoPos
}

func placeAtStart(e *Error, n ast.Node) token.Pos {
	switch n := n.(type) {
	case *ast.ExprStmt:
		// The compiler's statement is where its expression is: at the operator.
		if binary, ok := n.X.(*ast.BinaryExpr); ok && strings.HasPrefix(e.Message, selectCase) {
			return binary.OpPos
		}
	case *ast.CallExpr:
		if e.Code == codeCannotInfer && !strings.HasPrefix(e.Message, "in call to ") && !startsWithIndex(n.Fun) {
			return n.Lparen
		}
		if e.Code == codeInvalidTypeArg {
			return n.Lparen
		}
	case *ast.IndexExpr:
		if e.Code == codeNotIndexable || e.Code == codeCannotInfer {
			return n.Lbrack
		}
	case *ast.IndexListExpr:
		if e.Code == codeCannotInfer {
			return n.Lbrack
		}
	}
	return token.NoPos
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
