package db

// static int open_database(int length) { return length > 0 ? 0 : 1; }
import "C"

import "errors"

// Open opens the database of a name.
func Open(name string) error {
	if C.open_database(C.int(len(name))) != 0 {
		return errors.New("db: no name")
	}
	return nil
}
