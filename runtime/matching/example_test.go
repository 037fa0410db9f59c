package matching_test

import (
	"context"
	"fmt"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/matching"
)

// Three jobs, and two offers with room for one job each. The second job can pay
// for one of them only.
func ExampleMatcher_Match() {
	book := matching.NewBook()
	for i, price := range []lilypad.Amount{300, 200} {
		offer := lilypad.Offer{
			Provider: lilypad.Address{0: byte(i + 1)}, Engines: []lilypad.Engine{lilypad.EngineWasm}, Slots: 1,
			Price: price, MaxTimeout: 3600,
		}
		if err := book.Put(matching.Offer{Offer: offer}); err != nil {
			fmt.Println(err)
		}
	}
	var jobs []matching.Job
	for i, most := range []lilypad.Amount{500, 250, 500} {
		jobs = append(jobs, matching.Job{
			ID: lilypad.JobID{0: byte(i + 1)}, Terms: lilypad.JobOffer{MaxPrice: most},
			Work: lilypad.Work{Needs: lilypad.Needs{Engine: lilypad.EngineWasm, Timeout: 60}},
		})
	}
	m := matching.Matcher{Book: book, Scorer: &lean{}} // prefers the lower price; a match plugin as a rule
	matches, err := m.Match(context.Background(), 1000, jobs)
	if err != nil {
		fmt.Println(err)
	}
	for _, match := range matches {
		fmt.Printf("job %d at provider %d for %d\n", match.Job[0], match.Provider[0], match.Price)
	}
	// Output:
	// job 1 at provider 1 for 300
	// job 2 at provider 2 for 200
	// job 3 at provider 0 for 0
}
