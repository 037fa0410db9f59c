// Package report draws what simulations came to: one HTML page with tables and
// plots in it, which needs no network and no script.
//
//	err := report.Write(w, "replicas against colluders", points)
//
// It computes nothing but what follows from results: which scheme is the
// cheapest of those that leave no cheat a profit. It stands on
// runtime/simulation; cmd reads the files and writes the page.
package report
