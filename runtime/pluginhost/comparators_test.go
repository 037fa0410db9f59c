//go:build !race

// The race detector makes compiling these Go guests a matter of minutes.

package pluginhost_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/cases"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
)

// noise is a picture of 16 bits a channel that compresses badly.
func noise(width, height int, seed uint64) image.Image {
	r := rand.New(rand.NewPCG(seed, 0))
	img := image.NewNRGBA64(image.Rect(0, 0, width, height))
	for i := range img.Pix {
		img.Pix[i] = byte(r.Uint32() >> 6)
	}
	return img
}

func asPNG(t testing.TB, img image.Image) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func asJPEG(t testing.TB, img image.Image) string {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 92}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// array is an array of as many bytes.
func array(n int, content byte) string {
	header := fmt.Sprintf("{'descr': '|u1', 'fortran_order': False, 'shape': (%d,), }\n", n)
	return "\x93NUMPY\x01\x00" + string(byte(len(header))) + "\x00" + header + strings.Repeat(string(content), n)
}

// huge is a PNG that says it has 50 000 × 50 000 pixels.
func huge(b string) string {
	head := []byte(b[:33])
	binary.BigEndian.PutUint32(head[16:], 50_000)
	binary.BigEndian.PutUint32(head[20:], 50_000)
	binary.BigEndian.PutUint32(head[29:], crc32.ChecksumIEEE(head[12:29]))
	return string(head) + b[33:]
}

// The most that a comparator reads takes no more fuel and memory than a call
// has, and what is made to take more is answered: a trap would be no answer,
// and who cheats would not be slashed.
func TestBuiltin_comparators_answerAtTheirBounds(t *testing.T) {
	if testing.Short() {
		t.Skip("judges large files")
	}
	letters := func(seed uint64) string {
		r, b := rand.New(rand.NewPCG(seed, 0)), make([]byte, 1<<15)
		for i := range b {
			b[i] = "etaoin  shrdlu"[r.IntN(14)]
		}
		return string(b)
	}
	photo, other := noise(1024, 1024, 1), noise(1024, 1024, 2)
	small := asPNG(t, noise(9, 9, 1))
	const most, equal, different, incomparable = 4 << 20, hostapi.SamenessEqual, hostapi.SamenessDifferent, hostapi.SamenessIncomparable
	for _, tt := range []struct {
		plugin, name, path, a, b string
		want                     hostapi.Sameness
	}{
		{"image", "a large PNG", "x.png", asPNG(t, noise(500, 500, 1)), asPNG(t, noise(500, 500, 2)), different},
		{"image", "a large JPEG", "x.jpg", asJPEG(t, photo), asJPEG(t, other), different},
		{"image", "a bomb", "x.png", small, huge(small), different},
		{"image", "two bombs", "x.png", huge(small), huge(asPNG(t, noise(9, 9, 2))), incomparable},
		{"numeric", "a large array", "x.npy", array(most-128, 'a'), array(most-128, 'z'), different},
		{"numeric", "large JSON", "x.json", "[" + strings.Repeat("1,", 290_000) + "1]", "[" + strings.Repeat("1,", 290_000) + "1 ]", equal},
		{"numeric", "a large table", "x.csv", strings.Repeat("1,2\n", 100_000), strings.Repeat("1,3\n", 100_000), different},
		{"numeric", "long strings", "x.json", strings.Repeat(" ", 100) + strconv.Quote(strings.Repeat("x", most-200)), strconv.Quote(strings.Repeat("x", most-200)), equal},
		{"numeric", "brackets", "x.json", strings.Repeat("[", most/2) + strings.Repeat("]", most/2), "[]", different},
		{"numeric", "commas", "x.csv", strings.Repeat(",", most), "1", different},
		{"numeric", "quoted lines", "x.csv", strings.Repeat("\"\n\",", most/4), "1", different},
		{"text", "long texts", "x.txt", letters(1), letters(2), different},
		{"text", "short words", "x.txt", strings.Repeat("a ", 1<<17), strings.Repeat("b ", 1<<17), incomparable},
	} {
		t.Run(tt.plugin+" "+tt.name, func(t *testing.T) {
			p, kept := load(t, lookup(t, hostapi.HookCompare, tt.plugin))
			store := memory.New()
			a, b := tree(t, store, storage.Bytes(tt.path, []byte(tt.a))), tree(t, store, storage.Bytes(tt.path, []byte(tt.b)))
			began := time.Now()
			got, err := p.Compare(context.Background(), 7, []hostapi.Pair{{ARoot: a, BRoot: b, Engine: hostapi.EngineDocker}}, store)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d bytes: %d million units of fuel, %v, %+v", len(tt.a), (*kept)[0].Record.Fuel/1e6, time.Since(began), got[0])
			if got[0].Sameness != tt.want {
				t.Errorf("want %s", tt.want)
			}
		})
	}
}

