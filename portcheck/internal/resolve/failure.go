package resolve

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The kinds of failures.
const (
	NoModule      = "no-module"      // no module of the build has the package
	NotStd        = "not-std"        // a path without a dot that std does not have
	NotDownloaded = "not-downloaded" // the module that should have it is not on this machine
	NoReplacement = "no-replacement" // the directory of a replace line does not exist
	Ambiguous     = "ambiguous"      // several modules have it
	NestedModule  = "nested-module"  // a directory of the main module that is a module of its own
	Local         = "local"          // a relative path
	BadPath       = "bad-path"       // no import path at all
	NoDirectory   = "no-directory"   // a pattern names a directory that does not exist
	NoGoFiles     = "no-go-files"    // a pattern names a directory without Go files
	Outside       = "outside"        // a pattern names a directory outside the main modules
	BadPattern    = "bad-pattern"    // a pattern that portcheck does not know
)

// Failure says why a package was not found.
type Failure struct {
	Kind    string
	Path    string // the import path or the pattern
	Message string // the go command's own text (Go 1.26), without a position
}

// missing is what the go command says when no module has the package and none may be added.
func (r *Resolver) missing(path string) *Failure {
	if isStdPath(path) {
		return &Failure{NotStd, path, fmt.Sprintf("package %s is not in std (%s)", path, filepath.Join(r.src, filepath.FromSlash(path)))}
	}
	if r.vendor != nil {
		file := "go.work is at least 1.22"
		if len(r.main) == 1 && r.main[0].Dir == r.dir {
			file = "go.mod is at least 1.14"
		}
		return &Failure{NoModule, path, "cannot find module providing package " + path +
			": import lookup disabled by -mod=vendor\n\t(Go version in " + file + " and vendor directory exists.)"}
	}
	kind := NoModule
	for _, m := range r.main {
		if rest, ok := strings.CutPrefix(path, m.Path+"/"); ok && r.nested(m, filepath.Join(m.Dir, filepath.FromSlash(rest))) {
			kind = NestedModule
		}
	}
	return &Failure{kind, path, "no required module provides package " + path + "; to add it:\n\tgo get " + path}
}

// whereToAdd completes the text for a module of a workspace: it names the module's directory, unless the build runs
// there.
func (r *Resolver) whereToAdd(f *Failure, from *Module, path string) *Failure {
	if len(r.main) == 0 || r.vendor != nil {
		return f
	}
	if from == nil || !from.Main {
		from = r.main[0]
	}
	if within(r.dir, from.Dir) {
		return f
	}
	return &Failure{f.Kind, path, "no required module provides package " + path + "; to add it:\n\tcd " + from.Dir + "\n\tgo get " + path}
}

// ambiguous lists the places, the shortest module path first.
func (r *Resolver) ambiguous(path string, found []Place) *Failure {
	slices.Reverse(found)
	var b strings.Builder
	kind := "modules"
	if r.vendor != nil {
		kind = "directories"
		slices.Reverse(found)
	}
	fmt.Fprintf(&b, "ambiguous import: found package %s in multiple %s:", path, kind)
	for _, p := range found {
		b.WriteString("\n\t")
		switch {
		case r.vendor != nil:
			b.WriteString(p.Dir)
		case p.Module == nil:
			fmt.Fprintf(&b, " (%s)", p.Dir)
		case p.Module.Version == "":
			fmt.Fprintf(&b, "%s (%s)", p.Module.Path, p.Dir)
		default:
			fmt.Fprintf(&b, "%s %s (%s)", p.Module.Path, p.Module.Version, p.Dir)
		}
	}
	return &Failure{Ambiguous, path, b.String()}
}

// checkDir fails if the directory that replaces a module does not exist.
func (r *Resolver) checkDir(m *Module) *Failure {
	if !m.Replaced || m.Dir == "" {
		return nil
	}
	if r.remember(r.dirs, m.Dir, func() bool { _, err := os.Stat(m.Dir); return err == nil }) {
		return nil
	}
	return &Failure{NoReplacement, m.Path, fmt.Sprintf("%s: replacement directory %s does not exist", versioned(m), r.asWritten(m.Dir))}
}

// asWritten guesses how the replace line names the directory: relative, as nearly all do.
func (r *Resolver) asWritten(dir string) string {
	rel, err := filepath.Rel(r.dir, dir)
	if err != nil {
		return dir
	}
	rel = filepath.ToSlash(rel)
	if rel != ".." && !strings.HasPrefix(rel, "../") {
		rel = "./" + rel
	}
	return rel
}

func notDownloaded(m *Module, path string) *Failure {
	return &Failure{NotDownloaded, path, fmt.Sprintf("module %s, which may provide package %s, is not downloaded; to download it:\n\tgo mod download %s", versioned(m), path, m.Path)}
}

func versioned(m *Module) string {
	if m.Version == "" {
		return m.Path
	}
	return m.Path + "@" + m.Version
}

// within reports whether path is dir or lies below it. Both are clean.
func within(path, dir string) bool {
	rest, ok := strings.CutPrefix(path, dir)
	return ok && (rest == "" || rest[0] == filepath.Separator || strings.HasSuffix(dir, string(filepath.Separator)))
}
