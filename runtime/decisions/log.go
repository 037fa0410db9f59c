package decisions

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

// Config says where a log lies and how much it keeps. Fields but Dir have
// defaults.
type Config struct {
	Dir      string        // made with mode 0700
	MaxBytes int64         // on disk, a quarter of them for rankings; 0: 256 MB
	MaxAge   time.Duration // 0: 30 days
	// MatchRate bounds what is kept of rankings, in bytes of input a second;
	// 0: 4 MB. A solver may rank more than any disk holds. The answers of
	// shadows have as much for themselves.
	MatchRate int
	Log       *slog.Logger // nil: silent
	Now       func() time.Time
}

// Log writes decisions. Safe for concurrent use.
type Log struct {
	config  Config
	queue   chan written
	room    *semaphore.Weighted // bytes that wait
	open    context.Context     // ends with Close
	close   context.CancelFunc
	running sync.WaitGroup
	shadows chan question
	asking  context.Context // shadows; ends with open at the latest
	silence context.CancelFunc

	rankings, shadowed budget

	kept, dropped, lost, shadowsDropped atomic.Uint64
	counted                             shadowStats

	gaps gaps // the writing goroutine's
}

// written is an entry on its way, and where its plugin came from.
type written struct {
	entry  *Entry
	source pluginhost.Source
}

// Stats counts since the log was opened.
type Stats struct {
	Kept    uint64 // decisions on disk
	Dropped uint64 // rankings, and answers of shadows, that were left out to save time and space
	Lost    uint64 // decisions that the disk did not take
	Shadows uint64 // questions that a shadow was too slow to be asked, or to answer
}

const (
	queued  = 1024     // decisions that may wait
	waiting = 64 << 20 // bytes of them

	syncEvery = time.Second
)

// Open makes the folder, and room in it. The caller closes the log.
//
// # Errors
//
// Invalid for a negative limit; Unavailable, with a remedy, when the folder
// cannot be written.
func Open(c Config) (*Log, error) {
	if c.MaxBytes < 0 || c.MaxAge < 0 || c.MatchRate < 0 {
		return nil, lilypad.Errorf(lilypad.Invalid, "the limits of the log of decisions are not negative")
	}
	c.MaxBytes = cmp.Or(c.MaxBytes, 256_000_000)
	c.MaxAge = cmp.Or(c.MaxAge, 30*24*time.Hour)
	c.MatchRate = cmp.Or(c.MatchRate, 4_000_000)
	c.Log = cmp.Or(c.Log, slog.New(slog.DiscardHandler))
	if c.Now == nil {
		c.Now = time.Now
	}
	l := &Log{
		config: c, queue: make(chan written, queued), room: semaphore.NewWeighted(waiting), shadows: make(chan question, questions),
		counted:  shadowStats{of: map[lilypad.PluginID]*ShadowStat{}},
		rankings: budget{rate: c.MatchRate, left: c.MatchRate}, shadowed: budget{rate: c.MatchRate, left: c.MatchRate},
	}
	l.open, l.close = context.WithCancel(context.Background())
	l.asking, l.silence = context.WithCancel(l.open)
	w := &writers{rest: newWriter(c, "", 3), rankings: newWriter(c, rankingsDir, 1)}
	if err := errors.Join(w.rest.prepare(), w.rankings.prepare()); err != nil {
		return nil, &lilypad.Error{Code: lilypad.Unavailable, Msg: "log of decisions in " + c.Dir, Remedy: "make the folder writable for this user", Err: err}
	}
	l.gaps.resume(c)
	l.running.Go(func() { l.write(w) })
	l.running.Go(l.answer)
	return l, nil
}

// Close writes what waits. Decisions that come later are left out.
func (l *Log) Close() error {
	l.close()
	l.running.Wait()
	return nil
}

type rankingKey struct{}

// Ranking marks a context whose calls are rankings, of which only some are
// kept: see [Log.Wanted].
func Ranking(ctx context.Context) context.Context {
	return context.WithValue(ctx, rankingKey{}, true)
}

// Wanted tells a plugin host whether to record the call that is about to be
// made; what is too much is dropped before it costs anything.
func (l *Log) Wanted(ctx context.Context) bool {
	if ctx.Value(rankingKey{}) == nil || l.rankings.affords(0, l.config.Now()) {
		return true
	}
	l.dropped.Add(1)
	return false
}

// Observe logs a decision, for the role that the context names, and has the
// context's shadows asked the same; it is the callback of a plugin host. It
// waits for the disk only when much is waiting already; rankings are left out
// and counted instead.
func (l *Log) Observe(ctx context.Context, d pluginhost.Decision) {
	l.add(newEntry(ctx, d, l.config.Now()), d.Source)
	l.ask(ctx, d)
}

func (l *Log) add(e *Entry, src pluginhost.Source) {
	size := e.size()
	if b := l.bounded(e); b != nil {
		if !b.affords(len(e.Input), l.config.Now()) || !l.room.TryAcquire(size) {
			l.dropped.Add(1)
			return
		}
	} else if l.room.Acquire(l.open, size) != nil {
		return // it is closed
	}
	select {
	case l.queue <- written{e, src}:
	case <-l.open.Done():
		l.room.Release(size)
	}
}

func (e *Entry) ranking() bool { return e.Record.Hook == hostapi.HookMatch.String() }

// size is what an entry holds in memory, about.
func (e *Entry) size() int64 { return int64(min(len(e.Input)+len(e.Output)+1<<10, waiting)) }

// bounded is the budget that an entry is kept from; nil: it is kept in any
// case.
func (l *Log) bounded(e *Entry) *budget {
	switch {
	case e.Shadow:
		return &l.shadowed
	case e.ranking():
		return &l.rankings
	}
	return nil
}

// budget is what may be kept of a kind of decisions. Safe for concurrent use.
type budget struct {
	rate int // bytes a second

	mu     sync.Mutex // guards what follows
	second int64
	left   int // bytes, in that second
}

// affords takes bytes from this second's budget. The first decision of a
// second is always kept.
func (b *budget) affords(n int, now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if s := now.Unix(); b.second != s {
		b.second, b.left = s, b.rate
	}
	if b.left <= 0 {
		return false
	}
	b.left -= n
	return true
}

// Stats tells what became of the decisions.
func (l *Log) Stats() Stats {
	return Stats{Kept: l.kept.Load(), Dropped: l.dropped.Load(), Lost: l.lost.Load(), Shadows: l.shadowsDropped.Load()}
}

// write is the one goroutine that writes.
func (l *Log) write(w *writers) {
	flush := time.NewTimer(syncEvery)
	flush.Stop()
	defer flush.Stop()
	defer l.tell()
	for {
		select {
		case x := <-l.queue:
			if l.put(w, x); !w.dirty {
				w.dirty = true
				flush.Reset(syncEvery)
			}
		case <-flush.C:
			w.dirty = false
			w.rest.sync()
			w.rankings.sync()
			l.tell()
		case <-l.open.Done():
			for {
				select {
				case x := <-l.queue:
					l.put(w, x)
				default:
					w.rest.end()
					w.rankings.end()
					return
				}
			}
		}
	}
}

// put writes an entry. Of a disk that takes none it tells once.
func (l *Log) put(w *writers, x written) {
	defer l.room.Release(x.entry.size())
	err := x.entry.complete(x.source)
	if err == nil {
		err = w.of(x.entry).put(x.entry)
	}
	if err == nil {
		l.kept.Add(1)
	} else if l.lost.Add(1); !w.failing {
		l.config.Log.Error("decisions are not logged", "plugin", x.entry.Plugin, "error", err)
	}
	w.failing = err != nil
}
