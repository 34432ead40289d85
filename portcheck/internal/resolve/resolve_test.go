package resolve

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/build"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// write makes files below root.
func write(t *testing.T, root string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	age(t, root)
}

// age makes all files old: of directories that changed less than two seconds ago the go command keeps no index, and then
// some of its rules differ.
func age(t *testing.T, root string) {
	t.Helper()
	old := time.Now().Add(-time.Hour)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chtimes(path, old, old)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// temp is a new directory without symbolic links in its path, as the go command prints it.
func temp(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// listed is one package of go list.
type listed struct {
	ImportPath, Dir string
	Standard        bool
	DepOnly         bool
	Module          *struct{ Path string }
	Error           *struct{ Pos, Err string }
}

// goList runs the real go command offline.
func goList(t *testing.T, dir string, args ...string) []listed {
	t.Helper()
	cmd := exec.Command(filepath.Join(runtime.GOROOT(), "bin", "go"), append([]string{"list", "-e", "-json=ImportPath,Dir,Standard,DepOnly,Module,Error,GoFiles,IgnoredGoFiles"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=", "GOPROXY=off", "GOTOOLCHAIN=local", "GOWORK=", "CGO_ENABLED=0")
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
		all = append(all, p)
	}
}

// compare resolves each import and wants the answer of the go command.
func compare(t *testing.T, r *Resolver, from *Module, list []listed, imports []string) {
	t.Helper()
	by := make(map[string]listed)
	for _, p := range list {
		by[p.ImportPath] = p
	}
	for _, path := range imports {
		want, ok := by[path]
		if !ok {
			t.Errorf("%s: not in the answer of go list", path)
			continue
		}
		got, f := r.Import(false, from, path)
		notFound := want.Error != nil && !strings.HasPrefix(want.Error.Err, "build constraints exclude")
		switch {
		case notFound && f == nil:
			t.Errorf("%s: found in %s, go says %s", path, got.Dir, want.Error.Err)
		case notFound:
			if f.Message != want.Error.Err {
				t.Errorf("%s: %q (%s), go says %q", path, f.Message, f.Kind, want.Error.Err)
			}
		case f != nil:
			t.Errorf("%s: %s, go finds it in %s", path, f.Message, want.Dir)
		default:
			module := ""
			if got.Module != nil {
				module = got.Module.Path
			}
			wantModule := ""
			if want.Module != nil {
				wantModule = want.Module.Path
			}
			if got.Dir != want.Dir || got.Std != want.Standard || module != wantModule || got.Path != path {
				t.Errorf("%s: %+v in module %q, go says %+v in %q", path, got, module, want, wantModule)
			}
		}
	}
}

// importer is a file that imports all paths.
func importer(name string, paths []string) string {
	text := "package " + name + "\n"
	for _, p := range paths {
		text += fmt.Sprintf("import _ %q\n", p)
	}
	return text
}

func TestImportsAreFoundWhereGoFindsThem(t *testing.T) {
	root := temp(t)
	imports := []string{
		"./b", "example.com/m/empty", "example.com/m/none", "example.com/m/nested", "example.com/m/nested/deeper", "example.com/other/x",
		"foo/bar", "internal", "cmd/go", "/abs", "all", "con/x", "a~1/x", "example.com/m/excluded", "example.com/m/tested", "golang.org/x/net/dns/dnsmessage",
		"unsafe", "os", "internal/abi", "testdata", "example.com/m", "example.com/m/a.b", "example.com/d", "example.com/d/x", "example.com/d/nested/x",
		"example.com/d/sub/y", "example.com/gone/x", "example.com/both/x", "example.com/two/x", "vendor/golang.org/x/net/dns/dnsmessage", "example.com/m/dir.go",
		"fmt/fmt", "example.com/m/x/..", "go/ast", "toolchain/x", "example.com/mm", "example.com/m/hidden",
	}
	write(t, root, map[string]string{
		"m/go.mod": `module example.com/m

go 1.22

require (
	example.com/d v1.0.0
	example.com/d/sub v1.0.0
	example.com/gone v1.0.0
	example.com/both v1.0.0
	example.com/both/x v1.1.0
	example.com/two/x v1.1.0
)

replace (
	example.com/d => ../d
	example.com/d/sub => ../d/sub
	example.com/gone => ../gone
	example.com/both => ../both
	example.com/both/x => ../bothx
	example.com/two/x => ../two
)
`,
		"m/m.go": "package m", "m/a/a.go": importer("a", imports), "m/empty/x.txt": "", "m/hidden/_x.go": "", "m/nested/go.mod": "module nested\n", "m/nested/n.go": "package n",
		"m/nested/deeper/n.go": "package n", "m/excluded/x_zos.go": "package x", "m/tested/x_test.go": "package x", "m/a.b/x.go": "package x", "m/dir.go/x.txt": "",
		"d/go.mod": "module example.com/d\n", "d/d.go": "package d", "d/x/x.go": "package x", "d/nested/go.mod": "module example.com/d/nested\n", "d/nested/x/x.go": "package x",
		"d/sub/go.mod": "module example.com/d/sub\n", "d/sub/y/y.go": "package y", "gone/go.mod": "module example.com/gone\n",
		"both/go.mod": "module example.com/both\n", "both/x/x.go": "package x", "bothx/go.mod": "module example.com/both/x\n", "bothx/x.go": "package x",
		"two/go.mod": "module example.com/two/x\n", "two/x.go": "package x",
	})
	if !slices.Contains(build.Default.ReleaseTags, "go1.23") {
		// Before, directories of std without Go files had a text of their own.
		imports = slices.DeleteFunc(imports, func(path string) bool { return path == "internal" || path == "testdata" })
	}
	main := Module{Path: "example.com/m", Dir: filepath.Join(root, "m")}
	var modules []Module
	for path, dir := range map[string]string{"d": "d", "d/sub": "d/sub", "gone": "gone", "both": "both", "both/x": "bothx", "two/x": "two"} {
		version := "v1.0.0"
		if strings.HasSuffix(path, "/x") {
			version = "v1.1.0"
		}
		modules = append(modules, Module{Path: "example.com/" + path, Version: version, Dir: filepath.Join(root, dir), Replaced: true})
	}
	r := New(runtime.GOROOT(), main.Dir, []Module{main}, modules, nil)
	compare(t, r, r.Main()[0], goList(t, main.Dir, "-deps", "./a"), imports)

	// Only the kinds tell these apart.
	for path, kind := range map[string]string{"./b": Local, "example.com/m/nested": NestedModule, "example.com/m/none": NoModule, "foo/bar": NotStd, "example.com/both/x": Ambiguous, "all": BadPath} {
		if _, f := r.Import(false, nil, path); f == nil || f.Kind != kind {
			t.Errorf("%s: %+v, want %s", path, f, kind)
		}
	}
}

func TestMissingReplacement(t *testing.T) {
	root := temp(t)
	write(t, root, map[string]string{
		"m/go.mod": "module example.com/m\n\ngo 1.22\n\nrequire example.com/d v1.0.0\n\nreplace example.com/d => ../none\n",
		"m/m.go":   importer("m", []string{"example.com/d/x"}),
	})
	main := Module{Path: "example.com/m", Dir: filepath.Join(root, "m")}
	r := New(runtime.GOROOT(), main.Dir, []Module{main}, []Module{{Path: "example.com/d", Version: "v1.0.0", Dir: filepath.Join(root, "none"), Replaced: true}}, nil)
	compare(t, r, r.Main()[0], goList(t, main.Dir, "-deps", "."), []string{"example.com/d/x"})
}

func TestModuleThatIsNotDownloadedIsNamed(t *testing.T) {
	dir := temp(t)
	write(t, dir, map[string]string{"x/x.go": "package x"})
	r := New(runtime.GOROOT(), dir, []Module{{Path: "m", Dir: dir}}, []Module{{Path: "example.com/d", Version: "v1.2.3"}}, nil)
	_, f := r.Import(false, nil, "example.com/d/x")
	if f == nil || f.Kind != NotDownloaded || !strings.Contains(f.Message, "example.com/d@v1.2.3") {
		t.Errorf("%+v", f)
	}
	if p, f := r.Import(false, nil, "m/x"); f != nil || p.Dir != filepath.Join(dir, "x") {
		t.Errorf("%+v %+v", p, f)
	}
}

func TestVendorDirectoryAloneProvides(t *testing.T) {
	root := temp(t)
	imports := []string{"example.com/d/x", "example.com/d/unlisted", "example.com/d/gone", "example.com/m/b", "os", "nostd/x", "golang.org/x/net/dns/dnsmessage", "example.com/m/both"}
	write(t, root, map[string]string{
		"a/a.go": importer("a", imports), "b/b.go": "package b", "both/b.go": "package b",
		"vendor/modules.txt":                 "# example.com/d v1.0.0\n## explicit; go 1.20\nexample.com/d/x\nexample.com/d/gone\nexample.com/m/both\n",
		"vendor/example.com/d/x/x.go":        "package x",
		"vendor/example.com/d/unlisted/x.go": "package x",
		"vendor/example.com/m/both/x.go":     "package x",
	})
	for _, version := range []string{"1.22", "1.23"} {
		if !slices.Contains(build.Default.ReleaseTags, "go"+version) {
			continue
		}
		write(t, root, map[string]string{"go.mod": "module example.com/m\n\ngo " + version + "\n\nrequire example.com/d v1.0.0\n"})
		r := New(runtime.GOROOT(), root, []Module{{Path: "example.com/m", Dir: root, Go: version}}, []Module{{Path: "example.com/d", Version: "v1.0.0"}}, &Vendor{
			Dir:      filepath.Join(root, "vendor"),
			Packages: map[string]string{"example.com/d/x": "example.com/d", "example.com/d/gone": "example.com/d", "example.com/m/both": "example.com/d"},
		})
		list := goList(t, root, "-deps", "./a")
		compare(t, r, r.Main()[0], list, imports)
		if p, f := r.Import(false, nil, "example.com/d/unlisted"); (f == nil) != (version == "1.22") || f == nil && p.Module == nil {
			t.Errorf("go %s: %+v %+v", version, p, f)
		}
	}
}

func TestStdImportsItsOwnVendoredPackages(t *testing.T) {
	r := New(runtime.GOROOT(), t.TempDir(), []Module{{Path: "m", Dir: t.TempDir()}}, nil, nil)
	p, f := r.Import(true, nil, "golang.org/x/net/dns/dnsmessage")
	if f != nil || p.Path != "vendor/golang.org/x/net/dns/dnsmessage" || !p.Std || !holdsGoFile(p.Dir) {
		t.Errorf("%+v %v", p, f)
	}
	if p, _ := r.Import(true, nil, "os"); p.Path != "os" || p.Dir != filepath.Join(runtime.GOROOT(), "src", "os") {
		t.Errorf("%+v", p)
	}
	if p, f := r.Import(false, nil, "C"); f != nil || p.Dir != "" || p.Path != "C" {
		t.Errorf("%+v %v", p, f)
	}
}

func TestWorkspaceNamesTheModuleToChange(t *testing.T) {
	root := temp(t)
	imports := []string{"example.com/b/x", "example.com/none", "example.com/b/none"}
	write(t, root, map[string]string{
		"go.work": "go 1.22\n\nuse (\n\t./a\n\t./b\n)\n", "a/go.mod": "module example.com/a\n\ngo 1.22\n", "b/go.mod": "module example.com/b\n\ngo 1.22\n",
		"a/a.go": importer("a", imports), "b/x/x.go": "package x",
	})
	r := New(runtime.GOROOT(), root, []Module{{Path: "example.com/a", Dir: filepath.Join(root, "a")}, {Path: "example.com/b", Dir: filepath.Join(root, "b")}}, nil, nil)
	compare(t, r, r.Main()[0], goList(t, root, "-deps", "./a"), imports)
	if got := paths(r.Roots([]string{"./..."}, root)); got != "example.com/a example.com/b/x | " {
		t.Error(got)
	}
}

func TestPathsThatAreNone(t *testing.T) {
	for path, want := range map[string]string{
		"a b": `malformed import path "a b": invalid char ' '`, "": `malformed import path "": empty string`, "-a": `malformed import path "-a": leading dash`,
		"a//b": `malformed import path "a//b": double slash`, "a/": `malformed import path "a/": trailing slash`, "a/..": `malformed import path "a/..": invalid path element ".."`,
		"a./b": `malformed import path "a./b": trailing dot in path element`, "a\xff": "malformed import path \"a\\xff\": invalid UTF-8", "x@v1": "can only use path@version syntax with 'go get' and 'go install' in module-aware mode",
		"lpt1.x/a": `malformed import path "lpt1.x/a": "lpt1" disallowed as path element component on Windows`,
		"a~12":     `malformed import path "a~12": trailing tilde and digits in path element`, "é": `malformed import path "é": invalid char 'é'`, "a+b~x/c": "", "com0/x": "",
	} {
		got := ""
		if f := checkPath(path); f != nil {
			got = f.Message
		}
		if got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
}

// paths renders the answer of Roots.
func paths(places []Place, failures []Failure) string {
	var list []string
	for _, p := range places {
		list = append(list, p.Path)
	}
	list = append(list, "|")
	for _, f := range failures {
		list = append(list, f.Kind+": "+f.Message)
	}
	if len(failures) == 0 {
		return strings.Join(list, " ") + " "
	}
	return strings.Join(list, " ")
}

func TestPatternsNameWhatTheyNameForGo(t *testing.T) {
	if !slices.Contains(build.Default.ReleaseTags, "go1.25") {
		t.Skip("a toolchain that knows no ignore lines")
	}
	root := temp(t)
	write(t, root, map[string]string{
		"m/go.mod": "module example.com/m\n\ngo 1.25\n\nignore (\n\t./skipped\n\tanywhere\n)\n\nrequire example.com/d v1.0.0\n\nreplace example.com/d => ../d\n",
		"m/m.go":   "package m\nimport _ \"example.com/d/x\"\n", "m/x/x.go": "package x", "m/x/y/y.go": "package y", "m/xy/y.go": "package y", "m/skipped/s.go": "package s", "m/x/skipped/s.go": "package s",
		"m/x/anywhere/s.go": "package s", "m/testdata/t.go": "package t", "m/x/nested/go.mod": "module n\n", "m/x/nested/n.go": "package n", "m/empty/x.txt": "",
		"m/tests/x_test.go": "package x", "m/vendor/x/x.go": "package x", "d/go.mod": "module example.com/d\n\ngo 1.20\n", "d/x/x.go": "package x", "d/m/m.go": "package m",
	})
	main := Module{Path: "example.com/m", Dir: filepath.Join(root, "m"), Ignore: []string{"./skipped", "anywhere"}}
	r := New(runtime.GOROOT(), main.Dir, []Module{main}, []Module{{Path: "example.com/d", Version: "v1.0.0", Dir: filepath.Join(root, "d"), Replaced: true}}, nil)
	for _, patterns := range [][]string{
		{"./..."}, {"."}, {"./x"}, {"./x/..."}, {"./x..."}, {"./x/", "./xy"}, {"./x", "./..."}, {"example.com/m/..."}, {"example.com/m/x"}, {"example.com/..."}, {"example.com/.../x"},
		{"os"}, {"os/..."}, {"io/..."}, {"./testdata"}, {"./tests"}, {filepath.Join(main.Dir, "x", "...")}, {main.Dir}, {"example.com/d/x"}, {"./.../y"}, {"encoding/js..."},
	} {
		var want []string
		for _, p := range goList(t, main.Dir, append([]string{"-mod=mod", "-tags=goexperiment.jsonv2"}, patterns...)...) {
			want = append(want, p.ImportPath)
		}
		slices.Sort(want)
		if got := paths(r.Roots(patterns, main.Dir)); got != strings.Join(append(want, "|"), " ")+" " {
			t.Errorf("%v:\n%s\nwant\n%s", patterns, got, want)
		}
	}
	for pattern, want := range map[string]string{
		"./none":             "| no-directory: stat " + filepath.Join(main.Dir, "none") + ": directory not found",
		"./empty":            "| no-go-files: no Go files in " + filepath.Join(main.Dir, "empty"),
		"./x/nested":         "| nested-module: main module (example.com/m) does not contain package example.com/m/x/nested",
		"../...":             "example.com/m example.com/m/tests example.com/m/x example.com/m/x/skipped example.com/m/x/y example.com/m/xy | ",
		"../../...":          "example.com/m example.com/m/tests example.com/m/x example.com/m/x/skipped example.com/m/x/y example.com/m/xy | ",
		"../d/...":           "| outside: pattern ../d/...: directory prefix ../d does not contain main module or its selected dependencies",
		"example.com/m/none": "| no-module: no required module provides package example.com/m/none; to add it:\n\tgo get example.com/m/none",
		"m.go":               "| bad-pattern: m.go: lists of files are not supported, name the package",
	} {
		if got := paths(r.Roots([]string{pattern}, main.Dir)); got != want {
			t.Errorf("%s:\n%q\nwant\n%q", pattern, got, want)
		}
	}
}

func TestPackagesNamedByThemselvesAreMarked(t *testing.T) {
	dir := temp(t)
	write(t, dir, map[string]string{"go.mod": "module m\n", "x/x.go": "package x", "y/y.go": "package y", "z/z.go": "package z"})
	r := New(runtime.GOROOT(), dir, []Module{{Path: "m", Dir: dir}}, nil, nil)
	places, _ := r.Roots([]string{"./x", "./...", "m/z"}, dir)
	got := ""
	for _, p := range places {
		got += fmt.Sprint(p.Path, " ", p.Named, ", ")
	}
	if got != "m/x true, m/y false, m/z true, " {
		t.Error(got)
	}
}

func TestManyMayAskAtOnce(t *testing.T) {
	dir := temp(t)
	write(t, dir, map[string]string{"x/x.go": "package x"})
	r := New(runtime.GOROOT(), dir, []Module{{Path: "m", Dir: dir}}, nil, nil)
	var wg sync.WaitGroup
	for i := 0; i < 8; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for _, path := range []string{"m/x", "os", "m/none", "none/x", "example.com/x"} {
				if p, f := r.Import(false, nil, path); (f == nil) != (path == "m/x" || path == "os") || f == nil && p.Path != path {
					t.Errorf("%s: %+v %+v", path, p, f)
				}
			}
		}()
	}
	wg.Wait()
}
