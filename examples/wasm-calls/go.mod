module example.com/wasm-calls

go 1.22
