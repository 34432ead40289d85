package run

import (
	"fmt"
	"math/rand"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gopreflight/gopreflight/portcheck/internal/modtest"
)

// TestRandomModules checks that all slots in one run get what each gets alone, in modules that nobody thought of.
// PORTCHECK_SEEDS=from-to tries others.
func TestRandomModules(t *testing.T) {
	from, to := 1, 10
	if testing.Short() {
		to = 4
	}
	if a, b, ok := strings.Cut(os.Getenv("PORTCHECK_SEEDS"), "-"); ok {
		from, _ = strconv.Atoi(a)
		to, _ = strconv.Atoi(b)
	}
	errors := 0
	for seed := from; seed <= to; seed++ {
		files := randomModule(rand.New(rand.NewSource(int64(seed))))
		if seed%2 == 0 {
			mend(t, files)
		}
		q := module(t, files)
		got, _ := answer(t, q)
		errors += len(got)
		failed := t.Failed()
		expect(t, got, alone(t, q))
		// With what an earlier run kept, and again after each of some edits.
		q.CacheDir = t.TempDir()
		first, _ := answer(t, q)
		expect(t, first, got)
		again, _ := answer(t, q)
		expect(t, again, got)
		other := randomModule(rand.New(rand.NewSource(int64(seed) + 1_000_000)))
		m := &modtest.Module{Dir: q.Dir}
		for _, name := range sortedNames(files) {
			if text, ok := other[name]; ok && text != files[name] {
				m.Put(t, name, text)
				edited, _ := answer(t, q)
				fresh := *q
				fresh.CacheDir = ""
				want, _ := answer(t, &fresh)
				expect(t, edited, want)
			}
		}
		if t.Failed() && !failed {
			t.Errorf("seed %d, in %s", seed, keep(t, files))
		}
	}
	t.Logf("%d errors", errors)
	if errors == 0 {
		t.Error("no module had an error: this tests nothing")
	}
}

// keep writes a module where it can be looked at after the test, if PORTCHECK_KEEP names a folder.
func keep(t *testing.T, files map[string]string) string {
	dir := os.Getenv("PORTCHECK_KEEP")
	if dir == "" {
		return "a module that PORTCHECK_KEEP=folder would keep"
	}
	dir, err := os.MkdirTemp(dir, "seed")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		_ = os.WriteFile(dir+"/"+strings.ReplaceAll(name, "/", "_"), []byte(text), 0o666)
	}
	return dir
}

// generator writes packages of one module. Every package declares the same names, on ports of its own choice, so that
// whatever refers to one of them may mean something else, or nothing, on some ports.
type generator struct {
	*rand.Rand
	dirs []string
}

var constraints = []string{"", "", "", "", "linux", "windows", "!windows", "linux || darwin", "unix", "amd64 || arm64", "386 || arm || mips", "!js",
	"wasm", "!wasm && !plan9", "linux && amd64"}

func randomModule(r *rand.Rand) map[string]string {
	g := &generator{Rand: r}
	files := map[string]string{"go.mod": "module example.com/m\n\ngo 1.22\n"}
	for i := 0; i < 2+r.Intn(3); i++ {
		dir := fmt.Sprintf("p%d", i)
		for k := 0; k < 1+r.Intn(4); k++ {
			files[fmt.Sprintf("%s/f%d.go", dir, k)] = g.file(dir, "", g.oneOf(constraints), 1+r.Intn(8))
		}
		if r.Intn(3) == 0 {
			files[dir+"/in_test.go"] = g.file(dir, "t", g.oneOf(constraints), 1+r.Intn(4))
		}
		g.dirs = append(g.dirs, dir)
		if r.Intn(3) == 0 {
			files[dir+"/out_test.go"] = g.file(dir+"_test", "x", g.oneOf(constraints), 1+r.Intn(4))
		}
	}
	return files
}

func (g *generator) oneOf(list []string) string { return list[g.Intn(len(list))] }

