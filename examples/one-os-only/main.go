package main

import "syscall"

func main() {
	var info syscall.Sysinfo_t
	if err := syscall.Sysinfo(&info); err != nil {
		println("sysinfo:", err.Error())
		return
	}
	println("up for", info.Uptime, "seconds")
}
