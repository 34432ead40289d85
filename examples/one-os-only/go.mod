module example.com/one-os-only

go 1.21
