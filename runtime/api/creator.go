package api

import (
	"context"
	"iter"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/sse"

	"github.com/lilypad-network/lilypad"
)

// Creator is what a creator answers to its owner.
type Creator interface {
	Order(ctx context.Context, o Order) (Report, error)
	Reports(ctx context.Context) ([]Report, error)
	Report(ctx context.Context, id lilypad.JobID) (Report, error)
	Cancel(ctx context.Context, id lilypad.JobID) (Report, error)
	Why(ctx context.Context, id lilypad.JobID) (Why, error)
	// Watch yields EventChanged with a Report and EventLog with a LogChunk
	// until the job is done or ctx ends; the first tells how it stands now.
	Watch(ctx context.Context, id lilypad.JobID) iter.Seq[Event]
}

// NewCreatorHandler puts a creator behind HTTP. Only owners may call it.
func NewCreatorHandler(c Creator, blobs Blobs, guard *Guard, owners ...lilypad.Address) http.Handler {
	mux := http.NewServeMux()
	a := newAPI(mux, "Lilypad creator")
	add(a, "order", http.MethodPost, "/v1/jobs", "Order a job",
		func(ctx context.Context, in *struct{ Body Order }) (Report, error) { return c.Order(ctx, in.Body) })
	add(a, "list-jobs", http.MethodGet, "/v1/jobs", "Jobs of this creator, newest first",
		func(ctx context.Context, _ *none) ([]Report, error) { return c.Reports(ctx) })
	add(a, "get-job", http.MethodGet, "/v1/jobs/{id}", "How a job stands",
		func(ctx context.Context, in *jobPath) (Report, error) { return c.Report(ctx, in.ID) })
	add(a, "cancel-job", http.MethodDelete, "/v1/jobs/{id}", "Withdraw a job that is not open yet",
		func(ctx context.Context, in *jobPath) (Report, error) { return c.Cancel(ctx, in.ID) })
	add(a, "why-job", http.MethodGet, "/v1/jobs/{id}/why", "Why a job is not matched",
		func(ctx context.Context, in *jobPath) (Why, error) { return c.Why(ctx, in.ID) })
	addBlobs(a, blobs)
	addWatch(a, c)
	return guard.Wrap(onlyOwners(known(mux), owners))
}

func onlyOwners(next http.Handler, owners []lilypad.Address) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, o := range owners {
			if Caller(r.Context()) == o {
				next.ServeHTTP(w, r)
				return
			}
		}
		writeProblem(w, lilypad.Errorf(lilypad.Unauthorized, "%s does not own this creator", Caller(r.Context())).
			Try("use the creator's own key"))
	})
}

func addWatch(a huma.API, c Creator) {
	sse.Register(a, huma.Operation{OperationID: "watch-job", Method: http.MethodGet, Path: "/v1/jobs/{id}/events", Summary: "Follow a job until it is done"},
		map[string]any{"message": Event{}},
		func(ctx context.Context, in *jobPath, send sse.Sender) {
			for e := range c.Watch(ctx, in.ID) {
				if send.Data(e) != nil {
					return // the reader has gone
				}
			}
		})
}
