// Package theory has the published and derived closed forms that schemes are
// held against: how often a vote goes wrong, what it costs, which stake deters.
// Each is a function of its own, with its source; [Rules] lists them all with
// the names that `lilypad sim theory` knows them by.
//
//	rule, err := theory.Lookup("deterrence")
//	figures, err := rule.Evaluate(map[string]string{"rho": "2.5"}) // q: 0.285714…
//
// It is not the simulator and runs no scheme: whether a plugin meets these
// figures is asked by `lilypad sim check`. It imports the root package alone;
// cmd/lilypad and the tests of runtime/simulation use it.
package theory
