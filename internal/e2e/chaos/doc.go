// Package chaos lets a whole market go wrong at random and demands that the
// money comes out right.
//
// Every role is a node of its own in this process, over the real HTTP API and a
// real chain: creators, a solver, honest and faulty providers, mediators. A
// driver orders jobs and meanwhile ends roles and starts them from their
// journals, silences them, cuts their connections, reorganises the chain, moves
// its time and challenges honest results. settlement/evm/evmtest repeats every
// transaction on the model and compares after each block. In the end every deal
// must be final, and every account hold what the payout table gives it; after
// a thousand deals each row of the table must have come up.
//
// It is tests only. A run is named by its seed, but goroutines and the wall
// clock have their say: the same seed makes the same plan, not the same run.
//
//	go test ./internal/e2e/chaos -chaos.deals 1000 -chaos.seed 7 -timeout 2h
package chaos
