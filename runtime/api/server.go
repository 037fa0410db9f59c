package api

import (
	"context"
	"iter"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/danielgtaylor/huma/v2/sse"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/version"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// Solver is what a solver answers. The caller is the address that signed the
// request; methods refuse what is not the caller's with Unauthorized.
type Solver interface {
	Network(ctx context.Context) (Network, error)
	PutOffer(ctx context.Context, caller lilypad.Address, offer lilypad.Offer) error
	Post(ctx context.Context, caller lilypad.Address, p Posting) (Job, error)
	Withdraw(ctx context.Context, caller lilypad.Address, id lilypad.JobID) (Job, error)
	Answer(ctx context.Context, caller lilypad.Address, id lilypad.JobID, a Answer) error
	Deliver(ctx context.Context, caller lilypad.Address, id lilypad.JobID, d Delivery) error
	Accept(ctx context.Context, caller lilypad.Address, id lilypad.JobID, r lilypad.Signed[lilypad.Receipt]) error
	Judge(ctx context.Context, caller lilypad.Address, id lilypad.JobID, o Opinion) error
	Ask(ctx context.Context, caller lilypad.Address, id lilypad.JobID, q Question) error
	Reply(ctx context.Context, caller lilypad.Address, id lilypad.JobID, r Reply) error
	Prove(ctx context.Context, caller lilypad.Address, id lilypad.JobID, proof lilypad.ContentID) error
	Log(ctx context.Context, caller lilypad.Address, id lilypad.JobID, c LogChunk) error
	Grant(ctx context.Context, caller lilypad.Address, id lilypad.JobID, g Grant) error
	PutRecipient(ctx context.Context, caller lilypad.Address, r Recipient) error
	Recipient(ctx context.Context, of lilypad.Address) (Recipient, error)
	Job(ctx context.Context, caller lilypad.Address, id lilypad.JobID) (Job, error)
	Why(ctx context.Context, caller lilypad.Address, id lilypad.JobID) (Why, error)
	Cases(ctx context.Context) ([]Case, error)
	// Events yields one event for each live job of the caller, then new ones
	// until ctx ends or the caller reads too slowly.
	Events(ctx context.Context, caller lilypad.Address) iter.Seq[Event]
}

// Blobs keeps blocks for callers, within quotas.
type Blobs interface {
	storage.Getter
	PutBlock(ctx context.Context, caller lilypad.Address, block storage.Block) error
}

type (
	jobPath struct {
		ID lilypad.JobID `path:"id" doc:"job id, 0x and 64 hexadecimal digits"`
	}
	partyPath struct {
		Address lilypad.Address `path:"address" doc:"0x and 40 hexadecimal digits"`
	}
	blobPath struct {
		ID lilypad.Hash `path:"id" doc:"SHA-256 of the block, 0x and 64 hexadecimal digits"`
	}
	reply[T any] struct{ Body T }
	with[T any]  struct {
		ID   lilypad.JobID `path:"id" doc:"job id, 0x and 64 hexadecimal digits"`
		Body T
	}
	block struct {
		ContentType string `header:"Content-Type"`
		Body        []byte
	}
	none struct{}
)

// NewSolverHandler puts a solver behind HTTP.
func NewSolverHandler(s Solver, blobs Blobs, guard *Guard) http.Handler {
	mux := http.NewServeMux()
	a := newAPI(mux, "Lilypad solver")
	add(a, "network", http.MethodGet, "/v1/network", "What this solver serves",
		func(ctx context.Context, _ *none) (Network, error) { return s.Network(ctx) })
	add(a, "put-offer", http.MethodPut, "/v1/offer", "Offer the caller's capacity, replacing its former offer",
		func(ctx context.Context, in *struct{ Body lilypad.Offer }) (none, error) {
			return none{}, s.PutOffer(ctx, Caller(ctx), in.Body)
		})
	add(a, "post-job", http.MethodPost, "/v1/jobs", "Post a signed job offer",
		func(ctx context.Context, in *struct{ Body Posting }) (Job, error) {
			return s.Post(ctx, Caller(ctx), in.Body)
		})
	add(a, "get-job", http.MethodGet, "/v1/jobs/{id}", "All that is known of a job, for its parties",
		func(ctx context.Context, in *jobPath) (Job, error) { return s.Job(ctx, Caller(ctx), in.ID) })
	add(a, "withdraw-job", http.MethodDelete, "/v1/jobs/{id}", "Withdraw a job that is not open yet",
		func(ctx context.Context, in *jobPath) (Job, error) { return s.Withdraw(ctx, Caller(ctx), in.ID) })
	add(a, "why-job", http.MethodGet, "/v1/jobs/{id}/why", "Why a job is not matched, rule by rule",
		func(ctx context.Context, in *jobPath) (Why, error) { return s.Why(ctx, Caller(ctx), in.ID) })
	add(a, "answer-job", http.MethodPost, "/v1/jobs/{id}/answer", "Take a proposed job with a signed deal, or decline it",
		func(ctx context.Context, in *with[Answer]) (none, error) {
			return none{}, s.Answer(ctx, Caller(ctx), in.ID, in.Body)
		})
	add(a, "deliver-job", http.MethodPost, "/v1/jobs/{id}/delivery", "Hand over the signed result",
		func(ctx context.Context, in *with[Delivery]) (none, error) {
			return none{}, s.Deliver(ctx, Caller(ctx), in.ID, in.Body)
		})
	add(a, "accept-job", http.MethodPost, "/v1/jobs/{id}/receipt", "Accept the result: pay the full price",
		func(ctx context.Context, in *with[lilypad.Signed[lilypad.Receipt]]) (none, error) {
			return none{}, s.Accept(ctx, Caller(ctx), in.ID, in.Body)
		})
	add(a, "judge-job", http.MethodPost, "/v1/jobs/{id}/opinion", "Hand in a drawn mediator's verdict",
		func(ctx context.Context, in *with[Opinion]) (none, error) {
			return none{}, s.Judge(ctx, Caller(ctx), in.ID, in.Body)
		})
	add(a, "log-job", http.MethodPost, "/v1/jobs/{id}/log", "Pass a piece of the running job's log to its creator",
		func(ctx context.Context, in *with[LogChunk]) (none, error) {
			return none{}, s.Log(ctx, Caller(ctx), in.ID, in.Body)
		})
	add(a, "grant-job", http.MethodPost, "/v1/jobs/{id}/grant", "Hand keys of a private job to its provider or a drawn mediator",
		func(ctx context.Context, in *with[Grant]) (none, error) {
			return none{}, s.Grant(ctx, Caller(ctx), in.ID, in.Body)
		})
	add(a, "put-recipient", http.MethodPut, "/v1/recipient", "Tell the key that others seal to for the caller",
		func(ctx context.Context, in *struct{ Body Recipient }) (none, error) {
			return none{}, s.PutRecipient(ctx, Caller(ctx), in.Body)
		})
	add(a, "get-recipient", http.MethodGet, "/v1/recipients/{address}", "The key that others seal to for a party",
		func(ctx context.Context, in *partyPath) (Recipient, error) { return s.Recipient(ctx, in.Address) })
	add(a, "list-cases", http.MethodGet, "/v1/cases", "Doubts about results, with the verdicts so far",
		func(ctx context.Context, _ *none) ([]Case, error) { return s.Cases(ctx) })
	addDisputes(a, s)
	addBlobs(a, blobs)
	addEvents(a, s.Events)
	return guard.Wrap(known(mux), "/v1/network", "/v1/cases", "/openapi.json", "/openapi.yaml")
}

func addDisputes(a huma.API, s Solver) {
	add(a, "ask-job", http.MethodPost, "/v1/jobs/{id}/question", "Ask a job's provider about the trace of its result",
		func(ctx context.Context, in *with[Question]) (none, error) {
			return none{}, s.Ask(ctx, Caller(ctx), in.ID, in.Body)
		})
	add(a, "reply-job", http.MethodPost, "/v1/jobs/{id}/reply", "Answer the question about the trace",
		func(ctx context.Context, in *with[Reply]) (none, error) {
			return none{}, s.Reply(ctx, Caller(ctx), in.ID, in.Body)
		})
	add(a, "prove-job", http.MethodPost, "/v1/jobs/{id}/proof", "Name the tree that shows the mediators that the result is wrong",
		func(ctx context.Context, in *with[lilypad.ContentID]) (none, error) {
			return none{}, s.Prove(ctx, Caller(ctx), in.ID, in.Body)
		})
}

// known answers what the mux has no pattern for, as all else, with a problem.
func known(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := mux.Handler(r); pattern == "" {
			writeProblem(w, lilypad.Errorf(lilypad.NotFound, "no operation %.16s %.200s", r.Method, r.URL.Path).Try("see /openapi.json"))
			return
		}
		mux.ServeHTTP(w, r)
	})
}

