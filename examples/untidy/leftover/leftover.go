// Package leftover is required and no longer imported.
package leftover
