package chain

import (
	"context"
	"time"

	"golang.org/x/sync/singleflight"
)

// togetherWithin bounds a question that is asked for many; a search through old
// blocks is the longest.
const togetherWithin = 2 * time.Minute

// together asks once for all who want to know the same meanwhile. The question
// outlives who was first to ask it, and each waits no longer than its ctx.
func together[T any](ctx context.Context, group *singleflight.Group, key string, ask func(context.Context) (T, error)) (answer T, err error) {
	asked := group.DoChan(key, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), togetherWithin)
		defer cancel()
		return ask(ctx)
	})
	select {
	case r := <-asked:
		if r.Err != nil {
			return answer, r.Err
		}
		answer, _ = r.Val.(T) // nil where T is any and nothing is told
		return answer, nil
	case <-ctx.Done():
		return answer, ended(ctx, "wait for an answer")
	}
}