func newAPI(mux *http.ServeMux, title string) huma.API {
	config := huma.DefaultConfig(title, version.Version)
	config.DocsPath = "" // its page would load a script from elsewhere
	config.CreateHooks = nil
	config.Info.Description = "Requests are signed by their sender: see docs/protocol.md."
	return humago.New(mux, config)
}

// add registers one operation.
func add[I, O any](a huma.API, id, method, path, summary string, fn func(context.Context, *I) (O, error)) {
	huma.Register(a, huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, MaxBodyBytes: maxBody, BodyReadTimeout: -1},
		func(ctx context.Context, in *I) (*reply[O], error) {
			out, err := fn(ctx, in)
			if err != nil {
				return nil, statusError(ctx, err)
			}
			return &reply[O]{out}, nil
		})
}

const octets = "application/octet-stream"

func addBlobs(a huma.API, blobs Blobs) {
	huma.Register(a, huma.Operation{
		OperationID: "put-blob", Method: http.MethodPost, Path: "/v1/blobs", Summary: "Store a block of at most 1 MiB",
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{octets: {
			Schema: &huma.Schema{Type: huma.TypeString, Format: "binary", Extensions: map[string]any{"contentMediaType": octets}},
		}}},
	}, func(ctx context.Context, _ *none) (*reply[lilypad.Hash], error) {
		b := servedIn(ctx).body
		if err := blobs.PutBlock(ctx, Caller(ctx), b); err != nil {
			return nil, statusError(ctx, err)
		}
		return &reply[lilypad.Hash]{b.ID()}, nil
	})
	add(a, "has-blob", http.MethodGet, "/v1/blobs/{id}/exists", "Whether a block is here",
		func(ctx context.Context, in *blobPath) (bool, error) { return blobs.Has(ctx, in.ID) })
	huma.Register(a, huma.Operation{OperationID: "get-blob", Method: http.MethodGet, Path: "/v1/blobs/{id}", Summary: "Fetch a block"},
		func(ctx context.Context, in *blobPath) (*block, error) {
			b, err := storage.GetBlock(ctx, blobs, in.ID)
			if err != nil {
				return nil, statusError(ctx, err)
			}
			servedIn(ctx).answer = b
			return &block{octets, b.Bytes()}, nil
		})
}

func addEvents(a huma.API, events func(context.Context, lilypad.Address) iter.Seq[Event]) {
	sse.Register(a, huma.Operation{OperationID: "events", Method: http.MethodGet, Path: "/v1/events", Summary: "The caller's events, as they happen"},
		map[string]any{"message": Event{}},
		func(ctx context.Context, _ *none, send sse.Sender) {
			for e := range events(ctx, Caller(ctx)) {
				if send.Data(e) != nil {
					return // the reader has gone
				}
			}
		})
}
