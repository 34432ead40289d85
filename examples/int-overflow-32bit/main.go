package main

// maxSize is the largest upload, 8 GiB: more than an int holds where it has 32 bits.
const maxSize = 8 << 30

func tooLarge(size int) bool {
	return size > maxSize
}

func main() {
	println(tooLarge(1))
}
