// Command portcheck type-checks a Go module for all ports of a toolchain at once, from source and in one process.
// README.md tells how; internal/wire has the protocol.
package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gopreflight/gopreflight/portcheck/internal/run"
	"github.com/gopreflight/gopreflight/portcheck/internal/wire"
)

// stopProfile is set by profile.go, which only the build tag profile brings in: it costs build time.
var stopProfile = func() {}

func main() {
	start := time.Now()
	useAliases()
	// Half as much garbage at the peak, for some three percent of processor time.
	debug.SetGCPercent(60)
	out := wire.NewWriter(os.Stdout)
	request, err := readRequest()
	if err == nil {
		err = run.Run(request, out, start)
	}
	stopProfile()
	if err == nil {
		err = out.Err()
	}
	if err != nil {
		out.Fatal(err.Error())
		fmt.Fprintln(os.Stderr, "portcheck:", err)
		os.Exit(2)
	}
}

// useAliases makes go/types treat aliases as the compiler does: since Go 1.23 they are types of their own. A program
// whose go.mod asks for an older language, as this one's does, gets the older behaviour (go/types, GODEBUG gotypesalias).
func useAliases() {
	minor := strings.TrimPrefix(runtime.Version(), "go1.")
	if strings.HasPrefix(minor, "22") {
		return
	}
	setting := os.Getenv("GODEBUG")
	if setting != "" {
		setting += ","
	}
	_ = os.Setenv("GODEBUG", setting+"gotypesalias=1")
}

// readRequest reads the request from the file named by the only argument, or from standard input.
func readRequest() (*wire.Request, error) {
	var text []byte
	var err error
	switch len(os.Args) {
	case 1:
		text, err = io.ReadAll(os.Stdin)
	case 2:
		text, err = os.ReadFile(os.Args[1])
	default:
		err = fmt.Errorf("portcheck takes one argument at most: the file with the request")
	}
	if err != nil {
		return nil, err
	}
	return wire.ReadRequest(text)
}
