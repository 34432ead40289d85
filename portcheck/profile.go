//go:build profile

package main

import (
	"os"
	"runtime/pprof"
)

func init() {
	if name := os.Getenv("PORTCHECK_CPUPROFILE"); name != "" {
		f, err := os.Create(name)
		if err == nil && pprof.StartCPUProfile(f) == nil {
			stopProfile = pprof.StopCPUProfile
		}
	}
}
