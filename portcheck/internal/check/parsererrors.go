package check

import (
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"github.com/gopreflight/gopreflight/portcheck/internal/compilertext"
	"github.com/gopreflight/gopreflight/portcheck/internal/load"
)

// compilerSyntax asks the compiler itself for the syntax errors of some files: its parser is not go/parser and words
// them otherwise. It stops after parsing, so it needs no imports and takes some ten milliseconds. nil if it can not be
// asked.
//
// The output goes to a file of ours: the compiler removes its output file when it fails, whatever that is.
func compilerSyntax(goroot, path, lang string, files []*load.File) []compilertext.Error {
	compiler := filepath.Join(goroot, "pkg", "tool", runtime.GOOS+"_"+runtime.GOARCH, "compile")
	if runtime.GOOS == "windows" {
		compiler += ".exe"
	}
	dir, err := os.MkdirTemp("", "portcheck-")
	if err != nil {
		return nil
	}
	defer os.RemoveAll(dir)
	printed, err := os.Create(filepath.Join(dir, "printed"))
	if err != nil {
		return nil
	}
	defer printed.Close()
	args := []string{compiler, "-e", "-p", path, "-o", filepath.Join(dir, "out")}
	if lang != "" {
		args = append(args, "-lang="+lang)
	}
	args = append(args, "--")
	for _, f := range files {
		args = append(args, f.Path)
	}
	process, err := os.StartProcess(compiler, args, &os.ProcAttr{Dir: dir, Files: []*os.File{nil, printed, printed}})
	if err != nil {
		return nil
	}
	if _, err := process.Wait(); err != nil {
		return nil
	}
	text, err := os.ReadFile(filepath.Join(dir, "printed"))
	if err != nil {
		return nil
	}
	return printedErrors(string(text))
}

// printedErrors reads lines of the form file:line:column: message; a line that begins with a tab continues the message.
func printedErrors(text string) []compilertext.Error {
	var out []compilertext.Error
	for _, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, "\t") && len(out) > 0 {
			out[len(out)-1].Message += "\n" + line
			continue
		}
		// A file's path may hold colons: the numbers are the first two that stand between colons.
		parts := strings.Split(line, ":")
		for i := 1; i+2 < len(parts); i++ {
			number, err1 := strconv.Atoi(parts[i])
			column, err2 := strconv.Atoi(parts[i+1])
			if err1 == nil && err2 == nil {
				out = append(out, compilertext.Error{File: strings.Join(parts[:i], ":"), Line: number, Column: column,
					Message: strings.TrimPrefix(strings.Join(parts[i+2:], ":"), " ")})
				break
			}
		}
	}
	return out
}
