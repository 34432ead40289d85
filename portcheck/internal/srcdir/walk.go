package srcdir

import (
	"os"
	"strings"
)

// Walk calls visit for every directory of a module that may hold a package: those with a .go file, in the order of
// their paths. It leaves out what ./... leaves out (Go 1.26 src/cmd/go/internal/search/search.go, MatchDirs):
// directories named testdata or with a leading . or _, what is below a directory named vendor, other modules, and those
// for which ignore (may be nil) holds; ignore gets the path below root with slashes. The error is that of reading root.
func Walk(root string, ignore func(rel string) bool, visit func(dir string)) error {
	entries, err := os.ReadDir(root)
	if err != nil {
		return err
	}
	walk(root, "", entries, ignore, visit)
	return nil
}

func walk(dir, rel string, entries []os.DirEntry, ignore func(string) bool, visit func(string)) {
	for _, e := range entries {
		if name := e.Name(); strings.HasSuffix(name, ".go") && name[0] != '_' && name[0] != '.' {
			visit(dir)
			break
		}
	}
	if rel == "vendor" || strings.HasSuffix(rel, "/vendor") {
		return // but a package named vendor is one
	}
	for _, e := range entries {
		name := e.Name()
		if !e.IsDir() || name[0] == '.' || name[0] == '_' || name == "testdata" {
			continue
		}
		path, below := dir+string(os.PathSeparator)+name, name
		if rel != "" {
			below = rel + "/" + name
		}
		if ignore != nil && ignore(below) {
			continue
		}
		// A directory that cannot be read holds nothing that go could build.
		children, err := os.ReadDir(path)
		if err != nil || holdsModule(path, children) {
			continue
		}
		walk(path, below, children, ignore, visit)
	}
}

// holdsModule reports whether one of the entries of dir is a go.mod file.
func holdsModule(dir string, entries []os.DirEntry) bool {
	for _, e := range entries {
		if e.Name() == "go.mod" {
			info, err := os.Stat(dir + string(os.PathSeparator) + "go.mod")
			return err == nil && !info.IsDir()
		}
	}
	return false
}
