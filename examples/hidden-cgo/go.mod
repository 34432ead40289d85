module example.com/hidden-cgo

go 1.21
