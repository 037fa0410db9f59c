// Command hello is a whole plugin: it ranks offers by price.
package main

import "github.com/lilypad-network/lilypad/sdk/go/match"

type hello struct{}

func (hello) Score(j match.Job, o match.Offer) match.Score {
	return match.Rank(int64(j.MaxPrice()) - int64(o.Price()))
}

func init() {
	match.Register(func(match.Settings) (match.Hook, error) { return hello{}, nil })
}

func main() {}
