package compilertext

import (
	"go/ast"
	"go/token"
	"strings"
)

// rewriteBranch words errors about labels and jumps as the compiler's parser does, which finds them before any types. It
// tells whether the error stays: a label that only a wrong jump uses is no unused label to the compiler.
func rewriteBranch(e *Error, file *source) bool {
	message := e.Message
	switch {
	case message == "break not in for, switch, or select statement":
		e.Message = "break is not in a loop, switch, or select"
	case message == "continue not in for statement":
		e.Message = "continue is not in a loop"
	case strings.HasPrefix(message, "label "):
		return rewriteLabel(e, file)
	case strings.HasPrefix(message, "invalid break label "), strings.HasPrefix(message, "invalid continue label "):
		words := strings.Fields(message)
		keyword, name := words[1], words[len(words)-1]
		if !file.labelBefore(e, name) {
			e.Message = keyword + " label not defined: " + name
		}
	case strings.HasPrefix(message, "goto "):
		rewriteGoto(e, file)
	}
	return true
}

func rewriteLabel(e *Error, file *source) bool {
	words := strings.Fields(strings.SplitN(e.Message, "\n", 2)[0])
	if len(words) < 4 {
		return true
	}
	name := words[1]
	switch strings.Join(words[2:], " ") {
	case "declared and not used":
		e.Message = "label " + name + " defined and not used"
		return !file.jumpedTo(e, name)
	case "not declared", "not defined":
		e.Message = "label " + name + " not defined"
		if keyword := file.jumpKeyword(e); keyword == token.BREAK || keyword == token.CONTINUE {
			e.Message = keyword.String() + " label not defined: " + name
		}
	case "already declared":
		e.Message = "label " + name + " already defined"
		if at := file.firstLabel(e, name); at.IsValid() {
			line, column := file.position(at)
			e.Message += " at " + position(e.File, line, column)
		}
	}
	return true
}

func rewriteGoto(e *Error, file *source) {
	words := strings.Fields(e.Message)
	if len(words) < 3 {
		return
	}
	name := words[1]
	rest := strings.Join(words[2:], " ")
	switch {
	case strings.HasPrefix(rest, "jumps over variable declaration"):
		if variable, at := file.jumpedOver(e, name); at.IsValid() {
			line, column := file.position(at)
			e.Message = "goto " + name + " jumps over declaration of " + variable + " at " + position(e.File, line, column)
		}
	case rest == "jumps into block":
		if at := file.blockOf(e, name); at.IsValid() {
			line, column := file.position(at)
			e.Message += " starting at " + position(e.File, line, column)
		}
	}
}

// function is the body of the innermost function around an error: labels belong to one function.
func (s *source) function(e *Error) (body *ast.BlockStmt, offset int) {
	offset, ok := s.at(e.Line, e.Column)
	if !ok {
		return nil, 0
	}
	pos := s.file.FileStart + token.Pos(offset)
	ast.Inspect(s.file, func(n ast.Node) bool {
		var inner *ast.BlockStmt
		switch n := n.(type) {
		case *ast.FuncDecl:
			inner = n.Body
		case *ast.FuncLit:
			inner = n.Body
		}
		if inner != nil && inner.Pos() <= pos && pos < inner.End() {
			body = inner
		}
		return true
	})
	return body, offset
}

// inspect visits the statements of one function, not those of functions within.
func inspect(body *ast.BlockStmt, visit func(n ast.Node)) {
	if body == nil {
		return
	}
	ast.Inspect(body, func(n ast.Node) bool {
		if _, literal := n.(*ast.FuncLit); literal || n == nil {
			return false
		}
		visit(n)
		return true
	})
}

func (s *source) labels(e *Error, name string) (labels []*ast.LabeledStmt, offset int) {
	body, offset := s.function(e)
	inspect(body, func(n ast.Node) {
		if label, ok := n.(*ast.LabeledStmt); ok && label.Label.Name == name {
			labels = append(labels, label)
		}
	})
	return labels, offset
}

func (s *source) firstLabel(e *Error, name string) token.Pos {
	if labels, _ := s.labels(e, name); len(labels) > 0 {
		return labels[0].Pos()
	}
	return token.NoPos
}

