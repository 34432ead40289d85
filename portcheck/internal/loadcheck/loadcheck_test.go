package loadcheck

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/gopreflight/gopreflight/portcheck/internal/load"
	"github.com/gopreflight/gopreflight/portcheck/internal/names"
	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/resolve"
)

// write makes a module in a new directory; "->x" as content makes a link to x.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if target, ok := strings.CutPrefix(content, "->"); ok {
			err = os.Symlink(target, path)
		} else {
			err = os.WriteFile(path, []byte(content), 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return root
}

var slots = []port.Slot{
	{Name: "linux/amd64", OS: "linux", Arch: "amd64"},
	{Name: "linux/amd64+cgo", OS: "linux", Arch: "amd64", Cgo: true},
	{Name: "windows/386", OS: "windows", Arch: "386"},
	{Name: "plan9/arm", OS: "plan9", Arch: "arm"},
}

// check loads the packages and returns what Check finds.
func check(t *testing.T, root string, tests bool, patterns ...string) []Error {
	t.Helper()
	table, err := port.NewTable(slots, nil, 26)
	if err != nil {
		t.Fatal(err)
	}
	w := &load.World{
		Ports: table, Names: names.New(), Tests: tests, Bodies: func(*load.Package) bool { return true },
		Resolver: resolve.New(runtime.GOROOT(), root, []resolve.Module{{Path: "example.com/m", Dir: root, Go: "1.22"}},
			[]resolve.Module{{Path: "example.com/d", Version: "v1.0.0", Dir: filepath.Join(root, "d"), Go: "1.22", Replaced: true}}, nil),
	}
	roots, failures := w.Resolver.Roots(patterns, root)
	w.Load(roots, nil)
	return Check(w, roots, failures)
}

// listed is an error of the go command.
type listed struct {
	ImportPath string
	Standard   bool
	Error      *struct {
		ImportStack []string
		Pos, Err    string
	}
}

func goCommand(t *testing.T, root string, slot port.Slot, args ...string) *exec.Cmd {
	t.Helper()
	cgo := "CGO_ENABLED=0"
	if slot.Cgo {
		cgo = "CGO_ENABLED=1"
	}
	cmd := exec.Command(filepath.Join(runtime.GOROOT(), "bin", "go"), args...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOOS="+slot.OS, "GOARCH="+slot.Arch, cgo, "GOFLAGS=-buildvcs=false", "GOPROXY=off", "GOTOOLCHAIN=local", "CC=cc")
	return cmd
}

func goList(t *testing.T, root string, slot port.Slot, args ...string) []listed {
	t.Helper()
	cmd := goCommand(t, root, slot, append([]string{"list", "-e", "-deps", "-json=ImportPath,Standard,Error,EmbedFiles,TestEmbedFiles"}, args...)...)
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Skip("no go command: ", err)
	}
	var all []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		if p.Error != nil {
			all = append(all, p)
		}
	}
}

// compare wants the errors of the go command on every slot, and no others.
func compare(t *testing.T, root string, tests bool, patterns ...string) {
	t.Helper()
	got := check(t, root, tests, patterns...)
	for i, slot := range slots {
		matched := make([]bool, len(got))
		args := patterns
		if tests {
			args = append([]string{"-test"}, args...)
		}
		for _, p := range goList(t, root, slot, args...) {
			// A position in the text itself is a position; a path below the module is relative there.
			text, pos := p.Error.Err, p.Error.Pos
			if rest, ok := strings.CutPrefix(text, root+string(filepath.Separator)); ok {
				if at, message, ok := strings.Cut(rest, ": "); ok && strings.Count(at, ":") == 2 {
					text, pos = message, at
				}
			}
			found := p.ImportPath == "C" // a consequence
			for k, e := range got {
				if e.Slots.Has(i) && lastText(e.Message) == text && (pos == "" || pos == shown(root, e)) && (!strings.Contains(text, "cycle") || sameStack(e.Message, p.Error.ImportStack)) {
					matched[k], found = true, true
				}
			}
			if !found {
				t.Errorf("missed on %s: %s: %q at %q", slot.Name, p.ImportPath, text, pos)
			}
		}
		for k, e := range got {
			if e.Slots.Has(i) && !matched[k] && !e.Link {
				t.Errorf("not an error of go on %s: %s %s: %q at %s", slot.Name, e.Package.Path, e.Variant, e.Message, shown(root, e))
			}
		}
	}
}

func shown(root string, e Error) string {
	rel, err := filepath.Rel(root, e.File)
	if err != nil {
		return e.File
	}
	return fmt.Sprintf("%s:%d:%d", rel, e.Line, e.Column)
}

// lastText is the message without the stack of a cycle.
func lastText(message string) string {
	if strings.HasPrefix(message, "package ") && strings.Contains(message, "\n\timports ") {
		return message[strings.LastIndex(message, ": ")+2:]
	}
	return message
}

