package lilypad

// Deal is what a provider signs to take a job: its price and its own seed.
type Deal struct {
	Job      JobID   `json:"job"`
	Provider Address `json:"provider"`
	Price    Amount  `json:"price"`
	SeedHash Hash    `json:"seed_hash"`
	Epoch    uint32  `json:"epoch"`
	Expiry   Time    `json:"expiry"` // capacity is reserved until then
}

// StructHash is the EIP-712 hash of the deal.
func (d Deal) StructHash() Hash {
	return newStruct("Deal(bytes32 jobHash,address provider,uint80 price,bytes32 seedHash,uint32 epoch,uint40 expiry)").
		word(Hash(d.Job)).address(d.Provider).amount(d.Price).word(d.SeedHash).
		uint(uint64(d.Epoch)).uint(uint64(d.Expiry)).hash()
}

// ID is the struct hash as a deal id.
func (d Deal) ID() DealID { return DealID(d.StructHash()) }

// SeedHash commits signer to seed: keccak(abi.encode(seed, signer)).
func SeedHash(seed Hash, signer Address) Hash {
	e := encoder{}
	return Keccak256(e.word(seed).address(signer).buf)
}

// State is where a deal stands on chain.
type State uint8

const (
	StateNone State = iota
	StateApproved
	StateOpen
	StateSubmitted
	StateChallenged
	StateDrawn
	StateFinal
)

func (s State) String() string {
	return [...]string{"none", "approved", "open", "submitted", "challenged", "drawn", "final"}[min(s, StateFinal)]
}

// Outcome is what mediators decide.
type Outcome uint8

const (
	OutcomeNone   Outcome = iota
	OutcomeUpheld         // the result is right
	OutcomeLate           // right, but delivered only after the challenge
	OutcomeRefund         // not payable, fraud not proven
	OutcomeFraud          // wrong, or withheld from the mediators
)

func (o Outcome) String() string {
	return [...]string{"none", "upheld", "late", "refund", "fraud"}[min(o, OutcomeFraud)]
}