func (g *generator) file(pkg, prefix, constraint string, count int) string {
	var b strings.Builder
	if constraint != "" {
		fmt.Fprintf(&b, "//go:build %s\n\n", constraint)
	}
	fmt.Fprintf(&b, "package %s\n\n", pkg)
	var decls strings.Builder
	for i := 0; i < count; i++ {
		decls.WriteString(g.decl(prefix))
	}
	text := decls.String()
	for i, path := range []string{"runtime", "syscall", "unsafe", "math"} {
		if strings.Contains(text, path+".") || g.Intn(60) == 0 {
			fmt.Fprintf(&b, "import %q\n", path)
		}
		_ = i
	}
	for _, dir := range g.dirs {
		if strings.Contains(text, dir+".") || g.Intn(60) == 0 {
			name := ""
			if g.Intn(20) == 0 {
				name = g.oneOf([]string{".", "_"}) + " "
			}
			fmt.Fprintf(&b, "import %s\"example.com/m/%s\"\n", name, dir)
		}
	}
	return b.String() + "\n" + text
}

// from puts a package before a name, or nothing.
func (g *generator) from(name string) string {
	if len(g.dirs) > 0 && g.Intn(2) == 0 {
		return g.oneOf(g.dirs) + "." + name
	}
	return name
}

func (g *generator) typ(depth int) string {
	if depth > 2 {
		return "int"
	}
	switch g.Intn(14) {
	case 0, 1, 2:
		return g.from(fmt.Sprintf("T%d", g.Intn(4)))
	case 3:
		return "*" + g.typ(depth+1)
	case 4:
		return "[]" + g.typ(depth+1)
	case 5:
		return "map[string]" + g.typ(depth+1)
	case 6:
		return "func(" + g.typ(depth+1) + ") " + g.typ(depth+1)
	case 7:
		return g.from(fmt.Sprintf("G%d", g.Intn(2))) + "[" + g.typ(depth+1) + "]"
	case 8:
		return g.from(fmt.Sprintf("I%d", g.Intn(2)))
	case 9:
		return "[" + g.from(fmt.Sprintf("C%d", g.Intn(3))) + "]" + g.typ(depth+1)
	case 10:
		return "interface{ " + g.method() + "() " + g.typ(depth+1) + " }"
	case 11:
		return "struct{ F0 " + g.typ(depth+1) + "; f1 " + g.typ(depth+1) + " }"
	case 12:
		return "uintptr"
	}
	return g.oneOf([]string{"int", "string", "error", "int64"})
}

func (g *generator) method() string { return g.oneOf([]string{"M0", "M1", "m2", "Error"}) }

func (g *generator) expr(depth int) string {
	if depth > 3 {
		return "1"
	}
	switch g.Intn(20) {
	case 0, 1:
		return g.from(fmt.Sprintf("C%d", g.Intn(3)))
	case 2, 3:
		return g.from(fmt.Sprintf("V%d", g.Intn(4)))
	case 4, 5:
		return g.from(fmt.Sprintf("F%d", g.Intn(5))) + "(" + g.expr(depth+1) + ")"
	case 6:
		return g.expr(depth+1) + "." + g.method() + "()"
	case 7:
		return g.expr(depth+1) + "." + g.oneOf([]string{"F0", "f1", "F2"})
	case 8:
		return g.typ(1) + "{}"
	case 9:
		return "&" + g.from(fmt.Sprintf("T%d", g.Intn(4))) + "{}"
	case 10:
		return "len(" + g.expr(depth+1) + ")"
	case 11:
		return g.expr(depth+1) + " + " + g.expr(depth+1)
	case 12:
		return "1 << 40"
	case 13:
		return g.oneOf([]string{"unsafe.Sizeof(uintptr(0))", "math.MaxInt", "^uint(0)", "int64(math.MaxInt)"})
	case 14:
		return g.oneOf([]string{"syscall.Getpid()", "syscall.SIGKILL", "syscall.O_NONBLOCK", "syscall.Kill", "len(runtime.GOOS + runtime.Version())", "runtime.NumCPU()"})
	case 15:
		return "any(" + g.expr(depth+1) + ").(" + g.typ(1) + ")"
	case 16:
		return fmt.Sprintf("F%d", g.Intn(5))
	}
	return g.oneOf([]string{"nil", `""`, "0", "1.5", "int64(1)"})
}

