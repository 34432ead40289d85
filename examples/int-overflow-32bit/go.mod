module example.com/int-overflow-32bit

go 1.21
