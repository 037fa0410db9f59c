package e2e_test

// moment is when a role makes a call: just before it is passed on, or when it
// is done and the role does not know. A write to its journal is one, too.
type moment struct {
	role, to string // to: solver, chain, engine or journal
	calls    string // METHOD /path of HTTP, the method of a JSON-RPC call, or one of writes
	nth      int    // of these calls in the job; zero: the first
	done     bool
}

// point is a moment between a durable write and an effect outside of a process.
type point struct {
	story  string
	at     moment
	victim string // is killed: the role, or who it calls
	often  bool   // also where only some points are tried
	once   bool   // a container has been started by then, and its provider knows: no other is
	what   string
}

func (p point) String() string {
	when := ", but not yet"
	if p.at.done {
		when = ", and it is killed before it knows"
	}
	return p.victim + ": " + p.what + when
}

// points are all there are, by the calls that each role makes and by what a
// provider writes down. Those of the transaction queue alone are in
// runtime/chain: TestQueue_survivesKill; those of a deposit: TestKill_whileMoneyMoves.
//
// A provider's job folder and its store have none of their own: what is there
// half or twice counts for nothing until a write names it. That a deal lapsed
// since the job went to another, or again after that, is written like any event
// of the chain: with the place in the event log, or not at all.
var points = append(
	around(
		call("paid", "creator", "solver", "POST /v1/blobs", "the order is stored, its inputs are uploaded"),
		call("paid", "creator", "solver", "POST /v1/jobs", "the offer is signed and stored, it is posted"),
		call("paid", "creator", "solver", "GET /v1/blobs/ID", "the delivery is seen, the result is fetched"),
		call("paid", "creator", "solver", "POST /v1/jobs/ID/receipt", "the result is accepted, the receipt is given"),
		call("no solver", "creator", "chain", sends, "the solver takes no receipt, the creator settles by itself"),
		call("fraud", "creator", "chain", sends, "the result is doubted, the claim is submitted"),
		call("fraud", "creator", "chain", sends, "the claim is on chain, it is challenged").th(2),
		call("unserved, no solver", "creator", "chain", sends, "the time to submit is over, the creator ends the deal"),

		call("paid", "provider-1", "solver", "GET /v1/blobs/ID", "the job is proposed, its inputs are fetched"),
		call("paid", "provider-1", "solver", "GET /v1/blobs/ID", "some inputs are here, the others are fetched").th(2),
		write("paid", "provider-1", "signed", "the deal is signed, it is stored and capacity reserved"),
		call("paid", "provider-1", "solver", "POST /v1/jobs/ID/answer", "capacity is reserved and the deal signed, it is given"),
		write("paid", "provider-1", "open", "the deal is open, that is stored"),
		write("paid", "provider-1", "running", "the run has begun, its handle is stored"),
		write("paid", "provider-1", "delivered", "the run has ended and its result is signed, that is stored").also(),
		write("paid", "provider-1", "uploaded", "the result is delivered, that is stored"),
		write("paid", "provider-1", "final", "the deal is paid, that is stored"),
		write("declined", "choosy", "declined", "the job is declined for a higher price, that is stored"),
		call("declined", "choosy", "solver", "POST /v1/jobs/ID/answer", "the job is declined, the solver is told"),
		write("declined", "choosy", "signed", "the solver offers that price, the deal is signed and stored"),
		call("failed", "provider-2", "engine", "POST /images/create", "the deal is open, its image is pulled"),
		write("failed", "provider-2", "failed", "the image cannot be run, that is stored"),
		write("lapsed", "provider-1", "lapsed", "the deal was not opened in time, that is stored"),
		write("asked again", "provider-1", "signed", "the deal has lapsed and the job is proposed again, another is stored"),
		write("no receipt", "provider-1", "transaction", "no receipt has come, the submission is stored"),
		write("no receipt", "provider-1", "mined", "the submission is in a block, that is stored"),
		write("no receipt", "provider-1", "submitted", "the result is submitted, that is stored"),
		write("fraud", "cheat", "challenged", "the result is challenged, that is stored"),
		write("fraud", "cheat", "drawn", "the mediators are drawn, that is stored"),
		write("fraud", "cheat", "final", "the case is decided, that is stored"),
		write("private", "provider-1", "delivered", "the result is sealed and signed, that is stored"),
		write("drain", "provider-1", "final", "it drains and its last deal is paid, that is stored"),
		call("drain", "provider-1", "solver", "PUT /v1/offer", "it is to drain, its offer is taken away").also(),
		call("drain", "provider-1", "solver", "POST /v1/jobs/ID/delivery", "it drains, the result of its last deal is delivered"),
		call("undrained", "provider-1", "solver", "PUT /v1/offer", "it is to take jobs again, its offer is made"),
		call("docker", "provider-2", "engine", "POST /images/load", "the deal is open, its image is fetched"),
		call("docker", "provider-2", "engine", "POST /volumes/create", "the image is here, the volumes are made"),
		call("docker", "provider-2", "engine", "POST /containers/create", "the volumes are made, the container is made"),
		call("docker", "provider-2", "engine", "POST /containers/ID/start", "the container is made, it is started"),
		call("docker", "provider-2", "engine", "GET /containers/ID/json", "the container runs, its end is awaited"),
		call("docker", "provider-2", "engine", "GET /containers/ID/logs", "the container runs, its log is read"),
		call("docker", "provider-2", "solver", "POST /v1/jobs/ID/log", "the container's start is stored, its log is streamed").startsOnce(),
		call("docker", "provider-2", "engine", "GET /containers/ID/archive", "the run has ended, its outputs are collected"),
		call("docker", "provider-2", "engine", "DELETE /containers/ID", "the outputs are collected, the container is removed").th(3),
		call("docker", "provider-2", "engine", "DELETE /volumes/ID", "the container is removed, its volumes are").also(),
		call("docker", "provider-2", "solver", "POST /v1/blobs", "the container's result is signed and stored, its bytes are uploaded").startsOnce(),
		call("paid", "provider-1", "solver", "POST /v1/jobs/ID/log", "the run is stored, its log is streamed"),
		call("paid", "provider-1", "solver", "POST /v1/blobs", "the result is signed and stored, its bytes are uploaded"),
		call("paid", "provider-1", "solver", "POST /v1/blobs", "some of the result is uploaded, the rest is").th(2),
		call("paid", "provider-1", "solver", "POST /v1/jobs/ID/delivery", "the result is uploaded, it is delivered").also(),
		call("no receipt", "provider-1", "chain", sends, "no receipt has come, the result is submitted"),
		call("unjudged", "provider-1", "chain", sends, "nobody has judged in time, the pay is claimed").th(2),
		call("fraud", "cheat", "chain", sends, "the challenge is seen, the seed is revealed"),
		call("private", "provider-1", "solver", "GET /v1/blobs/ID", "the keys are granted, the sealed inputs are fetched"),
		call("private", "provider-1", "solver", "GET /v1/blobs/ID", "some sealed inputs are here, the others are fetched").th(2),
		call("private", "provider-1", "solver", "POST /v1/blobs", "the result is sealed and stored, its bytes are uploaded"),
		call("private fraud", "cheat", "solver", "POST /v1/jobs/ID/grant", "the mediators are drawn, they get the keys"),
		call("private fraud", "cheat", "solver", "POST /v1/jobs/ID/grant", "one mediator has the keys, the other gets them").th(2),

		call("paid", "solver", "chain", sends, "the deal is stored, it is opened").also(),
		call("paid", "solver", "chain", sends, "the receipt is stored, the deal is settled").th(2),
		call("fraud", "solver", "chain", sends, "the verdicts are stored, the case is resolved").th(2),
		call("unserved", "solver", "chain", sends, "the time to submit is over, the solver ends the deal").th(2),

		call("fraud", "mediator-1", "solver", "GET /v1/blobs/ID", "the challenge is seen, the claimed result is fetched"),
		call("fraud", "mediator-1", "solver", "POST /v1/blobs", "the verdict is signed and stored, its transcript is uploaded"),
		call("fraud", "mediator-1", "solver", "POST /v1/jobs/ID/opinion", "the verdict is signed and stored, it is given").also(),
		call("no verdict", "mediator-1", "chain", sends, "the others gave no verdict in time, the mediator ends the case"),
	),
	call("joins", "provider-4", "solver", "PUT /v1/offer", "it begins, its first offer is made"),
	call("joins", "provider-5", "solver", "PUT /v1/offer", "it begins, its first offer is made").isDone(),
	call("joins", "provider-6", "solver", "PUT /v1/recipient", "its first offer is made, its key for private jobs is told"),
	call("joins", "provider-7", "solver", "PUT /v1/recipient", "its first offer is made, its key for private jobs is told").isDone(),
	call("pre-pull", "provider-8", "engine", "POST /images/load", "it begins, an image is fetched for jobs to come"),
	call("pre-pull", "provider-9", "engine", "POST /images/load", "it begins, an image is fetched for jobs to come").isDone(),
	call("renewed", "provider-10", "solver", "PUT /v1/offer", "a minute has passed, its offer is made again").th(2),
	call("renewed", "provider-11", "solver", "PUT /v1/offer", "a minute has passed, its offer is made again").th(2).isDone(),
	call("paid", "solver", "chain", "eth_getTransactionReceipt", "the deal is open, the queue looks for it"),
	call("paid", "creator", "solver", "POST /v1/jobs", "the job is stored, its creator is answered").kills("solver"),
	call("paid", "provider-1", "solver", "POST /v1/jobs/ID/answer", "the deal is stored, its provider is answered").kills("solver"),
	call("paid", "provider-1", "solver", "POST /v1/jobs/ID/delivery", "the delivery is stored, its provider is answered").kills("solver"),
	call("paid", "creator", "solver", "POST /v1/jobs/ID/receipt", "the receipt is stored, its creator is answered").kills("solver"),
	call("fraud", "mediator-1", "solver", "POST /v1/jobs/ID/opinion", "the verdict is stored, its mediator is answered").kills("solver"),
	call("paid", "solver", "chain", sends, "the chain has the opening, the solver is answered").kills("devchain"),
	call("paid", "solver", "chain", sends, "the chain has the settlement, the solver is answered").th(2).kills("devchain"),
	call("fraud", "creator", "chain", sends, "the chain has the challenge, the creator is answered").th(2).kills("devchain"),
	call("fraud", "cheat", "chain", sends, "the chain has the seed, the provider is answered").kills("devchain"),
	call("fraud", "solver", "chain", sends, "the chain has the verdicts, the solver is answered").th(2).kills("devchain"),
)

const sends = "eth_sendRawTransaction"

func call(story, role, to, calls, what string) point {
	return point{story: story, at: moment{role: role, to: to, calls: calls}, victim: role, what: what}
}

// write is a call of its journal.
func write(story, role, writes, what string) point { return call(story, role, "journal", writes, what) }

// th makes it the nth such call of the job.
func (p point) th(n int) point { p.at.nth = n; return p }

func (p point) startsOnce() point { p.once = true; return p }

func (p point) also() point { p.often = true; return p }

func (p point) isDone() point { p.at.done = true; return p }

// kills has another die that has done what was asked, and has not told.
func (p point) kills(victim string) point {
	p.victim, p.at.done = victim, true
	return p
}

// around makes two points of each call: it is not made, and it is not heard of.
func around(calls ...point) (out []point) {
	for _, p := range calls {
		out = append(out, p)
		p.at.done, p.often = true, false
		out = append(out, p)
	}
	return out
}
