package lilypad

// Permit lets a spender take tokens of their owner, who signs it under the
// token's own domain (EIP-2612).
type Permit struct {
	Owner    Address `json:"owner"`
	Spender  Address `json:"spender"`
	Value    Amount  `json:"value"`
	Nonce    uint64  `json:"nonce"` // the owner's with the token
	Deadline Time    `json:"deadline"`
}

// StructHash implements [Signable].
func (p Permit) StructHash() Hash {
	return newStruct("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)").
		address(p.Owner).address(p.Spender).amount(p.Value).uint(p.Nonce).uint(uint64(p.Deadline)).hash()
}
