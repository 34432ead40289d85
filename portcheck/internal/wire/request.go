// Package wire is the protocol of portcheck: one JSON object on standard input or in a file, JSON lines on standard output.
package wire

import (
	"fmt"
	"path/filepath"
	"strconv"

	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/resolve"
)

// Version is the version of the protocol. It changes when a field changes its meaning.
const Version = 1

// Request is what to check.
type Request struct {
	GOROOT           string
	Go               string // version of the toolchain, go1.26.8
	Dir              string // the module, or the directory of go.work
	Slots            []port.Slot
	Tags             []string // of the user
	Main             []resolve.Module
	Modules          []resolve.Module
	Vendor           *resolve.Vendor // nil outside vendor mode
	Patterns         []string        // of packages; ./... if the request has none
	Tests            bool            // also the test files of the main modules
	DependencyBodies bool            // also the function bodies of dependencies
	Files            bool            // answer with the files of every package
	CacheDir         string          // for results by content, empty: none
	Watch            []string        // names of other packages whose uses in the main modules are told, os/exec.Command
}

// ReadRequest reads a request. Unknown fields are ignored; the error says which field is missing or wrong.
func ReadRequest(text []byte) (*Request, error) {
	v, err := parseJSON(string(text))
	if err != nil {
		return nil, fmt.Errorf("the request: %w", err)
	}
	o, ok := v.(object)
	if !ok {
		return nil, fmt.Errorf("the request must be one JSON object")
	}
	f := &fields{o: o, path: "request", err: new(error)}
	if version := f.int("version"); version != Version && *f.err == nil {
		return nil, fmt.Errorf("the request has version %d, this portcheck speaks version %d", version, Version)
	}
	q := &Request{
		GOROOT: f.dir("goroot"), Go: f.need("go"), Dir: f.dir("dir"), CacheDir: f.string("cacheDir"),
		Watch: f.strings("watch"),
		Tags:  f.strings("tags"), Patterns: f.strings("patterns"),
		Tests: f.bool("tests"), DependencyBodies: f.bool("dependencyBodies"), Files: f.bool("files"),
	}
	f.each("slots", func(s *fields) {
		q.Slots = append(q.Slots, port.Slot{
			Name: s.need("name"), OS: s.need("goos"), Arch: s.need("goarch"), Cgo: s.bool("cgo"), ToolTags: s.strings("toolTags"),
		})
	})
	f.each("main", func(m *fields) {
		q.Main = append(q.Main, resolve.Module{
			Path: m.need("path"), Dir: m.dir("dir"), Go: m.string("go"), Main: true, Ignore: m.strings("ignore"),
		})
	})
	f.each("modules", func(m *fields) {
		q.Modules = append(q.Modules, resolve.Module{
			Path: m.need("path"), Version: m.string("version"), Dir: m.string("dir"), Go: m.string("go"), Replaced: m.bool("replaced"),
		})
	})
	if v := f.object("vendor"); v != nil {
		q.Vendor = &resolve.Vendor{Dir: v.dir("dir"), Packages: v.pairs("packages")}
	}
	if *f.err != nil {
		return nil, *f.err
	}
	if len(q.Slots) == 0 || len(q.Main) == 0 {
		return nil, fmt.Errorf("request: slots and main must not be empty")
	}
	if len(q.Patterns) == 0 {
		q.Patterns = []string{"./..."}
	}
	return q, nil
}

// fields reads the fields of one object. It keeps the first error; all others then return zero values.
type fields struct {
	o    object
	path string
	err  *error
}

func (f *fields) wrong(name, want string) {
	if *f.err == nil {
		*f.err = fmt.Errorf("%s.%s: want %s", f.path, name, want)
	}
}

// field returns a field of type T, its zero value if the field is missing or null.
func field[T any](f *fields, name, want string) T {
	v, _ := f.o[name].(T)
	if _, ok := f.o[name].(T); !ok && f.o[name] != nil {
		f.wrong(name, want)
	}
	return v
}

func (f *fields) string(name string) string { return field[string](f, name, "a string") }
func (f *fields) bool(name string) bool     { return field[bool](f, name, "true or false") }

func (f *fields) int(name string) int {
	n, err := strconv.Atoi(string(field[number](f, name, "a number")))
	if err != nil {
		f.wrong(name, "a whole number")
	}
	return n
}

// need is a string that must not be empty.
func (f *fields) need(name string) string {
	s := f.string(name)
	if s == "" {
		f.wrong(name, "a string that is not empty")
	}
	return s
}

// dir is an absolute path.
func (f *fields) dir(name string) string {
	s := f.string(name)
	if !filepath.IsAbs(s) {
		f.wrong(name, "an absolute path")
	}
	return s
}

func (f *fields) strings(name string) []string {
	var list []string
	for _, v := range field[[]any](f, name, "an array of strings") {
		s, ok := v.(string)
		if !ok {
			f.wrong(name, "an array of strings")
		}
		list = append(list, s)
	}
	return list
}

func (f *fields) object(name string) *fields {
	o := field[object](f, name, "an object")
	if o == nil {
		return nil
	}
	return &fields{o: o, path: f.path + "." + name, err: f.err}
}

// pairs is an object of strings.
func (f *fields) pairs(name string) map[string]string {
	o := field[object](f, name, "an object of strings")
	m := make(map[string]string, len(o))
	for k, v := range o {
		s, ok := v.(string)
		if !ok {
			f.wrong(name, "an object of strings")
		}
		m[k] = s
	}
	return m
}

// each calls read for every element of an array of objects.
func (f *fields) each(name string, read func(*fields)) {
	for i, v := range field[[]any](f, name, "an array of objects") {
		o, ok := v.(object)
		if !ok {
			f.wrong(name, "an array of objects")
			return
		}
		read(&fields{o: o, path: fmt.Sprintf("%s.%s[%d]", f.path, name, i), err: f.err})
	}
}
