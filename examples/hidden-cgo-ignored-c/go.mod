module example.com/hidden-cgo-ignored-c

go 1.21
