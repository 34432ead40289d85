package run

import (
	"os"
	"strconv"
	"strings"

	"github.com/gopreflight/gopreflight/portcheck/internal/hash"
	"github.com/gopreflight/gopreflight/portcheck/internal/store"
	"github.com/gopreflight/gopreflight/portcheck/internal/wire"
)

// openStore opens what earlier runs found under the same circumstances: this very program, the toolchain, the slots and
// the tags. A run that lists all files reads all files.
func openStore(q *wire.Request) *store.Store {
	if q.Files || q.CacheDir == "" {
		return store.Open("", "")
	}
	var b strings.Builder
	b.WriteString(q.Go + "\x00" + q.GOROOT + "\x00" + strings.Join(q.Tags, ",") + "\x00")
	b.WriteString(strconv.FormatBool(q.Tests) + strconv.FormatBool(q.DependencyBodies))
	for _, s := range q.Slots {
		b.WriteString("\x00" + s.Name + " " + s.OS + " " + s.Arch + " " + strconv.FormatBool(s.Cgo) + " " +
			strings.Join(s.ToolTags, ","))
	}
	sum := hash.String(b.String())
	program, err := os.Executable()
	if err != nil {
		return store.Open("", "")
	}
	text, err := os.ReadFile(program)
	if err != nil {
		return store.Open("", "")
	}
	return store.Open(q.CacheDir, strconv.FormatUint(hash.Mix(sum, hash.Bytes(text)), 16))
}
