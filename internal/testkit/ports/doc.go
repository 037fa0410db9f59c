// Package ports reserves ports for the servers of a test, so that one that is
// stopped or killed can start again where it was.
//
//	addr := "127.0.0.1:" + ports.Reserve(t, 1)[0]
//
// A port that is found free and let go may be given to any connection of the
// machine before the server listens. One that is reserved stays bound to a
// socket that does not listen: the system gives it to nobody, refuses who
// connects, and lets whoever sets SO_REUSEADDR, as servers do, listen on it.
package ports
