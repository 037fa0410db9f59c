package groupcommit_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/lilypad-network/lilypad/internal/groupcommit"
)

// Whoever comes while a commit is on its way is in the next one, all together.
func TestQueue_Do_shares(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var sizes []int
		hold := make(chan struct{})
		q := groupcommit.New(func(_ context.Context, items []int) []error {
			sizes = append(sizes, len(items))
			<-hold
			return nil
		})
		var wg sync.WaitGroup
		do := func(n int) {
			for i := range n {
				wg.Go(func() {
					if err := q.Do(t.Context(), i); err != nil {
						t.Error(err)
					}
				})
			}
			synctest.Wait()
		}
		do(1)
		do(100)
		close(hold)
		wg.Wait()
		if got := fmt.Sprint(sizes); got != "[1 64 36]" {
			t.Errorf("commits of %s, want the first alone and the others together, 64 at most", got)
		}
	})
}

func TestQueue_Do_errorsAreTheItemsOwn(t *testing.T) {
	odd := errors.New("odd")
	q := groupcommit.New(func(_ context.Context, items []int) (errs []error) {
		for _, i := range items {
			errs = append(errs, map[bool]error{true: odd}[i%2 == 1])
		}
		return errs
	})
	var wg sync.WaitGroup
	for i := range 500 {
		wg.Go(func() {
			if err := q.Do(t.Context(), i); (i%2 == 1) != errors.Is(err, odd) {
				t.Errorf("%d: %v", i, err)
			}
		})
	}
	wg.Wait()
}

// A caller that goes away takes no other's commit with it.
func TestQueue_Do_outlivesACaller(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	q := groupcommit.New(func(ctx context.Context, _ []int) []error { return []error{ctx.Err()} })
	if err := q.Do(ctx, 1); err != nil {
		t.Error(err)
	}
}
