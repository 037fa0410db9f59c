// Package plugintest calls plugins from plain go test, by the same messages
// that a node would send. It has the records that a node writes, and plays
// the host to comparators and schemes.
//
//	func TestCheapest_Score_ranksByPrice(t *testing.T) {
//		h := plugintest.New(t, newHook, `{}`)
//		got := plugintest.Match(t, h, plugintest.MatchInput{
//			Job:    plugintest.Job{Engine: plugintest.EngineWasm, MaxPrice: 10},
//			Offers: []plugintest.Offer{{Price: 3}, {Price: 4}},
//		})
//		…
//	}
//
// Each call is made twice, with all items together and with each alone: an
// answer that depends on the batch fails the test. It is not the conformance
// test of a compiled plugin, and knows no limits of time or memory.
//
// Its place: over the hook packages, in authors' tests only.
package plugintest
