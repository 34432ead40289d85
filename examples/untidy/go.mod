module example.com/untidy

go 1.21

require (
	example.com/greeting v1.0.0 // indirect
	example.com/leftover v1.0.0
)

replace example.com/greeting => ./greeting

replace example.com/leftover => ./leftover
