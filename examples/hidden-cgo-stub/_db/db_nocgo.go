//go:build !cgo

package db

import "errors"

var errNoCgo = errors.New("db: this program was built without cgo, and the database needs it")

// Open opens the database of a name.
func Open(name string) error {
	return errNoCgo
}
