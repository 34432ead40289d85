package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/gopreflight/gopreflight/portcheck/internal/port"
	"github.com/gopreflight/gopreflight/portcheck/internal/resolve"
)

const full = `{
 "version": 1, "goroot": "/go", "go": "go1.26.8", "dir": "/m", "future": {"a": [1, {"b": null}]},
 "slots": [{"name":"linux/amd64","goos":"linux","goarch":"amd64","cgo":true,"toolTags":["amd64.v1"]},
           {"name":"js/wasm","goos":"js","goarch":"wasm"}],
 "tags": ["a\u00e4\ud83d\ude00\ud83d"], "main": [{"path":"m","dir":"/m","go":"1.22","ignore":["./x"]}],
 "modules": [{"path":"d","version":"v1.0.0","dir":"","go":"","replaced":true}],
 "vendor": {"dir":"/m/vendor","packages":{"d/e":"d"}},
 "patterns": ["./a\\b\n"], "tests": true, "dependencyBodies": true, "files": false, "cacheDir": "",
 "watch": ["os/exec.Command"]
}`

func TestRequestIsReadWhole(t *testing.T) {
	got, err := ReadRequest([]byte(full))
	if err != nil {
		t.Fatal(err)
	}
	want := &Request{
		GOROOT: "/go", Go: "go1.26.8", Dir: "/m",
		Slots: []port.Slot{
			{Name: "linux/amd64", OS: "linux", Arch: "amd64", Cgo: true, ToolTags: []string{"amd64.v1"}},
			{Name: "js/wasm", OS: "js", Arch: "wasm"},
		},
		Tags:     []string{"aä😀\ufffd"},
		Main:     []resolve.Module{{Path: "m", Dir: "/m", Go: "1.22", Main: true, Ignore: []string{"./x"}}},
		Modules:  []resolve.Module{{Path: "d", Version: "v1.0.0", Replaced: true}},
		Vendor:   &resolve.Vendor{Dir: "/m/vendor", Packages: map[string]string{"d/e": "d"}},
		Patterns: []string{"./a\\b\n"}, Tests: true, DependencyBodies: true,
		Watch: []string{"os/exec.Command"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestRequestWithoutPatternsMeansAll(t *testing.T) {
	got, err := ReadRequest([]byte(strings.Replace(full, `"patterns": ["./a\\b\n"]`, `"patterns": null, "vendor": null`, 1)))
	if err != nil || fmt.Sprint(got.Patterns) != "[./...]" || got.Vendor != nil {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestWrongFieldsAreNamed(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{`"version": 1`, `"version": 2`, "version 2"},
		{`"version": 1`, `"version": "1"`, "request.version: want a number"},
		{`"version": 1,`, ``, "request.version"},
		{`"goroot": "/go"`, `"goroot": "go"`, "request.goroot: want an absolute path"},
		{`"go": "go1.26.8"`, `"go": ""`, "request.go: "},
		{`"goos":"js"`, `"goos":7`, "request.slots[1].goos: want a string"},
		{`"cgo":true`, `"cgo":"yes"`, "request.slots[0].cgo: want true or false"},
		{`["amd64.v1"]`, `["amd64.v1", 3]`, "request.slots[0].toolTags: want an array of strings"},
		{`{"d/e":"d"}`, `{"d/e":1}`, "request.vendor.packages: want an object of strings"},
		{`"tests": true`, `"tests": 1`, "request.tests: "},
		{`[{"path":"m","dir":"/m","go":"1.22","ignore":["./x"]}]`, `[]`, "main must not be empty"},
		{`[{"path":"m"`, `[7, {"path":"m"`, "request.main: want an array of objects"},
	} {
		text := strings.Replace(full, c.from, c.to, 1)
		if text == full {
			t.Fatalf("%s is not in the request", c.from)
		}
		if _, err := ReadRequest([]byte(text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("with %s: %v, want %q", c.to, err, c.want)
		}
	}
}

func TestEveryPrefixOfARequestIsBroken(t *testing.T) {
	for n := range full {
		if _, err := ReadRequest([]byte(full[:n])); err == nil {
			t.Fatalf("accepted %q", full[:n])
		}
	}
}

// What is JSON and what it means is what encoding/json says.
func TestJSONIsThatOfTheStandardLibrary(t *testing.T) {
	texts := []string{
		`null`, ` [ ] `, `{}`, `[1,-2.5e+3,0,-0,1e5,0.5]`, `"\"\\\/\b\f\n\r\t\u0041\ud834\udd1e"`, `{"a":{"b":[true,false,null]}}`,
		`{"a":1,"a":2}`, `"\ud834x"`, `"\udd1e"`, `"\ud834\u0041"`, `"ä"`, ``, ` `, `[1,]`, `[,1]`, `{"a"}`, `{"a":}`, `{,}`, `{"a":1,}`,
		`{a:1}`, `'a'`, `"a`, `"\x"`, `"\u12"`, `"\u12g4"`, "\"\n\"", "\"a\\n\x01\"", `01`, `-`, `+1`, `.5`, `5.`, `1e`, `--1`, `1-2`, `1_0`, `0x1`,
		`Inf`, `tru`, `truex`, `[1] 2`, `nul`, `{"a":1 "b":2}`, `[1 2]`, `"\`, `"\u`, `1e400`, `[1`, `{`, "\ufeff{}", `-01`, `1e+`, `0e0`, `1.e1`,
	}
	for _, text := range texts {
		got, err := parseJSON(text)
		var want any
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber()
		wantErr := d.Decode(&want)
		if wantErr == nil && d.More() {
			wantErr = errors.New("more")
		}
		if (err == nil) != (wantErr == nil) {
			t.Errorf("%s: %v, the standard library says %v", text, err, wantErr)
		} else if err == nil && fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %v, the standard library says %v", text, got, want)
		}
	}
}

func TestJSONDoesNotOverflowTheStack(t *testing.T) {
	for _, open := range []string{"[", `{"a":`} {
		if _, err := parseJSON(strings.Repeat(open, 1<<20)); err == nil || !strings.Contains(err.Error(), "deeper") {
			t.Errorf("%v", err)
		}
	}
}

func TestEveryLineOfTheAnswer(t *testing.T) {
	var out bytes.Buffer
	w := NewWriter(&out)
	two := port.One(0) | port.One(63)
	w.Start(47)
	w.Progress("load", 3, 47)
	w.Error(Error{Kind: TypeError, Package: "m/a", Variant: "xtest", Module: "m", Version: "v1", Main: true, File: `C:\a.go`, Line: 3, Column: 7, Message: "undefined: y\n\tnote \xff\x01\"", Slots: two})
	w.Withdraw("m/a", "", port.One(3))
	w.Package(Package{Package: "d/b", Module: "d", Slots: two, Chain: []string{"m", "d/b"}})
	w.Slot(SlotResult{Slot: 2, Status: Pass, Packages: 12})
	w.Slot(SlotResult{Slot: 3, Status: Refused, Reason: "why", Blocked: 1})
	w.Uncertain("m/c", "cgo", 0)
	w.Ignored("m/c", "/x.go", "never")
	w.Files(Files{Package: "m", Dir: "/m", Module: "m", Main: true, Name: "m", Slots: two,
		Files:   []FileEntry{{Name: "a.go", Slots: two, Cgo: true}, {Name: "b.go", Test: true, Constraint: "linux"}},
		Imports: []ImportEntry{{Path: "net", Slots: port.One(1)}}})
	w.Use(Use{Package: "m", File: "/a.go", Line: 3, Column: 2, Symbol: "net.Dial", Slots: two, Programs: []string{"m/cmd"}})
	w.Done(Done{Errors: 1, Packages: 2, Seconds: 0.1234, PeakMegabytes: 89, Cached: 4})
	w.Fatal("no")
	want := `{"t":"start","version":1,"slots":47}
{"t":"progress","phase":"load","done":3,"total":47}
{"t":"error","kind":"type","package":"m/a","variant":"xtest","module":"m","version":"v1","main":true,"file":"C:\\a.go","line":3,"column":7,"message":"undefined: y\n\tnote ` + "\ufffd" + `\u0001\"","slots":[0,63]}
{"t":"withdraw","package":"m/a","variant":"","slots":[3]}
{"t":"package","package":"d/b","variant":"","module":"d","version":"","main":false,"slots":[0,63],"chain":["m","d/b"]}
{"t":"slot","slot":2,"status":"pass","packages":12,"blocked":0}
{"t":"slot","slot":3,"status":"refused","reason":"why","packages":0,"blocked":1}
{"t":"uncertain","package":"m/c","reason":"cgo","slots":[]}
{"t":"ignored","package":"m/c","file":"/x.go","constraint":"never"}
{"t":"files","package":"m","dir":"/m","module":"m","main":true,"std":false,"name":"m","slots":[0,63],"files":[{"name":"a.go","slots":[0,63],"cgo":true,"test":false,"constraint":""},{"name":"b.go","slots":[],"cgo":false,"test":true,"constraint":"linux"}],"imports":[{"path":"net","slots":[1]}]}
{"t":"use","package":"m","file":"/a.go","line":3,"column":2,"symbol":"net.Dial","slots":[0,63],"programs":["m/cmd"]}
{"t":"done","errors":1,"packages":2,"seconds":0.123,"peakMegabytes":89,"cached":4}
{"t":"fatal","message":"no"}
`
	got := strings.Split(out.String(), "\n")
	for i, line := range strings.Split(want, "\n") {
		if i >= len(got) || got[i] != line {
			t.Fatalf("line %d:\n%s\nwant\n%s", i+1, got[min(i, len(got)-1)], line)
		}
		if line != "" && !json.Valid([]byte(line)) {
			t.Errorf("no JSON: %s", line)
		}
	}
}

func TestAnyStringSurvivesTheWire(t *testing.T) {
	var all []rune
	for c := rune(0); c < 0x3000; c++ {
		all = append(all, c)
	}
	for _, s := range []string{string(all), "\u2028\u2029\U0001F600", "</script>&"} {
		var back string
		if err := json.Unmarshal(appendString(nil, s), &back); err != nil || back != s {
			t.Errorf("%v: %.40q came back as %.40q", err, s, back)
		}
		if v, err := parseJSON(string(appendString(nil, s))); err != nil || v != s {
			t.Errorf("our own reader: %v", err)
		}
	}
}

// lines fails the test if a line comes in more than one piece.
type lines struct {
	t *testing.T
	n int
}

func (l *lines) Write(p []byte) (int, error) {
	if p[0] != '{' || p[len(p)-1] != '\n' || bytes.Count(p, []byte("\n")) != 1 {
		l.t.Errorf("not one line: %q", p)
	}
	l.n++
	return len(p), nil
}

func TestLinesOfManyGoroutinesDoNotMix(t *testing.T) {
	l := &lines{t: t}
	w := NewWriter(l)
	var wg sync.WaitGroup
	for i := 0; i < 8; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for k := 0; k < 100; k++ {
				w.Progress("main", k, 100)
			}
		}()
	}
	wg.Wait()
	if l.n != 800 {
		t.Errorf("%d lines", l.n)
	}
}

type broken struct{ calls int }

func (b *broken) Write([]byte) (int, error) { b.calls++; return 0, errors.New("pipe closed") }

func TestNothingIsWrittenAfterAnError(t *testing.T) {
	b := &broken{}
	w := NewWriter(b)
	w.Start(1)
	w.Start(1)
	if w.Err() == nil || b.calls != 1 {
		t.Errorf("%v after %d calls", w.Err(), b.calls)
	}
}
