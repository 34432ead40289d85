module example.com/hidden-cgo-fallback

go 1.21

require example.com/popcount v1.0.0

replace example.com/popcount => ./_popcount
