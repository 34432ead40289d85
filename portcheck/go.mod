module github.com/gopreflight/gopreflight/portcheck

go 1.22
