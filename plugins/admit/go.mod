module github.com/lilypad-network/lilypad/plugins/admit

go 1.26.0

toolchain go1.26.8

require github.com/lilypad-network/lilypad/sdk/go v0.0.0

replace github.com/lilypad-network/lilypad/sdk/go => ../../sdk/go
