module example.com/hidden-cgo-by-chance

go 1.21
