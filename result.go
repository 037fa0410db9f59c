package lilypad

// Status tells how a job ended. Only these four end in a Result; a provider's
// own fault gives none.
type Status uint8

const (
	StatusSucceeded   Status = iota + 1 // exit code 0
	StatusFailed                        // another exit code
	StatusOutOfMemory                   // it hit its memory limit
	StatusTimedOut                      // it hit its own time limit
)

func (s Status) String() string {
	return [...]string{"none", "succeeded", "failed", "out of memory", "timed out"}[min(s, StatusTimedOut)]
}

// Outputs describes what a job left behind.
type Outputs struct {
	Plain         ContentID `json:"plain"` // tree of stdout, exitCode and the output folders; what is compared
	Blob          ContentID `json:"blob"`  // tree of everything delivered, stderr included
	Size          uint64    `json:"size"`  // bytes of the delivered files
	Status        Status    `json:"status"`
	HardwareClass Hash      `json:"hardware_class"`
}

// Hash is the resultHash that goes on chain.
func (o Outputs) Hash() Hash {
	e := encoder{}
	return Keccak256(e.word(Hash(o.Plain)).word(Hash(o.Blob)).uint(o.Size).uint(uint64(o.Status)).word(o.HardwareClass).buf)
}

// Result is a provider's only claim about a deal.
type Result struct {
	Deal   DealID `json:"deal"`
	Result Hash   `json:"result"`
}

// StructHash is the EIP-712 hash of the result.
func (r Result) StructHash() Hash {
	return newStruct("Result(bytes32 dealHash,bytes32 resultHash)").word(Hash(r.Deal)).word(r.Result).hash()
}

// Receipt is the judge's acceptance. It always means the full price.
type Receipt struct {
	Deal        DealID `json:"deal"`
	Result      Hash   `json:"result"`
	CreatorSeed Hash   `json:"creator_seed"` // zero when the deal has no audits
}

// StructHash is the EIP-712 hash of the receipt.
func (r Receipt) StructHash() Hash {
	return newStruct("Receipt(bytes32 dealHash,bytes32 resultHash,bytes32 creatorSeed)").
		word(Hash(r.Deal)).word(r.Result).word(r.CreatorSeed).hash()
}

// Verdict is one mediator's outcome; the transcript is its own.
type Verdict struct {
	Deal       DealID  `json:"deal"`
	Result     Hash    `json:"result"`
	Outcome    Outcome `json:"outcome"`
	Transcript Hash    `json:"transcript"`
}

// StructHash is the EIP-712 hash of the verdict.
func (v Verdict) StructHash() Hash {
	return newStruct("Verdict(bytes32 dealHash,bytes32 resultHash,uint8 outcome,bytes32 transcriptHash)").
		word(Hash(v.Deal)).word(v.Result).uint(uint64(v.Outcome)).word(v.Transcript).hash()
}
