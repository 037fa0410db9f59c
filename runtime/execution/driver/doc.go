// Package driver is the executor whose engine is another program: a driver,
// started by the node and spoken to over gRPC. An engine that this repository
// does not know, or that would bring heavy dependencies, lives there.
//
//	e, err := driver.New(driver.Config{Engine: lilypad.EngineDocker, Path: "/usr/local/bin/lilypad-driver-podman", Owner: "provider-1"})
//	defer e.Close()
//
// [Serve] is the other side, for drivers of this repository, which have an
// [execution.Executor] to offer. Those of others use sdk/driver, which speaks
// the same protocol, sdk/driver/driver.proto, and needs nothing of the node.
//
// A driver is trusted as its operator's own program is; it is not trusted to
// work. It may crash, hang, print without end or answer nonsense: calls have
// deadlines, messages a size, answers are checked, a process that is lost is
// started again with pauses that grow, and its jobs are taken back by Recover.
//
// The package sandboxes nothing and picks no driver; runtime/node does that. It
// imports execution, jobrun and the root package, and go-plugin.
package driver

//go:generate sh -c "protoc --proto_path=../../../sdk/driver --go_out=wire --go-grpc_out=wire --go_opt=paths=source_relative --go-grpc_opt=paths=source_relative --go_opt=Mdriver.proto=github.com/lilypad-network/lilypad/runtime/execution/driver/wire --go-grpc_opt=Mdriver.proto=github.com/lilypad-network/lilypad/runtime/execution/driver/wire driver.proto"
