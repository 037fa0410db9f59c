module github.com/lilypad-network/lilypad/plugins/compare

go 1.26.0

toolchain go1.26.8

require github.com/lilypad-network/lilypad/sdk/go v0.0.0

require (
	github.com/bits-and-blooms/bitset v1.20.0 // indirect
	github.com/consensys/gnark-crypto v0.19.0
	golang.org/x/sys v0.30.0 // indirect
)

replace github.com/lilypad-network/lilypad/sdk/go => ../../sdk/go
