package run

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/resolve"
	"github.com/gopreflight/gopreflight/portcheck/internal/wire"
)

func TestUsesOfWatchedNames(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"cmd/server/main.go":  "package main\n\nimport \"m/lib\"\n\nfunc main() { lib.Run() }\n",
		"cmd/web/main.go":     "package main\n\nfunc main() {}\n",
		"lib/lib.go":          "package lib\n\nimport run \"os/exec\"\n\nfunc Run() { run.Command(\"x\") }\n",
		"lib/lib_linux.go":    "package lib\n\nimport \"os/exec\"\n\nvar look = exec.LookPath\n",
		"lib/lib_test.go":     "package lib\n\nimport \"os/exec\"\n\nvar test = exec.Command\n",
		"lib/lib_windows.go":  "package lib\n\nimport \"os/exec\"\n\nvar other = exec.Command\n",
		"unused/unused_js.go": "package unused\n\nimport \"os/exec\"\n\nvar C = exec.Command\n",
	} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	q := &wire.Request{
		GOROOT: runtime.GOROOT(), Go: runtime.Version(), Dir: dir, Patterns: []string{"./..."}, Tests: true,
		Slots: []port.Slot{{Name: "linux/amd64", OS: "linux", Arch: "amd64"}, {Name: "js/wasm", OS: "js", Arch: "wasm"}},
		Main:  []resolve.Module{{Path: "m", Dir: dir, Go: "1.22", Main: true}},
		Watch: []string{"os/exec.Command", "os/exec.LookPath"},
	}
	if err := Run(q, wire.NewWriter(&out), time.Now()); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, line := range strings.Split(out.String(), "\n") {
		var u struct {
			T, File, Symbol string
			Line, Column    int
			Slots           []int
			Programs        []string
		}
		if json.Unmarshal([]byte(line), &u) != nil || u.T != "use" {
			continue
		}
		text, _ := json.Marshal([]any{filepath.Base(u.File), u.Line, u.Column, u.Symbol, u.Slots, u.Programs})
		got = append(got, string(text))
	}
	want := []string{
		`["lib.go",5,14,"os/exec.Command",[0,1],["m/cmd/server"]]`,
		`["lib_linux.go",5,12,"os/exec.LookPath",[0],["m/cmd/server"]]`,
		`["unused_js.go",5,9,"os/exec.Command",[1],[]]`,
	}
	if len(got) != len(want) {
		t.Fatalf("got %s", got)
	}
	for _, w := range want {
		if !strings.Contains(strings.Join(got, "\n"), w) {
			t.Errorf("no %s in %s", w, got)
		}
	}
}
