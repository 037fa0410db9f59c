package sealing_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"filippo.io/age"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/sealing"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
)

var (
	creator  = sealing.NewKey(lilypad.Hash{8: 1})
	provider = sealing.NewKey(lilypad.Hash{8: 2})
	stranger = sealing.NewKey(lilypad.Hash{8: 3})
)

const secret = "nobody but us may read this"

// result stores two trees that share files, as a result's do.
func result(t testing.TB, store storage.Store) (trees []lilypad.ContentID, size uint64) {
	t.Helper()
	large := make([]byte, storage.MaxBlock*5/2)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(large)
	plain := []storage.Entry{storage.Bytes("stdout", []byte(secret)), storage.Bytes("outputs/large", large), storage.Bytes("empty", nil)}
	for _, entries := range [][]storage.Entry{plain, append(plain, storage.Bytes("stderr", []byte(secret+", and this")))} {
		id, n, err := storage.PutFiles(t.Context(), store, entries)
		if err != nil {
			t.Fatal(err)
		}
		trees, size = append(trees, id), n
	}
	return trees, size
}

func seal(t testing.TB, store storage.Store, trees []lilypad.ContentID, to ...lilypad.Hash) lilypad.ContentID {
	t.Helper()
	id, err := sealing.Seal(t.Context(), store, trees, to...)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestFetch_opensForEveryRecipient(t *testing.T) {
	src := memory.New()
	trees, size := result(t, src)
	sealed := seal(t, src, trees, creator.Recipient(), provider.Recipient())
	for name, keys := range map[string][]sealing.Key{"creator": {creator}, "provider": {provider}, "one of several": {stranger, provider}} {
		dst := memory.New()
		checked := 0
		p := sealing.Parcel{Sealed: sealed, Trees: trees, Size: size, Check: func(ts []storage.Tree) error { checked = len(ts); return nil }}
		if err := sealing.Fetch(t.Context(), dst, src, p, keys...); err != nil {
			t.Fatal(name, err)
		}
		for _, id := range trees {
			if err := storage.Extract(t.Context(), dst, id, t.TempDir(), storage.Limits{}); err != nil {
				t.Error(name, err)
			}
		}
		if has, err := dst.Has(t.Context(), lilypad.Hash(sealed)); has || err != nil || checked != 2 {
			t.Errorf("%s: what was sealed is kept: %t, %v; %d trees checked", name, has, err, checked)
		}
	}
}

// What travels tells nothing of what is inside, and is another thing each time.
func TestSeal_hides(t *testing.T) {
	src, pipe := memory.New(), memory.New()
	trees, _ := result(t, src)
	sealed := seal(t, src, trees, creator.Recipient())
	if again := seal(t, src, trees, creator.Recipient()); again == sealed {
		t.Error("the same trees look the same when sealed again")
	}
	tree, err := storage.Copy(t.Context(), pipe, src, sealed, storage.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range append(tree.Blocks(), lilypad.Hash(sealed)) {
		b, err := pipe.Get(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(b, []byte(secret)) || bytes.Contains(b, []byte("stdout")) {
			t.Errorf("block %s can be read", id)
		}
	}
}

// forge stores a sealed tree with this content of its one file.
func forge(t testing.TB, store storage.Store, content []byte) lilypad.ContentID {
	t.Helper()
	id, _, err := storage.PutFiles(t.Context(), store, []storage.Entry{storage.Bytes("sealed", content)})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// encrypt is what anybody may seal to the creator.
func encrypt(t testing.TB, plain []byte) []byte {
	t.Helper()
	id, err := age.ParseX25519Identity(sealing.Text(creator))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w, err := age.Encrypt(&b, id.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(plain); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFetch_refuses(t *testing.T) {
	src := memory.New()
	trees, size := result(t, src)
	sealed := seal(t, src, trees, creator.Recipient())
	tree, err := storage.ReadTree(t.Context(), src, sealed)
	if err != nil {
		t.Fatal(err)
	}
	r, err := tree.Open(t.Context(), src, "sealed")
	if err != nil {
		t.Fatal(err)
	}
	whole, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	flip := func(at int) []byte {
		b := bytes.Clone(whole)
		b[at] ^= 1
		return b
	}
	open := func() []byte { // what an honest provider seals
		id, _ := age.ParseX25519Identity(sealing.Text(creator))
		r, err := age.Decrypt(bytes.NewReader(whole), id)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}()
	other := bytes.Clone(open)
	other[len(other)-1] ^= 1
	bomb := binary.BigEndian.AppendUint32(nil, 1<<31)
	for name, c := range map[string]struct {
		sealed lilypad.ContentID
		key    sealing.Key
		size   uint64
		want   lilypad.Code
	}{
		"wrong key":         {sealed, stranger, size, lilypad.Invalid},
		"not there":         {lilypad.ContentID{1}, creator, size, lilypad.NotFound},
		"an open tree":      {trees[0], creator, size, lilypad.Exhausted},
		"another file":      {seal1(t, src, "open"), creator, size, lilypad.Invalid},
		"no age file":       {forge(t, src, []byte(secret)), creator, size, lilypad.Invalid},
		"nothing":           {forge(t, src, nil), creator, size, lilypad.Invalid},
		"cut off":           {forge(t, src, whole[:len(whole)-20]), creator, size, lilypad.Invalid},
		"a whole chunk off": {forge(t, src, whole[:len(whole)-(len(open)%65536+16)]), creator, size, lilypad.Invalid},
		"flipped header":    {forge(t, src, flip(60)), creator, size, lilypad.Invalid},
		"flipped bytes":     {forge(t, src, flip(len(whole)/2)), creator, size, lilypad.Invalid},
		"flipped end":       {forge(t, src, flip(len(whole)-1)), creator, size, lilypad.Invalid},
		"bytes behind":      {forge(t, src, append(bytes.Clone(whole), 0)), creator, size, lilypad.Invalid},
		"other files":       {forge(t, src, encrypt(t, other)), creator, size, lilypad.Invalid},
		"more inside":       {forge(t, src, encrypt(t, append(bytes.Clone(open), 0))), creator, size, lilypad.Invalid},
		"less inside":       {forge(t, src, encrypt(t, open[:len(open)-1])), creator, size, lilypad.Invalid},
		"nothing inside":    {forge(t, src, encrypt(t, nil)), creator, size, lilypad.Invalid},
		"a huge tree":       {forge(t, src, encrypt(t, bomb)), creator, size, lilypad.Invalid},
		"above the limit":   {sealed, creator, size - 5000, lilypad.Exhausted},
		"far above":         {sealed, creator, 0, lilypad.Exhausted},
		"another's trees":   {seal(t, src, trees[:1], creator.Recipient()), creator, size, lilypad.Invalid},
	} {
		dst := memory.New()
		err := sealing.Fetch(t.Context(), dst, src, sealing.Parcel{Sealed: c.sealed, Trees: trees, Size: c.size}, c.key)
		if err == nil || lilypad.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
		for _, id := range trees {
			if has, _ := dst.Has(t.Context(), lilypad.Hash(id)); has && id != c.sealed {
				t.Errorf("%s: tree %s is there", name, id)
			}
		}
	}
	check := func([]storage.Tree) error { return lilypad.Errorf(lilypad.Conflict, "not these") }
	if err := sealing.Fetch(t.Context(), memory.New(), src, sealing.Parcel{Sealed: sealed, Trees: trees, Size: size, Check: check}, creator); lilypad.CodeOf(err) != lilypad.Conflict {
		t.Errorf("%v, want what the check says", err)
	}
	if err := sealing.Fetch(t.Context(), memory.New(), src, sealing.Parcel{Sealed: sealed, Trees: trees, Size: size}); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("without a key: %v", err)
	}
}

func seal1(t testing.TB, store storage.Store, name string) lilypad.ContentID {
	id, _, err := storage.PutFiles(t.Context(), store, []storage.Entry{storage.Bytes(name, []byte(secret))})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// down is a store that cannot be read.
type down struct{ storage.Store }

func (down) Get(context.Context, lilypad.Hash) ([]byte, error) {
	return nil, lilypad.Errorf(lilypad.Unavailable, "the disk is asleep")
}

// The receiver's own trouble must not be taken for a bad delivery.
func TestFetch_tellsItsOwnTroubleApart(t *testing.T) {
	src := memory.New()
	trees, size := result(t, src)
	sealed := seal(t, src, trees, creator.Recipient())
	err := sealing.Fetch(t.Context(), down{memory.New()}, src, sealing.Parcel{Sealed: sealed, Trees: trees, Size: size}, creator)
	if lilypad.CodeOf(err) != lilypad.Unavailable {
		t.Errorf("%v, want unavailable", err)
	}
}

func TestGrant_roundTrip(t *testing.T) {
	g, err := sealing.Grant(provider.Recipient(), creator, stranger)
	if err != nil || len(g) > sealing.MaxGrant {
		t.Fatal(len(g), err)
	}
	keys, err := sealing.Granted(g, provider)
	if err != nil || len(keys) != 2 || keys[0].Recipient() != creator.Recipient() || keys[1].Recipient() != stranger.Recipient() {
		t.Errorf("%v, %v", keys, err)
	}
	four, err := sealing.Grant(provider.Recipient(), creator, stranger, provider, creator)
	if err != nil || len(four) > sealing.MaxGrant {
		t.Errorf("the most keys take %d bytes, %v", len(four), err)
	}
}

func TestGrant_refuses(t *testing.T) {
	good, err := sealing.Grant(creator.Recipient(), provider)
	if err != nil {
		t.Fatal(err)
	}
	for name, g := range map[string][]byte{
		"nothing": nil, "cut off": good[:len(good)-1], "bytes behind": append(bytes.Clone(good), 0), "huge": make([]byte, sealing.MaxGrant+1),
		"no keys": encrypt(t, nil), "half a key": encrypt(t, make([]byte, 16)), "five keys": encrypt(t, make([]byte, 5*32)), "text": encrypt(t, []byte(secret)),
	} {
		if keys, err := sealing.Granted(g, creator); lilypad.CodeOf(err) != lilypad.Invalid || err == nil {
			t.Errorf("%s: %v, %v", name, keys, err)
		}
	}
	if _, err := sealing.Granted(good, stranger); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("a grant to another: %v", err)
	}
	if _, err := sealing.Grant(lilypad.Hash{}, provider); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("a recipient of no order: %v", err)
	}
	if _, err := sealing.Grant(creator.Recipient()); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("no keys: %v", err)
	}
}

// A key never tells its secret by accident.
func TestKey_printsItsPublicHalf(t *testing.T) {
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%x"} {
		if got := fmt.Sprintf(format, creator); got != creator.Recipient().String() {
			t.Errorf("%s: %s", format, got)
		}
	}
}

// The keys are those of age, which checks the text of each.
func TestKey_isOfAge(t *testing.T) {
	for i := range 200 {
		k := sealing.NewKey(sha256.Sum256([]byte{byte(i)}))
		id, err := age.ParseX25519Identity(sealing.Text(k))
		if err != nil || !strings.HasPrefix(id.Recipient().String(), "age1") {
			t.Fatal(err)
		}
		var b bytes.Buffer
		w, err := age.Encrypt(&b, id.Recipient())
		if err != nil {
			t.Fatal(err)
		}
		secret := sha256.Sum256([]byte(secret))
		if _, err := w.Write(secret[:]); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if keys, err := sealing.Granted(b.Bytes(), k); err != nil || len(keys) != 1 {
			t.Fatal(err)
		}
	}
}

func FuzzFetch(f *testing.F) {
	src := memory.New()
	trees, size := result(f, src)
	f.Add([]byte{}, false)
	f.Add([]byte("age-encryption.org/v1\n"), false)
	f.Add([]byte{0, 0, 0, 3, 0x82, 1, 0x80}, true)
	f.Fuzz(func(t *testing.T, b []byte, inside bool) {
		if inside {
			b = encrypt(t, b)
		}
		err := sealing.Fetch(t.Context(), memory.New(), src, sealing.Parcel{Sealed: forge(t, src, b), Trees: trees, Size: size}, creator)
		if code := lilypad.CodeOf(err); err == nil || code != lilypad.Invalid && code != lilypad.Exhausted {
			t.Error(err)
		}
	})
}

func FuzzGranted(f *testing.F) {
	g, err := sealing.Grant(creator.Recipient(), provider)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(g, false)
	f.Add(make([]byte, 64), true)
	f.Fuzz(func(t *testing.T, b []byte, inside bool) {
		if inside {
			b = encrypt(t, b)
		}
		if keys, err := sealing.Granted(b, creator); err != nil && lilypad.CodeOf(err) != lilypad.Invalid || err == nil && len(keys) == 0 {
			t.Errorf("%v, %v", keys, err)
		}
	})
}
