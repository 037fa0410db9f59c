package pluginhost

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/sys"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

var capabilitySignatures = map[string]string{
	hostapi.CapLog:      "(i32 i32) ()",
	hostapi.CapBlobRead: "(i32 i64 i32 i32) (i32)",
	hostapi.CapTreeDiff: "(i32 i32 i32 i32 i32) (i32)",
}

// exportCapabilities gives a runtime the granted host functions. The others
// do not exist in it.
func exportCapabilities(ctx context.Context, r wazero.Runtime, granted []string) error {
	b := r.NewHostModuleBuilder(hostapi.ImportModule)
	for _, name := range granted {
		export(b, name, capabilitySignatures[name], func(ctx context.Context, mod api.Module, s stack) {
			c, mem := callOf(ctx), mod.Memory()
			switch name {
			case hostapi.CapLog:
				c.log(mem, uint32(s[0]), uint32(s[1]))
			case hostapi.CapBlobRead:
				s[0] = status(c.blobRead(mem, uint32(s[0]), s[1], uint32(s[2]), uint32(s[3])))
			case hostapi.CapTreeDiff:
				s[0] = status(c.treeDiff(mem, uint32(s[0]), uint32(s[1]), uint32(s[2]), uint32(s[3]), uint32(s[4])))
			}
		})
	}
	_, err := b.Instantiate(ctx)
	return err
}

func status(n int) uint64 { return uint64(uint32(int32(n))) }

type callKey struct{}

// callOf is the call that a host function is part of.
func callOf(ctx context.Context) *call { return ctx.Value(callKey{}).(*call) }

// call is what the host functions know of the call they are part of. One
// goroutine uses it.
type call struct {
	program *program
	ctx     context.Context // the caller's
	input   []byte          // of a plugin that may log
	meter   *meter
	lines   int // logged
	content
	files  []storage.File // handle len(trees)+i+1
	seen   map[fileKey]uint32
	blocks [2]block // the last ones read, the latest first

	diffed [2]uint32 // the trees that diff is of
	diff   []difference

	ended *Refusal // why the host ended the call
}

// begin makes it the next call of its guest.
func (c *call) begin(ctx context.Context, input []byte, may content) {
	if c.trees != nil { // only then is there more to forget, and it is much
		*c = call{program: c.program, meter: c.meter}
	}
	c.ctx, c.input, c.content, c.lines, c.ended = ctx, input, may, 0, nil
}

// content is what a call may read.
type content struct {
	store storage.Getter
	trees []storage.Tree // handle i+1
}

// block is a part of a file, of at most storage.MaxBlock bytes.
type block struct {
	id      lilypad.Hash
	content []byte
}

type fileKey struct {
	tree uint32
	path string
}

// abort ends the guest from within a host function.
func (c *call) abort(r *Refusal) {
	c.ended = r
	panic(sys.NewExitError(1))
}

// missing ends the guest because content that must be here is not.
func (c *call) missing(err error) {
	r := refusef(RuleBlob, "the host has no content for it: %v", err)
	r.Err = err
	c.abort(r)
}

const (
	maxLines     = 32  // of one call
	maxLine      = 512 // bytes
	maxLinesASec = 100 // of a plugin
	maxFiles     = 100_000
)

func (c *call) log(mem api.Memory, ptr, n uint32) {
	n = min(n, maxLine)
	c.charge(hostCall + uint64(n))
	if c.lines++; c.lines > maxLines {
		return
	}
	text, ok := mem.Read(ptr, n)
	if !ok || !c.program.logs.allow(time.Now()) {
		return
	}
	c.program.log.InfoContext(c.ctx, "plugin says", "batch", c.batch(), "text", plain(string(text), maxLine))
}

// batch names the call by the beginning of the input's digest, which its
// record has too. The start of a plugin is no batch.
func (c *call) batch() string {
	if c.input == nil {
		return "start"
	}
	sum := sha256.Sum256(c.input)
	return hex.EncodeToString(sum[:8])
}

// logLimit bounds what all calls of a plugin may log in a second. What the
// guest sees does not depend on it.
type logLimit struct {
	mu     sync.Mutex // guards what follows
	second int64
	lines  int
}

func (l *logLimit) allow(now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if s := now.Unix(); s != l.second {
		l.second, l.lines = s, 0
	}
	l.lines++
	return l.lines <= maxLinesASec
}

// open makes a tree known to the guest and returns its handle. All trees are
// opened before the guest runs.
func (c *content) open(ctx context.Context, root lilypad.ContentID) (uint32, error) {
	t, err := storage.ReadTree(ctx, c.store, root)
	if err != nil {
		return 0, err
	}
	c.trees = append(c.trees, t)
	return uint32(len(c.trees)), nil
}

func (c *content) tree(handle uint32) (storage.Tree, bool) {
	if handle == 0 || uint64(handle) > uint64(len(c.trees)) {
		return storage.Tree{}, false
	}
	return c.trees[handle-1], true
}

