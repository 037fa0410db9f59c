// Package e2e proves what the whole program promises, from outside: each role a
// process of its own that is killed and comes back, what bad input gets, module
// lists that hold even when one party lies, and a machine that is left as it was.
//
// It is tests only: nothing imports it, and what one package can prove alone is
// tested there. The program is built once per run; tests that start processes
// are skipped by -short. On a failure the log of every process is printed.
//
//	go test ./internal/e2e -run TestCrash/solver
package e2e
