package compilertext

import (
	"go/build/constraint"
	"strconv"
	"strings"
)

// rewriteVersion says, as the compiler does, where the language version comes from that a feature is too new for.
func rewriteVersion(e *Error, file *source, goVersion string) {
	if !isVersionError(e.Message) {
		return
	}
	if own := file.goVersion(); own != "" {
		e.Message += " (file declares //go:build " + own + ")"
	} else {
		e.Message += " (-lang was set to " + goVersion + "; check go.mod)"
	}
}

// language is the -lang of a go line: without patch and release candidate (cmd/go, gover.Lang).
func language(goVersion string) string {
	version := strings.TrimPrefix(goVersion, "go")
	if version == "" {
		version = "1.16"
	}
	major, rest, _ := strings.Cut(version, ".")
	end := 0
	for end < len(rest) && rest[end] >= '0' && rest[end] <= '9' {
		end++
	}
	return "go" + major + "." + rest[:end]
}

// isVersionError finds "requires go1.N or later".
func isVersionError(message string) bool {
	for {
		_, rest, found := strings.Cut(message, "requires go")
		if !found {
			return false
		}
		version, _, found := strings.Cut(rest, " or later")
		major, minor, dotted := strings.Cut(version, ".")
		if found && dotted && isNumber(major) && isNumber(minor) {
			return true
		}
		message = rest
	}
}

func isNumber(s string) bool {
	_, err := strconv.ParseUint(s, 10, 32)
	return err == nil
}

// goVersion is the language version that a file's own //go:build line asks for; empty when it has none, or one before
// go1.21, which cannot lower the module's.
func (s *source) goVersion() string {
	rest := string(s.text)
	for rest != "" {
		line, after, _ := strings.Cut(rest, "\n")
		rest = after
		line = strings.TrimSpace(line)
		if constraint.IsGoBuild(line) {
			expr, err := constraint.Parse(line)
			if err != nil {
				return ""
			}
			version := constraint.GoVersion(expr)
			minor, found := strings.CutPrefix(version, "go1.")
			if n, err := strconv.Atoi(minor); !found || err != nil || n < 21 {
				return ""
			}
			return version
		}
		if line != "" && !strings.HasPrefix(line, "//") {
			return ""
		}
	}
	return ""
}
