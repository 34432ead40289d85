package resolve

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gopreflight/gopreflight/portcheck/internal/srcdir"
)

// Roots returns the packages that the patterns name, sorted by path, without duplicates. Patterns are those of go build:
// directories ("./x", "./x/...", absolute ones) relative to dir, and import paths, with or without "...". A package
// whose files are all excluded is among them: if no pattern names it by itself, go leaves it out in silence.
func (r *Resolver) Roots(patterns []string, dir string) ([]Place, []Failure) {
	var places []Place
	var failures []Failure
	seen := make(map[string]int)
	add := func(p Place) {
		i, ok := seen[p.Path]
		if !ok {
			seen[p.Path] = len(places)
			places = append(places, p)
		} else if p.Named {
			places[i].Named = true
		}
	}
	for _, pattern := range patterns {
		var f *Failure
		wild := strings.Contains(pattern, "...")
		switch {
		case strings.HasSuffix(pattern, ".go"):
			f = &Failure{BadPattern, pattern, fmt.Sprintf("%s: lists of files are not supported, name the package", pattern)}
		case isLocalPattern(pattern) && wild:
			f = r.tree(pattern, dir, add)
		case isLocalPattern(pattern):
			var p Place
			if p, f = r.local(pattern, dir); f == nil {
				p.Named = true
				add(p)
			}
		case wild:
			r.match(pattern, add)
		default:
			var p Place
			if p, f = r.Import(false, nil, pattern); f == nil {
				p.Named = true
				add(p)
			}
		}
		if f != nil {
			failures = append(failures, *f)
		}
	}
	slices.SortFunc(places, func(a, b Place) int { return strings.Compare(a.Path, b.Path) })
	return places, failures
}

func isLocalPattern(pattern string) bool {
	slashed := filepath.ToSlash(pattern)
	return isLocal(slashed) || filepath.IsAbs(pattern)
}

// local is the package of one directory (resolveLocalPackage of the go command).
func (r *Resolver) local(pattern, base string) (Place, *Failure) {
	dir := absolute(pattern, base)
	if _, err := os.Stat(dir); os.IsNotExist(err) {
		return Place{}, &Failure{NoDirectory, pattern, "stat " + dir + ": directory not found"}
	} else if err != nil {
		return Place{}, &Failure{NoDirectory, pattern, err.Error()}
	}
	if !r.hasGoFiles(dir) {
		return Place{}, &Failure{NoGoFiles, pattern, "no Go files in " + dir}
	}
	m := r.mainAround(dir)
	if m == nil {
		return Place{}, &Failure{Outside, pattern, "directory " + pattern + " outside main module or its selected dependencies"}
	}
	p := place(m, dir)
	if r.nested(m, dir) {
		return Place{}, &Failure{NestedModule, pattern, fmt.Sprintf("main module (%s) does not contain package %s", m.Path, p.Path)}
	}
	return p, nil
}

// tree adds the packages of the directories that match a pattern like ./x/... .
func (r *Resolver) tree(pattern, base string, add func(Place)) *Failure {
	fixed := pattern[:strings.Index(pattern, "...")]
	fixed = fixed[:strings.LastIndexAny(fixed, `/`+string(filepath.Separator))+1]
	top := absolute(fixed, base)
	starts := []string{top}
	if m := r.mainAround(top); m == nil {
		// The directory of go.work need not be a module: its modules are meant.
		starts = nil
		for _, m := range r.main {
			if within(m.Dir, top) {
				starts = append(starts, m.Dir)
			}
		}
		if starts == nil {
			return &Failure{Outside, pattern, fmt.Sprintf("pattern %s: directory prefix %s does not contain main module or its selected dependencies", pattern, strings.TrimSuffix(fixed, "/"))}
		}
	}
	matches := matcher(filepath.ToSlash(absolute(pattern, base)))
	for _, start := range starts {
		m := r.mainAround(start)
		if r.nested(m, start) {
			continue
		}
		err := srcdir.Walk(start, r.ignored(m, start), func(dir string) {
			if matches(filepath.ToSlash(dir)) {
				add(place(m, dir))
			}
		})
		if err != nil {
			return &Failure{NoDirectory, pattern, fmt.Sprintf("pattern %s: %v", pattern, err)}
		}
	}
	return nil
}

// match adds the packages of std and of all modules whose import path matches.
func (r *Resolver) match(pattern string, add func(Place)) {
	fixed := pattern[:strings.Index(pattern, "...")]
	canMatch := func(prefix string) bool {
		return strings.HasPrefix(prefix+"/", fixed) || strings.HasPrefix(fixed, prefix+"/")
	}
	matches := matcher(pattern)
	offer := func(p Place) {
		if matches(p.Path) {
			add(p)
		}
	}
	if isStdPath(fixed) {
		start := filepath.Join(r.src, filepath.FromSlash(fixed[:strings.LastIndexByte(fixed, '/')+1]))
		_ = srcdir.Walk(start, nil, func(dir string) { // an error: nothing there to match
			if rel, err := filepath.Rel(r.src, dir); err == nil && rel != "." && rel != "builtin" {
				offer(r.stdPlace(filepath.ToSlash(rel)))
			}
		})
	}
	for _, m := range r.modules {
		if m.Dir == "" || !canMatch(m.Path) || r.vendor != nil && !m.Main {
			continue
		}
		_ = srcdir.Walk(m.Dir, r.ignored(m, m.Dir), func(dir string) {
			offer(place(m, dir))
		})
	}
	if r.vendor != nil {
		for path := range r.vendor.Packages {
			if p, f := r.Import(false, nil, path); f == nil {
				offer(p)
			}
		}
	}
}

// mainAround returns the innermost main module that the directory lies in, nil if there is none.
func (r *Resolver) mainAround(dir string) *Module {
	var best *Module
	for _, m := range r.main {
		if within(dir, m.Dir) && (best == nil || len(m.Dir) > len(best.Dir)) {
			best = m
		}
	}
	return best
}

// place is the package of a directory of the module.
func place(m *Module, dir string) Place {
	path := m.Path
	if rel := strings.Trim(filepath.ToSlash(dir[len(m.Dir):]), "/"); rel != "" {
		path += "/" + rel
	}
	return Place{Path: path, Dir: dir, Module: m}
}

// absolute returns the clean absolute form of a path that is relative to base.
func absolute(path, base string) string {
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(base, filepath.FromSlash(path))
}
