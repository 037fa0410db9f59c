package settlementtest

import "testing"

// Run tests one ledger. Each case gets a fixture of its own from make.
func Run(t *testing.T, make func(t *testing.T) Fixture) {
	for _, c := range []struct {
		name string
		test func(*testing.T, *market)
	}{
		{"paths", testPaths},
		{"deadlines", testDeadlines},
		{"receipt wins until mediators are drawn", testReceiptWins},
		{"audit coin", testAuditCoin},
		{"repeated calls are conflicts", testRepeats},
		{"who may call", testCallers},
		{"foreign facts", testForeignFacts},
		{"a copied seed cannot be revealed", testSeedCopying},
		{"foreign signatures", testForeignSignatures},
		{"verdicts", testVerdicts},
		{"panels", testPanels},
		{"skipped opens", testSkippedOpens},
		{"skipped settles", testSkippedSettles},
		{"a bad entry hinders no other", testMixedBatch},
		{"over-commitment", testOverCommitment},
		{"batch limit", testBatchLimit},
		{"one address as several parties", testAliases},
		{"epoch bump", testEpochBump},
		{"funds", testFunds},
		{"transactions", testTransactions},
		{"opened terms", testOpened},
		{"events", testEvents},
		{"follow from a cursor", testFollowCursor},
		{"followers are woken", testFollowWakes},
		{"callers at once", testConcurrency},
		{"random walk conserves", testWalk},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.test(t, newMarket(t, make(t)))
		})
	}
}
