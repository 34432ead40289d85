package resolve

import (
	"fmt"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// checkPath rejects what is no import path of module mode, in the order and words of the go command.
func checkPath(path string) *Failure {
	switch {
	case strings.Contains(path, "@"):
		return &Failure{BadPath, path, "can only use path@version syntax with 'go get' and 'go install' in module-aware mode"}
	case isLocal(path):
		return &Failure{Local, path, fmt.Sprintf("%q is relative, but relative import paths are not supported in module mode", path)}
	case filepath.IsAbs(path):
		return &Failure{BadPath, path, fmt.Sprintf("%q is not a package path; see 'go help packages'", path)}
	case path == "std" || path == "cmd" || path == "tool" || path == "work" || path == "all":
		return &Failure{BadPath, path, fmt.Sprintf("%q is not an importable package; see 'go help packages'", path)}
	}
	if why := invalid(path); why != "" {
		return &Failure{BadPath, path, fmt.Sprintf("malformed import path %q: %s", path, why)}
	}
	return nil
}

// isLocal reports whether the path is relative.
func isLocal(path string) bool {
	return path == "." || path == ".." || strings.HasPrefix(path, "./") || strings.HasPrefix(path, "../")
}

// invalid returns why the path is not a valid import path, "" if it is (golang.org/x/mod/module, CheckImportPath).
func invalid(path string) string {
	switch {
	case !utf8.ValidString(path):
		return "invalid UTF-8"
	case path == "":
		return "empty string"
	case path[0] == '-':
		return "leading dash"
	case strings.Contains(path, "//"):
		return "double slash"
	case path[len(path)-1] == '/':
		return "trailing slash"
	}
	for rest, more := path, true; more; {
		var elem string
		elem, rest, more = strings.Cut(rest, "/")
		if why := invalidElement(elem); why != "" {
			return why
		}
	}
	return ""
}

func invalidElement(elem string) string {
	switch {
	case elem == "":
		return "empty path element"
	case strings.Count(elem, ".") == len(elem):
		return fmt.Sprintf("invalid path element %q", elem)
	case elem[len(elem)-1] == '.':
		return "trailing dot in path element"
	}
	for _, c := range elem {
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.ContainsRune("-._~+", c)) {
			return fmt.Sprintf("invalid char %q", c)
		}
	}
	short, _, _ := strings.Cut(elem, ".")
	if IsDevice(short) {
		return fmt.Sprintf("%q disallowed as path element component on Windows", short)
	}
	if i := strings.LastIndexByte(short, '~'); i >= 0 && i < len(short)-1 && strings.Trim(short[i+1:], "0123456789") == "" {
		return "trailing tilde and digits in path element"
	}
	return ""
}

// IsDevice reports whether Windows keeps the name for a device.
func IsDevice(name string) bool {
	if len(name) != 3 && len(name) != 4 {
		return false
	}
	name = strings.ToLower(name)
	switch name {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(name) == 4 && (name[:3] == "com" || name[:3] == "lpt") && '1' <= name[3] && name[3] <= '9'
}
