// Package driver is for authors of drivers: programs that run the jobs of a
// Lilypad provider on an engine that the node does not know, such as a cluster.
//
// A driver implements [Driver] and calls [Serve] in main:
//
//	func main() {
//		driver.Serve(func(s driver.Settings) (driver.Driver, error) { return &engine{settings: s}, nil })
//	}
//
// The provider names it: lilypad provider --driver docker=PATH. Its node starts
// it, speaks protocol version 1 with it (driver.proto, gRPC with TLS on a
// socket of their own), ends it, and starts it again when it is lost.
//
// The package needs nothing of the node, and has no opinion on how jobs run.
// example/process is a whole driver.
package driver

//go:generate sh -c "protoc --proto_path=. --go_out=internal/wire --go-grpc_out=internal/wire --go_opt=paths=source_relative --go-grpc_opt=paths=source_relative --go_opt=Mdriver.proto=github.com/lilypad-network/lilypad/sdk/driver/internal/wire --go-grpc_opt=Mdriver.proto=github.com/lilypad-network/lilypad/sdk/driver/internal/wire driver.proto"
