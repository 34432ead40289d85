// Command wasm-calls compiles for the browser and can do nothing of what it is for there: package net has no network on
// js/wasm, and no program can be started.
package main

import (
	"fmt"
	"net"
	"os/exec"
)

func main() {
	conn, err := net.Dial("tcp", "example.com:7")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer conn.Close()
	out, err := exec.Command("date").Output()
	fmt.Fprintln(conn, string(out), err)
}
