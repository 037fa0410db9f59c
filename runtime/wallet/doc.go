// Package wallet holds keys and signs with them: EIP-712 statements of the
// market, EIP-191 texts, and transactions for the queue of runtime/chain.
//
// It keeps no balance and speaks to no chain. A key is in memory ([Key]), in an
// encrypted file ([Keystore]), or with another program ([External]); a role
// sees an [Account]. [Limited] bounds what an account that signs by itself may
// put at risk, [Asking] shows its owner in words what is to be signed.
//
//	key, err := wallet.NewKey()
//	signed, err := wallet.Sign(ctx, key, domain, offer)
//	err = wallet.Verify(domain, signed, offer.Creator)
//
// It imports the root package and go-ethereum. The roles, runtime/chain and
// cmd/lilypad import it.
package wallet
