module example.com/resolver-differs

go 1.21