// asked makes a plugin what a case asks.
type asked struct {
	*pluginhost.Plugin
	store storage.Getter
}

func (s asked) Decide(ctx context.Context, in hostapi.MediateInput) (actions []hostapi.Action, input, output []byte, err error) {
	plans, err := s.Mediate(ctx, lilypad.Time(in.Now), in.Cases)
	if err != nil {
		return nil, nil, nil, err
	}
	return plans[0], nil, nil, nil
}

func (s asked) Replay(ctx context.Context, input []byte) ([]byte, error) {
	d, err := s.Plugin.Replay(ctx, input, nil)
	return d.Output, err
}

func (s asked) Compare(ctx context.Context, now lilypad.Time, a, b lilypad.ContentID, params []lilypad.Param) (hostapi.Comparison, error) {
	pair := hostapi.Pair{ARoot: hostapi.Bytes32(a), BRoot: hostapi.Bytes32(b), Engine: hostapi.EngineDocker}
	for _, p := range params {
		pair.Params = append(pair.Params, hostapi.Param{Key: p.Key, Value: p.Value})
	}
	got, err := s.Plugin.Compare(ctx, now, []hostapi.Pair{pair}, s.store)
	if err != nil {
		return hostapi.Comparison{}, err
	}
	return got[0], nil
}

// Below the limit for paying a mediator upholds the result, above that for
// slashing it finds a fraud, and between the two nobody pays and nobody is
// slashed.
func TestBuiltin_comparators_limitsMakeOutcomes(t *testing.T) {
	ctx, store := context.Background(), memory.New()
	numbers := func(wrong int) hostapi.Bytes32 {
		return tree(t, store, storage.Bytes("out.csv", []byte(strings.Repeat("2\n", wrong)+strings.Repeat("1\n", 100-wrong))))
	}
	numeric, _ := load(t, lookup(t, hostapi.HookCompare, "numeric"))
	for _, scheme := range []string{"audit", "replicate"} {
		judge, _ := load(t, lookup(t, hostapi.HookMediate, scheme))
		for wrong, want := range map[int]hostapi.Outcome{0: hostapi.OutcomeUpheld, 5: hostapi.OutcomeUpheld, 6: hostapi.OutcomeRefund, 24: hostapi.OutcomeRefund, 25: hostapi.OutcomeFraud, 100: hostapi.OutcomeFraud} {
			c := &hostapi.Case{Phase: hostapi.PhaseMediation, Opened: 100, Deadline: 1000, MaxRuns: 3, Challenged: hostapi.Some(uint64(100))}
			who := cases.AddParty(c, 100, hostapi.Party{Address: hostapi.Bytes20{1}, Standing: hostapi.StandingProvider})
			cases.AddResult(c, 100, hostapi.None, who, hostapi.Result{Content: numbers(wrong), Status: hostapi.RunStatusSucceeded})
			runner := cases.Runner{Scheme: asked{judge, nil}, Comparator: asked{numeric, store}, Order: func(context.Context, hostapi.Action) (hostapi.Party, error) {
				return hostapi.Party{Address: hostapi.Bytes20{2}, Standing: hostapi.StandingMediator}, nil
			}}
			if d, err := runner.Advance(ctx, 100, c); d != nil || err != nil {
				t.Fatalf("before its own run: %+v, %v", d, err)
			}
			for _, o := range cases.Open(c) {
				cases.AddResult(c, 101, o.Key, o.Who, hostapi.Result{Content: numbers(0), Status: hostapi.RunStatusSucceeded})
			}
			d, err := runner.Advance(ctx, 102, c)
			if err != nil || d == nil || hostapi.Outcome(d.Outcome) != want {
				t.Errorf("%s on %d wrong numbers: %+v, %v; want %s", scheme, wrong, d, err, want)
			}
		}
	}
}
