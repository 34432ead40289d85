module example.com/hidden-cgo-runtime

go 1.21
