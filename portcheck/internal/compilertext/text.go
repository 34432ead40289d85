package compilertext

import (
	"go/ast"
	"go/token"
	"strings"
)

const (
	literalMark   = " literal)"
	typeParamMark = "/* type parameter */"
)

// rewriteText words what go/types prints in its own way: function literals, type parameters named like basic types, and
// the position of a surplus initial value.
func rewriteText(e *Error, file *source) {
	if e.Message == "use of .(type) outside type switch" {
		e.Message = "invalid syntax tree: " + e.Message
	}
	if strings.HasPrefix(e.Message, "name ") && strings.Contains(e.Message, " not exported by package ") {
		rewriteUnexported(e, file)
	}
	if strings.Contains(e.Message, literalMark) {
		e.Message = rewriteLiterals(e, file)
	}
	if strings.Contains(e.Message, typeParamMark) {
		e.Message = rewriteTypeParams(e, file)
	}
	if e.Code == codeInvalidConstInit || strings.HasPrefix(e.Message, "extra init expr at ") {
		rewriteExtraInit(e, file)
	}
	if before, _, found := strings.Cut(e.Message, " (application built with "); found && strings.HasPrefix(before, "file requires newer Go version") {
		e.Message = before
	}
}

// rewriteUnexported says that a name is undefined: the compiler reads imports from export data, which lacks what is not
// exported.
func rewriteUnexported(e *Error, file *source) {
	offset, ok := file.at(e.Line, e.Column)
	if !ok {
		return
	}
	for _, n := range file.marks[offset] {
		if selector, ok := n.(*ast.SelectorExpr); ok {
			e.Message = "undefined: " + file.code(selector)
			return
		}
	}
}

// rewriteLiterals turns "(func() literal)" into "func() {…}".
func rewriteLiterals(e *Error, file *source) string {
	literals := file.literalsFrom(e)
	var out strings.Builder
	rest := e.Message
	for {
		end := strings.Index(rest, literalMark)
		if end < 0 {
			break
		}
		start := openParen(rest[:end])
		if start < 0 || !strings.HasPrefix(rest[start:], "(func") {
			out.WriteString(rest[:end+len(literalMark)])
			rest = rest[end+len(literalMark):]
			continue
		}
		body := " {…}"
		if len(literals) > 0 {
			if len(literals[0].Body.List) == 0 {
				body = " {}"
			}
			literals = literals[1:]
		}
		out.WriteString(rest[:start] + rest[start+1:end] + body)
		rest = rest[end+len(literalMark):]
	}
	return out.String() + rest
}

// openParen is the parenthesis that is still open at the end of s; -1 when none is.
func openParen(s string) int {
	depth := 0
	for i := len(s) - 1; i >= 0; i-- {
		switch s[i] {
		case ')':
			depth++
		case '(':
			if depth == 0 {
				return i
			}
			depth--
		}
	}
	return -1
}

// literalsFrom lists the outermost function literals that begin at an error or behind it.
func (s *source) literalsFrom(e *Error) []*ast.FuncLit {
	offset, ok := s.at(e.Line, e.Column)
	if !ok {
		return nil
	}
	var list []*ast.FuncLit
	ast.Inspect(s.file, func(n ast.Node) bool {
		literal, ok := n.(*ast.FuncLit)
		if !ok {
			return true
		}
		if at, _ := s.offset(literal.Pos()); at >= offset {
			list = append(list, literal)
			return false
		}
		return true
	})
	return list
}

// rewriteTypeParams turns "int/* type parameter */" into "int /* with int declared at FILE:LINE:COLUMN */".
func rewriteTypeParams(e *Error, file *source) string {
	parts := strings.Split(e.Message, typeParamMark)
	var out strings.Builder
	for i, part := range parts {
		out.WriteString(part)
		if i == len(parts)-1 {
			break
		}
		name := part[strings.LastIndexFunc(part, func(r rune) bool {
			return !(r == '_' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z')
		})+1:]
		if at := file.typeParam(e, name); at.IsValid() {
			line, column := file.position(at)
			out.WriteString(" /* with " + name + " declared at " + position(e.File, line, column) + " */")
		} else {
			out.WriteString(typeParamMark)
		}
	}
	return out.String()
}

// typeParam is where the declaration around the error declares a type parameter.
func (s *source) typeParam(e *Error, name string) token.Pos {
	offset, ok := s.at(e.Line, e.Column)
	if !ok {
		return token.NoPos
	}
	for _, decl := range s.file.Decls {
		from, _ := s.offset(decl.Pos())
		to, _ := s.offset(decl.End())
		if offset < from || offset >= to {
			continue
		}
		found := token.NoPos
		ast.Inspect(decl, func(n ast.Node) bool {
			var params *ast.FieldList
			switch n := n.(type) {
			case *ast.FuncType:
				params = n.TypeParams
			case *ast.TypeSpec:
				params = n.TypeParams
			case *ast.FuncDecl:
				if at := receiverParam(n, name); at.IsValid() {
					found = at
				}
			}
			if params != nil {
				for _, field := range params.List {
					for _, ident := range field.Names {
						if ident.Name == name && !found.IsValid() {
							found = ident.Pos()
						}
					}
				}
			}
			return true
		})
		return found
	}
	return token.NoPos
}

func receiverParam(decl *ast.FuncDecl, name string) token.Pos {
	found := token.NoPos
	if decl.Recv == nil {
		return found
	}
	ast.Inspect(decl.Recv, func(n ast.Node) bool {
		var indices []ast.Expr
		switch n := n.(type) {
		case *ast.IndexExpr:
			indices = []ast.Expr{n.Index}
		case *ast.IndexListExpr:
			indices = n.Indices
		}
		for _, x := range indices {
			if ident, ok := x.(*ast.Ident); ok && ident.Name == name {
				found = ident.Pos()
			}
		}
		return true
	})
	return found
}

// rewriteExtraInit names the surplus value itself, where go/types names the whole specification that it is inherited from.
func rewriteExtraInit(e *Error, file *source) {
	const prefix = "extra init expr at "
	offset, ok := file.at(e.Line, e.Column)
	if !ok || !strings.HasPrefix(e.Message, prefix) {
		return
	}
	names := -1
	for _, n := range file.nodes[offset] {
		if spec, ok := n.(*ast.ValueSpec); ok {
			names = len(spec.Names)
		}
	}
	ast.Inspect(file.file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || names < 0 || len(spec.Values) <= names {
			return true
		}
		line, column := file.position(spec.Pos())
		if e.Message == prefix+position(e.File, line, column) {
			line, column = file.position(spec.Values[names].Pos())
			e.Message = prefix + position(e.File, line, column)
		}
		return true
	})
}
