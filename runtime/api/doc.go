// Package api is the one protocol between the roles: typed messages over HTTP,
// each request signed by its sender, and a stream of events that a reader can
// resume where it stopped. It has both edges, the handler that puts a role
// behind HTTP and the client that calls it; an OpenAPI document describes them.
//
// It decides nothing about jobs: a solver and a creator implement [Solver] and
// [Creator], everyone else holds a [SolverClient] or [CreatorClient].
//
//	solver := api.NewSolverClient("http://127.0.0.1:8850", network.Solver, key)
//	err := solver.PutOffer(ctx, offer)
package api