func sameStack(message string, stack []string) bool {
	var got []string
	for _, line := range strings.Split(message, "\n") {
		fields := strings.Fields(line)
		got = append(got, strings.TrimSuffix(fields[1], ":"))
	}
	return slices.Equal(got, stack)
}

// zoo has one package for each error, and some around them.
var zoo = map[string]string{
	"go.mod":                 "module example.com/m\n\ngo 1.22\n\nrequire example.com/d v1.0.0\n\nreplace example.com/d => ./d\n",
	"d/go.mod":               "module example.com/d\n\ngo 1.22\n",
	"d/internal/i/i.go":      "package i",
	"d/prog/p.go":            "package main\nfunc main() {}",
	"d/internal/internal.go": "package internal",
	"d/open/o.go":            "package open\nimport _ \"example.com/d/internal/i\"",
	"int/a.go":               "package int\nimport _ \"example.com/d/internal/i\"\nimport x \"example.com/d/internal\"\nvar _ = x.X",
	"int/b_windows.go":       "package int\n\nimport _ \"example.com/d/internal\"",
	"int2/a.go":              "package int2\nimport _ \"internal/abi\"",
	"own/internal/deep/a.go": "package deep",
	"own/a.go":               "package own\nimport _ \"example.com/m/own/internal/deep\"",
	"owner/a.go":             "package owner\nimport _ \"example.com/m/own/internal/deep\"",
	"open/a.go":              "package open\nimport _ \"example.com/d/open\"",
	"prog/a.go":              "package prog\nimport (\n\t_ \"example.com/d/prog\"\n)",
	"prog2/a.go":             "package prog2\nimport (\n\t_ \"cmd/go\"\n)",
	"vend/a.go":              "package vend\nimport _ \"vendor/golang.org/x/net/dns/dnsmessage\"",
	"vend2/a.go":             "package vend2\nimport _ \"example.com/m/vend2/vendor/x\"",
	"vend2/vendor/x/x.go":    "package x",
	"vend3/a.go":             "package vend3\nimport _ \"example.com/m/vend2/vendor/x\"",
	"cyc/a/a.go":             "package a\nimport _ \"example.com/m/cyc/b\"",
	"cyc/b/b.go":             "package b\nimport _ \"example.com/m/cyc/c\"",
	"cyc/c/c.go":             "package c\nimport _ \"example.com/m/cyc/a\"",
	"self/a.go":              "package self\nimport _ \"example.com/m/self\"",
	"usecyc/a.go":            "package usecyc\nimport _ \"example.com/m/cyc/b\"",
	"wincyc/a/a.go":          "package a\nimport _ \"example.com/m/wincyc/b\"",
	"wincyc/b/b_windows.go":  "package b\nimport _ \"example.com/m/wincyc/a\"",
	"wincyc/b/b.go":          "package b",
	"mixed/a.go":             "package a",
	"mixed/b.go":             "package b",
	"mixed2/a.go":            "package a",
	"mixed2/b_test.go":       "package b",
	"mixed3/a_linux.go":      "package a",
	"mixed3/a_windows.go":    "package b",
	"mixed3/c.go":            "package b",
	"xtest/a_test.go":        "package xtest_test",
	"xtest/b.go":             "package xtest",
	"xtest/c_test.go":        "package xtest",
	"hdr/a.go":               "//go:build linux &&\n\npackage hdr",
	"hdr/b_windows.go":       "package hdr",
	"hdr2/a.go":              "//go:build linux\n//go:build amd64\n\npackage hdr2",
	"usehdr/a.go":            "package usehdr\nimport _ \"example.com/m/hdr\"",
	"emb/a.go":               "package emb\n\nimport _ \"embed\"\n\n//go:embed a.txt  none.txt\nvar s string\n\n//go:embed ../x\nvar t string",
	"emb/a.txt":              "hi",
	"emb2/a.go":              "package emb2\n\nimport _ \"embed\"\n\nvar (\n\t//go:embed a.txt  none.txt\n\ts string\n)",
	"emb2/b_windows.go":      "package emb2\n\nimport _ \"embed\"\n\n//go:embed `missing`\nvar t string",
	"emb2/a.txt":             "hi",
	"emb3/a.go":              "package emb3\n\nimport \"embed\"\n\n//go:embed \"dir\" *.txt all:hidden\nvar s embed.FS",
	"emb3/a.txt":             "hi",
	"emb3/dir/.hidden":       "hi",
	"emb3/hidden/.hidden":    "hi",
	"emb4/a.go":              "package emb4\n\nimport \"embed\"\n\n//go:embed sub/x\nvar s embed.FS",
	"emb4/sub/go.mod":        "module sub\n",
	"emb4/sub/x":             "hi",
	"emb5/a.go":              "package emb5\n\nimport \"embed\"\n\n//go:embed l*\nvar s embed.FS",
	"emb5/link":              "->a.go",
	"emb6/a.go":              "package emb6\n\n//go:embed none\nvar s string",
	"emb7/a.go":              "package emb7\n\nimport _ \"embed\"\n\n//go:embed [a\nvar s string",
	"emb8/a.go":              "package emb8\n\nimport _ \"embed\"\n\n//go:embed dir/nul.txt\nvar s string",
	"emb8/dir/nul.txt":       "",
	"emb9/a.go":              "package emb9\n\nimport _ \"embed\"\n\n//go:embed dir/a\\ dir?\nvar s string",
	"emb9/dir/a":             "",
	"emb10/a.go":             "package emb10\n\nimport _ \"embed\"\n\n//go:embed \"a b.txt\" \"open\nvar s string\n\n//go:embed dir\nvar t string",
	"emb10/dir/ok.txt":       "",
	"emb10/dir/a*b":          "",
	"embtest/a.go":           "package embtest",
	"embtest/a_test.go":      "package embtest\nimport _ \"embed\"\n//go:embed none\nvar s string",
	"syn/a.go":               "pakage syn",
	"syn2/a.go":              "package syn2\nimport fmt",
	"syn3/a.go":              "package syn3\nimport \"fmt\"\nfunc f( {",
	"syn4/a.go":              "package _",
	"syn5/a.go":              "package syn5 \"x\"",
	"syn6/a.go":              "package syn6\nimport (\n\t\"os\n)\n",
	"syn7/a_windows.go":      "package syn7\n/* open",
	"syn7/b.go":              "package syn7",
	"syn8/a.go":              "package syn8\n\x00",
	"syn9/a.go":              "package syn9\nimport \"a9\" \"b\"\n#",
	"syn10/a.go":             "package syn10\n#\nimport \"a\"\n",
	"empty/a.go":             "",
	"usesyn/a.go":            "package usesyn\nimport _ \"example.com/m/syn\"",
	"badimp/a.go":            "package badimp\nimport x \"a b\"\nimport _ \"\"",
	"nomain/a.go":            "package main",
	"nomain/b_windows.go":    "package main\nfunc main() {}",
	"method/a.go":            "package main\ntype T int\nfunc (T) main() {}",
	"exclplan9/a_plan9.go":   "package e",
	"exclplan9/a_test.go":    "package e",
	"useexcl/a.go":           "package useexcl\nimport _ \"example.com/m/exclzos\"\nimport _ \"example.com/m/hidden\"",
	"exclzos/a_zos.go":       "package e",
	"useexcl2/a.go":          "package useexcl2\n\nimport (\n\t\"fmt\"\n\te \"example.com/m/excl386\"\n)\n\nvar _ = fmt.Sprint(e.E)",
	"useexcl2/z.go":          "package useexcl2\n\nimport _ \"example.com/m/excl386\"",
	"excl386/a_386.go":       "package excl386\nvar E int",
	"hidden/_a.go":           "package x",
	"cgotest/a.go":           "package cgotest",
	"cgotest/a_test.go":      "package cgotest\nimport \"C\"",
	"cfiles/a.go":            "package cfiles",
	"cfiles/a.c":             "int x;",
	"cfiles/a_windows.c":     "int y;",
	"cfiles/b.cc":            "int x;",
	"cfiles2/a.go":           "package cfiles2",
	"cfiles2/a.m":            "",
	"cfiles2/a.h":            "",
	"cfiles2/b.F":            "",
	"cfiles3/a.go":           "package cfiles3\nimport \"C\"",
	"cfiles3/a.c":            "int x;",
	"usecgo/a.go":            "package usecgo\nimport _ \"example.com/m/cfiles3\"",
	"cyctest/a/a.go":         "package a",
	"cyctest/a/a_test.go":    "package a\nimport _ \"example.com/m/cyctest/b\"",
	"cyctest/b/b.go":         "package b\nimport _ \"example.com/m/cyctest/a\"",
	"fold/a.go":              "package fold",
	"fold/A.go":              "package fold",
	"dash/-a.go":             "package dash",
	"doc/a.go":               "package doc",
	"doc/b.go":               "package documentation",
	"dang/a.go":              "package dang",
	"dang/b.go":              "->nowhere",
	"missing/a.go":           "package missing\nimport (\n\t_ \"foo/bar\"\n\tx \"example.com/none\"\n\t\"example.com/m/none\"\n)\nvar _ = x.X",
	"missing/b.go":           "package missing\nimport _ \"foo/bar\"",
	"missing2/a_windows.go":  "package missing2\nimport _ \"foo/bar2\"",
	"missing2/b.go":          "package missing2\nimport _ \"foo/bar2\"",
	"missingtest/a.go":       "package missingtest",
	"missingtest/a_test.go":  "package missingtest\nimport _ \"foo/baz\"",
	"missingtest/b_test.go":  "package missingtest_test\nimport _ \"foo/qux\"",
}

func TestErrorsAreThoseOfTheGoCommand(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("needs a file system that tells A from a, and symbolic links")
	}
	root := write(t, zoo)
	compare(t, root, false, "./...")
	compare(t, root, true, "./embtest", "./cyctest/...", "./missingtest", "./xtest", "./cgotest", "./mixed2")
}
