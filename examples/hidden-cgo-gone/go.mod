module example.com/hidden-cgo-gone

go 1.21

require example.com/crc v1.0.0

replace example.com/crc => ./_crc