func (s *source) labelBefore(e *Error, name string) bool {
	labels, offset := s.labels(e, name)
	for _, label := range labels {
		if at, _ := s.offset(label.Pos()); at < offset && name != "_" {
			return true
		}
	}
	return false
}

// jumpedTo tells whether any statement of the function names the label after the label was declared, or a goto anywhere.
func (s *source) jumpedTo(e *Error, name string) bool {
	body, offset := s.function(e)
	found := false
	inspect(body, func(n ast.Node) {
		branch, ok := n.(*ast.BranchStmt)
		if !ok || branch.Label == nil || branch.Label.Name != name {
			return
		}
		if at, _ := s.offset(branch.Pos()); branch.Tok == token.GOTO || at > offset {
			found = true
		}
	})
	return found
}

func (s *source) jumpKeyword(e *Error) token.Token {
	body, offset := s.function(e)
	keyword := token.ILLEGAL
	inspect(body, func(n ast.Node) {
		if branch, ok := n.(*ast.BranchStmt); ok && branch.Label != nil {
			if at, _ := s.offset(branch.Label.Pos()); at == offset {
				keyword = branch.Tok
			}
		}
	})
	return keyword
}

// blockOf is where the innermost block begins that holds the label.
func (s *source) blockOf(e *Error, name string) token.Pos {
	labels, _ := s.labels(e, name)
	if len(labels) == 0 {
		return token.NoPos
	}
	body, _ := s.function(e)
	start := token.NoPos
	inspect(body, func(n ast.Node) {
		if n.Pos() > labels[0].Pos() || labels[0].Pos() >= n.End() {
			return
		}
		switch n.(type) {
		case *ast.BlockStmt:
			start = n.Pos()
		case *ast.CaseClause, *ast.CommClause:
			start = n.Pos()
		}
	})
	return start
}

// jumpedOver is the last variable declared in the label's own block between the jump and the label.
func (s *source) jumpedOver(e *Error, name string) (string, token.Pos) {
	labels, offset := s.labels(e, name)
	if len(labels) == 0 {
		return "", token.NoPos
	}
	body, _ := s.function(e)
	variable, at := "", token.NoPos
	visit := func(list []ast.Stmt) {
		for i, stmt := range list {
			if labeled(stmt) != nil && within(stmt, labels[0]) {
				for _, before := range list[:i] {
					if from, _ := s.offset(before.Pos()); from < offset {
						continue
					}
					if v, pos := s.declared(before); pos.IsValid() {
						variable, at = v, pos
					}
				}
			}
		}
	}
	inspect(body, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.BlockStmt:
			visit(n.List)
		case *ast.CaseClause:
			visit(n.Body)
		case *ast.CommClause:
			visit(n.Body)
		}
	})
	return variable, at
}

func labeled(stmt ast.Stmt) *ast.LabeledStmt {
	label, _ := stmt.(*ast.LabeledStmt)
	return label
}

// within tells whether stmt is the label or a chain of labels that holds it.
func within(stmt ast.Stmt, label *ast.LabeledStmt) bool {
	for l := labeled(stmt); l != nil; l = labeled(l.Stmt) {
		if l == label {
			return true
		}
	}
	return false
}

// declared gives what a statement declares and where the compiler sees that: the first name of a var, the := of a
// short declaration.
func (s *source) declared(stmt ast.Stmt) (string, token.Pos) {
	for l := labeled(stmt); l != nil; l = labeled(stmt) {
		stmt = l.Stmt
	}
	switch stmt := stmt.(type) {
	case *ast.AssignStmt:
		if stmt.Tok == token.DEFINE {
			names := make([]string, len(stmt.Lhs))
			for i, x := range stmt.Lhs {
				names[i] = s.code(x)
			}
			return strings.Join(names, ", "), stmt.TokPos
		}
	case *ast.DeclStmt:
		decl, ok := stmt.Decl.(*ast.GenDecl)
		if ok && decl.Tok == token.VAR && len(decl.Specs) > 0 {
			spec, ok := decl.Specs[0].(*ast.ValueSpec)
			if ok && len(spec.Names) > 0 {
				return spec.Names[0].Name, spec.Names[0].Pos()
			}
		}
	}
	return "", token.NoPos
}