func (g *generator) decl(prefix string) string {
	name := func(letter string, n int) string {
		// A test's own names, now and then one of the package's.
		if prefix != "" && g.Intn(4) > 0 {
			return letter + prefix + strconv.Itoa(g.Intn(n))
		}
		return letter + strconv.Itoa(g.Intn(n))
	}
	switch g.Intn(13) {
	case 0, 1:
		return fmt.Sprintf("type %s struct {\n\tF0 %s\n\tf1 %s\n\t%s\n}\n\n", name("T", 4), g.typ(0), g.typ(0),
			g.oneOf([]string{"", "", "*" + g.from("T0"), g.from("T1"), g.from("I0"), "F2 " + g.typ(0), g.from("G0") + "[int]"}))
	case 2:
		return fmt.Sprintf("type %s %s\n\n", name("T", 4), g.typ(0))
	case 3:
		return fmt.Sprintf("type %s = %s\n\n", name("T", 4), g.typ(0))
	case 4:
		return fmt.Sprintf("type %s[P any] struct {\n\tF0 P\n\tf1 *%s\n}\n\nfunc (g %s[P]) %s() P { return g.F0 }\n\n", "G0", g.typ(1), "G0", g.method())
	case 5:
		return fmt.Sprintf("type %s interface {\n\t%s() %s\n\t%s(%s)\n}\n\n", name("I", 2), g.method(), g.typ(1), g.method(), g.typ(1))
	case 6:
		return fmt.Sprintf("const %s = %s\n\n", name("C", 3), g.oneOf([]string{"1", "2", `"s"`, "1 << 33", "C0 + 1", g.from("C1"), "iota"}))
	case 7:
		return fmt.Sprintf("var %s %s = %s\n\n", name("V", 4), g.typ(0), g.expr(1))
	case 8:
		return fmt.Sprintf("var %s = %s\n\n", name("V", 4), g.expr(0))
	case 9:
		return fmt.Sprintf("func (t %s) %s() %s { return %s }\n\n", g.oneOf([]string{"T0", "*T1", "T2", "*T3"}), g.method(), g.typ(0), g.expr(1))
	case 10:
		return fmt.Sprintf("func %s[P interface{ %s() int }](p P) int { return p.%s() }\n\n", name("F", 5), g.method(), g.method())
	}
	return fmt.Sprintf("func %s(a %s) %s {\n\tvar x %s = %s\n\t_ = x\n\treturn %s\n}\n\n", name("F", 5), g.typ(0), g.typ(0), g.typ(0), g.expr(0),
		g.oneOf([]string{g.expr(0), "a", "x", "a." + g.method() + "()"}))
}

func sortedNames(files map[string]string) (names []string) {
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// mend drops, a few times, the declarations that are wrong on linux/amd64. What is wrong then is so on other ports.
func mend(t *testing.T, files map[string]string) {
	t.Helper()
	for range 6 {
		got, _ := answer(t, module(t, files))
		for _, e := range got {
			fields := strings.Fields(e)
			if fields[0] != "linux/amd64" || len(fields) < 3 {
				continue
			}
			file, rest, _ := strings.Cut(fields[2], ":")
			number, _, _ := strings.Cut(rest, ":")
			line, _ := strconv.Atoi(number)
			pkg := strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(fields[1], "example.com/m/"), "test"), "x")
			// Only the text is dropped, so that the lines of other errors stay.
			lines := strings.Split(files[pkg+"/"+file], "\n")
			for from := min(line, len(lines)) - 1; from > 0; from-- {
				if strings.HasPrefix(lines[from], "package ") {
					break
				}
				if first := lines[from]; first != "" && first[0] != '\t' && first[0] != '}' {
					for ; from < len(lines) && lines[from] != ""; from++ {
						lines[from] = "//"
					}
					break
				}
			}
			files[pkg+"/"+file] = strings.Join(lines, "\n")
		}
	}
}
