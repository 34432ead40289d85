package resolve

import (
	"path/filepath"
	"strings"
)

// matcher returns whether a slash-separated path matches a pattern in which "..." stands for any string; "/..." at the
// end also matches nothing (cmd/internal/pkgpattern).
func matcher(pattern string) func(path string) bool {
	return func(path string) bool {
		if whole, ok := strings.CutSuffix(pattern, "/..."); ok && matchParts(strings.Split(whole, "..."), path) {
			return true
		}
		return matchParts(strings.Split(pattern, "..."), path)
	}
}

// matchParts reports whether path is made of the parts, in order, with anything between two of them.
func matchParts(parts []string, path string) bool {
	if len(parts) == 1 {
		return path == parts[0]
	}
	rest, ok := strings.CutPrefix(path, parts[0])
	if !ok {
		return false
	}
	for _, part := range parts[1 : len(parts)-1] {
		i := strings.Index(rest, part)
		if i < 0 {
			return false
		}
		rest = rest[i+len(part):]
	}
	return strings.HasSuffix(rest, parts[len(parts)-1])
}

// ignored returns whether the ignore lines of a module's go.mod leave a directory out, given its path below start:
// "./x" is the directory x at the module's root, "x" any directory of that name (Go 1.25, go.dev/ref/mod).
func (r *Resolver) ignored(m *Module, start string) func(rel string) bool {
	if len(m.Ignore) == 0 {
		return nil
	}
	above := strings.Trim(filepath.ToSlash(start[len(m.Dir):]), "/")
	return func(rel string) bool {
		path := "/" + strings.Trim(above+"/"+rel, "/") + "/"
		for _, line := range m.Ignore {
			if rooted, ok := strings.CutPrefix(line, "./"); ok {
				if strings.HasPrefix(path, "/"+strings.Trim(rooted, "/")+"/") {
					return true
				}
			} else if strings.Contains(path, "/"+strings.Trim(line, "/")+"/") {
				return true
			}
		}
		return false
	}
}
