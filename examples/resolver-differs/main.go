// One target asks libc for users, and the other one reads /etc/passwd: an account from LDAP is known on the first alone.
package main

import "os/user"

func main() {
	me, err := user.Current()
	if err != nil {
		println(err.Error())
		return
	}
	println(me.Username)
}
