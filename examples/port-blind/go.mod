module example.com/port-blind

go 1.22
