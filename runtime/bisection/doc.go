// Package bisection settles which of two parties ran a program wrongly by
// running one step of it: refereed delegation of computation (Canetti, Riva
// and Rothblum 2011), known from Truebit's verification game and Arbitrum.
//
// A [Program] runs in steps. Between two steps all that it
// is lies in a [State]: counters, globals and memory. Who runs it keeps the
// hash of each state in a Merkle tree, the trace, and commits to its root. Two
// parties with different traces open them from the root down, each time the
// first child in which they differ, until one step is left: its start is in
// both traces, its end is not. The referee gets the start with its proof, runs
// the step, and knows who is wrong.
//
//	game := bisection.NewGame(claims, limits)
//	for !game.Over() {
//		q := game.Ask()
//		for _, p := range q.Of { … game.Hear(p, answer) } // nil: nothing came
//		if err := game.Judge(ctx, program); err != nil { … }
//	}
//	wrong := game.Wrong()
//
// What it shows is that somebody is wrong, never that somebody is right: of
// two liars the other may lie later. It needs one honest party.
//
// Its place: it imports the root package alone. It knows no engine and no
// network; runtime/execution/wasm has the programs.
package bisection
