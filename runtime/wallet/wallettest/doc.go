// Package wallettest has a fake of an external signer, for tests of what
// speaks to one.
//
// [FakeClef] serves the account_… methods of clef over HTTP and signs without
// asking. It hashes typed data by itself, as a signer does that trusts nobody.
// It keeps no key safe.
//
//	clef := wallettest.StartFakeClef(t, key)
//	signer, err := wallet.NewExternal(ctx, wallet.ExternalConfig{URL: clef.URL, …})
//
// It imports go-ethereum only; tests of runtime/wallet and cmd/lilypad use it.
package wallettest
