// Package survey reads back what a ledger's events tell: the story of one deal
// ([Find]), and what all deals of a span of blocks cost and hold ([Tracker]).
//
// It moves nothing, keeps nothing on disk and knows no chain.
//
//	found, err := survey.Find(ctx, ledger, job, 0, nil)
//	ways, err := found.Standing(drawn).Ways()
//
// It imports runtime/settlement. runtime/node and cmd/lilypad import it.
package survey
