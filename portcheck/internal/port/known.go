package port

// knownOS and knownArch are the names that count in file names, now or ever (Go 1.26 src/internal/syslist/syslist.go).
// They hold more than the ports of a toolchain on purpose: x_zos.go belongs to no port, not to all.
var knownOS = set("aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux",
	"nacl", "netbsd", "openbsd", "plan9", "solaris", "wasip1", "windows", "zos")

var knownArch = set("386", "amd64", "amd64p32", "arm", "armbe", "arm64", "arm64be", "loong64", "mips", "mipsle",
	"mips64", "mips64le", "mips64p32", "mips64p32le", "ppc", "ppc64", "ppc64le", "riscv", "riscv64", "s390", "s390x",
	"sparc", "sparc64", "wasm")

// unixOS are the systems on which the tag unix holds (the same file).
var unixOS = set("aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "linux", "netbsd",
	"openbsd", "solaris")

// narrowArch are the architectures with four-byte words (Go 1.26 src/go/types/sizes.go, gcArchSizes).
var narrowArch = set("386", "amd64p32", "arm", "mips", "mipsle")

func set(names ...string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, n := range names {
		m[n] = true
	}
	return m
}

// IsKnownOS reports whether name is an operating system that counts in file names.
func IsKnownOS(name string) bool { return knownOS[name] }

// IsKnownArch reports whether name is an architecture that counts in file names.
func IsKnownArch(name string) bool { return knownArch[name] }

// IsUnix reports whether the tag unix holds on the operating system.
func IsUnix(os string) bool { return unixOS[os] }
