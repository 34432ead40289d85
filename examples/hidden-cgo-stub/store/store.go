// Package store opens the database: it hands the work to a driver in another module.
package store

import "example.com/db"

// Open opens the database of a name.
func Open(name string) error {
	return db.Open(name)
}
