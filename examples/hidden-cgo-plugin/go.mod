module example.com/hidden-cgo-plugin

go 1.21
