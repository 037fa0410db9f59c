// Package lilytoken is the generated Go binding of contracts/src/LilyToken.sol.
//
// It packs calls and unpacks results, errors and events; it holds no connection and decides nothing.
// Regenerate it with go generate in contracts. Only runtime/chain and runtime/settlement/evm import it.
//
//	token := lilytoken.NewLilyToken()
//	calldata := token.PackApprove(spender, amount)
package lilytoken
