module example.com/hidden-cgo-stub

go 1.21

require example.com/db v1.0.0

replace example.com/db => ./_db