// handle numbers a file of a tree, in the order in which the guest asks.
func (c *call) handle(tree uint32, f *storage.File) uint32 {
	if f == nil {
		return 0
	}
	key := fileKey{tree, f.Path}
	h, ok := c.seen[key]
	if !ok {
		c.files = append(c.files, *f)
		h = uint32(len(c.trees) + len(c.files))
		if c.seen == nil {
			c.seen = map[fileKey]uint32{}
		}
		c.seen[key] = h
	}
	return h
}

func (c *call) blobRead(mem api.Memory, handle uint32, offset uint64, ptr, n uint32) int {
	c.charge(hostCall)
	i := uint64(handle) - uint64(len(c.trees)) - 1
	dst, ok := mem.Read(ptr, n)
	if !ok || handle == 0 || i >= uint64(len(c.files)) {
		return int(hostapi.StatusBadInput)
	}
	c.charge(uint64(n))
	f, done := c.files[i], 0
	for offset < f.Size && done < len(dst) {
		chunk, start := c.load(f.Chunks[offset/storage.MaxBlock]), offset/storage.MaxBlock*storage.MaxBlock
		if uint64(len(chunk)) != min(f.Size-start, storage.MaxBlock) {
			c.missing(fmt.Errorf("a block of file %s has %d bytes, which is not what its tree says", f.Path, len(chunk)))
		}
		got := copy(dst[done:], chunk[offset-start:])
		done += got
		offset += uint64(got)
	}
	return done
}

// load returns a block. To fetch one costs as much as to read it: the last two
// are kept, so that two files can be read side by side.
func (c *call) load(id lilypad.Hash) []byte {
	if c.blocks[0].id != id {
		c.blocks[0], c.blocks[1] = c.blocks[1], c.blocks[0]
	}
	last := &c.blocks[0]
	if last.id != id || last.content == nil {
		content, err := c.store.Get(c.ctx, id)
		if err != nil {
			c.missing(err)
		}
		c.charge(uint64(len(content)))
		*last = block{id, content}
	}
	return last.content
}

// treeDiff writes as many differences as fit, from the one with number
// cursor on.
func (c *call) treeDiff(mem api.Memory, ha, hb, cursor, out, space uint32) int {
	a, okA := c.tree(ha)
	b, okB := c.tree(hb)
	dst, okOut := mem.Read(out, space)
	c.charge(hostCall)
	if !okA || !okB || !okOut {
		return int(hostapi.StatusBadInput)
	}
	if pair := [2]uint32{ha, hb}; c.diffed != pair {
		c.charge(hostFile * uint64(len(a.Files)+len(b.Files)))
		c.diffed, c.diff = pair, differing(a.Files, b.Files)
	}
	rest := c.diff[min(int(cursor), len(c.diff)):]
	var page hostapi.Differences
	size := differencesSize
	for _, d := range rest {
		size += differenceSize + len(d.path())
		if size > len(dst) || len(page.Differences) == maxPage {
			page.Next = cursor + uint32(len(page.Differences))
			break
		}
		page.Differences = append(page.Differences, c.difference(ha, hb, d))
	}
	if size > len(dst) && len(page.Differences) == 0 {
		return int(hostapi.StatusOutputFull)
	}
	item, err := page.Append(nil, c.program.minor)
	if err != nil {
		c.missing(err)
	}
	c.charge(uint64(len(item)))
	return copy(dst, item)
}

func (c *call) difference(ha, hb uint32, d difference) hostapi.Difference {
	if len(c.files) >= maxFiles {
		c.missing(fmt.Errorf("more than %d files", maxFiles))
	}
	out := hostapi.Difference{Path: d.path(), A: c.handle(ha, d.a), B: c.handle(hb, d.b)}
	if d.a != nil {
		out.ASize, out.AExecutable = d.a.Size, d.a.Executable
	}
	if d.b != nil {
		out.BSize, out.BExecutable = d.b.Size, d.b.Executable
	}
	return out
}

const (
	differencesSize = 32 + 8 // with padding
	differenceSize  = 40
	maxPage         = 1 << 15
)

// difference is a path at which two trees differ; nil is no file.
type difference struct{ a, b *storage.File }

func (d difference) path() string {
	if d.a != nil {
		return d.a.Path
	}
	return d.b.Path
}

// differing lists, in order of paths, the files that are in one tree only,
// and those that have another content or mode in the other.
func differing(a, b []storage.File) (out []difference) {
	for len(a) > 0 || len(b) > 0 {
		var d difference
		order := cmp.Compare(len(b), 0) - cmp.Compare(len(a), 0) // an end sorts last
		if len(a) > 0 && len(b) > 0 {
			order = strings.Compare(a[0].Path, b[0].Path)
		}
		if order <= 0 {
			d.a, a = &a[0], a[1:]
		}
		if order >= 0 {
			d.b, b = &b[0], b[1:]
		}
		if order != 0 || d.a.Size != d.b.Size || d.a.Executable != d.b.Executable || !slices.Equal(d.a.Chunks, d.b.Chunks) {
			out = append(out, d)
		}
	}
	return out
}
