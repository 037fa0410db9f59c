package lilypad_test

import (
	"encoding"
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
)

// texts are all identifiers that travel as text.
func texts(fill byte) map[string]struct {
	in  encoding.TextMarshaler
	out encoding.TextUnmarshaler
} {
	var h lilypad.Hash
	for i := range h {
		h[i] = fill + byte(7*i)
	}
	address, sig := lilypad.Address(h[:20]), lilypad.Signature(append(h[:], h[:]...))
	return map[string]struct {
		in  encoding.TextMarshaler
		out encoding.TextUnmarshaler
	}{
		"hash":      {h, new(lilypad.Hash)},
		"job":       {lilypad.JobID(h), new(lilypad.JobID)},
		"deal":      {lilypad.DealID(h), new(lilypad.DealID)},
		"module":    {lilypad.ModuleID(h), new(lilypad.ModuleID)},
		"plugin":    {lilypad.PluginID(h), new(lilypad.PluginID)},
		"content":   {lilypad.ContentID(h), new(lilypad.ContentID)},
		"address":   {address, new(lilypad.Address)},
		"signature": {sig, new(lilypad.Signature)},
	}
}

func TestID_UnmarshalText_readsWhatMarshalTextWrites(t *testing.T) {
	for _, fill := range []byte{0, 1, 0x80, 0xff} {
		for name, c := range texts(fill) {
			text, err := c.in.MarshalText()
			if err != nil {
				t.Fatal(err)
			}
			if err := c.out.UnmarshalText(text); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			back, _ := c.out.(encoding.TextMarshaler).MarshalText()
			if string(back) != string(text) {
				t.Errorf("%s: %s came back as %s", name, text, back)
			}
		}
	}
}

func TestID_UnmarshalText_refusesDamage(t *testing.T) {
	for name, c := range texts(9) {
		good, _ := c.in.MarshalText()
		text := string(good)
		for what, bad := range map[string]string{
			"empty": "", "cut": text[:len(text)-1], "longer": text + "0", "line break": text + "\n", "space": " " + text,
			"no hex": text[:len(text)-1] + "!", "twice": text + text,
		} {
			if err := c.out.UnmarshalText([]byte(bad)); lilypad.CodeOf(err) != lilypad.Invalid {
				t.Errorf("%s: %s: %v, want invalid", name, what, err)
			}
		}
	}
}

// A content id is inside signed hashes and file names: one id has one text.
func TestContentID_UnmarshalText_hasOneFormOnly(t *testing.T) {
	good := lilypad.ContentID{1, 2, 3}.String()
	last := strings.IndexByte("abcdefghijklmnopqrstuvwxyz234567", good[len(good)-1])
	for name, bad := range map[string]string{
		"spare bits":      good[:len(good)-1] + string("abcdefghijklmnopqrstuvwxyz234567"[last+1]),
		"line break":      good[:20] + "\n" + good[20:],
		"carriage return": good[:20] + "\r" + good[20:],
		"upper case":      strings.ToUpper(good),
		"no multibase":    good[1:],
		"another codec":   "bafkrei" + good[7:],
	} {
		if id, err := lilypad.ParseContentID(bad); lilypad.CodeOf(err) != lilypad.Invalid {
			t.Errorf("%s: %v, %v, want invalid", name, id, err)
		}
	}
}

func TestAddress_String_isEIP55(t *testing.T) {
	// The examples of EIP-55.
	for _, want := range []string{
		"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
		"0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
	} {
		for _, text := range []string{want, strings.ToLower(want), "0x" + strings.ToUpper(want[2:])} {
			a, err := lilypad.ParseAddress(text)
			if err != nil || a.String() != want {
				t.Errorf("%s: %s, %v", text, a, err)
			}
		}
	}
}

func TestPluginID_UnmarshalText_takesTheBareDigest(t *testing.T) {
	want := lilypad.PluginID{0xab}
	got, err := lilypad.ParsePluginID(strings.TrimPrefix(want.String(), "sha256:"))
	if err != nil || got != want {
		t.Errorf("%s, %v", got, err)
	}
}

func TestZero_isLeftOutOfJSON(t *testing.T) {
	got, err := json.Marshal(lilypad.Module{Name: "cowsay"})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"name":"cowsay","template":"0x` + strings.Repeat("0", 64) + `"}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
}

func TestAmount_text(t *testing.T) {
	for text, want := range map[string]lilypad.Amount{
		"0": 0, "1": lilypad.LILY, "1.25": 1_250_000, "0.000001": 1, ".5": 500_000, "7.": 7_000_000, " 3 ": 3_000_000, "1000000": lilypad.MaxAmount,
		"18446744073708.999999": 18_446_744_073_708_999_999,
	} {
		got, err := lilypad.ParseAmount(text)
		if err != nil || got != want {
			t.Errorf("%q: %d, %v, want %d", text, got, err, want)
		}
		if again, err := lilypad.ParseAmount(got.String()); err != nil || again != got {
			t.Errorf("%q prints %s and reads %d, %v", text, got, again, err)
		}
	}
	for _, bad := range []string{"", ".", "-1", "+1", "1.0000001", "1,5", "1e3", "0x1", "1_000", "1.2.3", "1.-5", "1.+5", "NaN", "18446744073709.551616", strings.Repeat("9", 40)} {
		if got, err := lilypad.ParseAmount(bad); lilypad.CodeOf(err) != lilypad.Invalid {
			t.Errorf("%q: %d, %v, want invalid", bad, got, err)
		}
	}
}

func TestAmount_Base(t *testing.T) {
	micro := big.NewInt(1_000_000_000_000)
	for _, a := range []lilypad.Amount{0, 1, lilypad.LILY, lilypad.MaxAmount, 1<<63 + 5, 1<<64 - 1} {
		base := a.Base()
		want := new(big.Int).Mul(new(big.Int).SetUint64(uint64(a)), micro)
		if got := new(big.Int).SetBytes(base[:]); got.Cmp(want) != 0 {
			t.Errorf("%d: %s base units, want %s", a, got, want)
		}
		if got := lilypad.AmountFromBase(base); got != a {
			t.Errorf("%d came back as %d", a, got)
		}
	}
	dust := lilypad.Amount(5).Base()
	dust[31]++
	if got := lilypad.AmountFromBase(dust); got != 5 {
		t.Errorf("a fraction is not dropped: %d", got)
	}
	for _, i := range []int{0, 15, 16} {
		huge := lilypad.Hash{}
		huge[i] = 1
		if got := lilypad.AmountFromBase(huge); got != 1<<64-1 {
			t.Errorf("byte %d set: %d, want the largest amount", i, got)
		}
	}
}

func FuzzParseAmount(f *testing.F) {
	for _, s := range []string{"1.25", ".5", "7.", "18446744073709.551615", "-1", "\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := lilypad.ParseAmount(s)
		if err != nil {
			return
		}
		if again, err := lilypad.ParseAmount(a.String()); err != nil || again != a {
			t.Errorf("%q reads %d, prints %s, reads %d, %v", s, a, a, again, err)
		}
	})
}

// Whatever is accepted prints a text that reads back to the same id; where the
// form is unique, it is the text that came in.
func FuzzIDs(f *testing.F) {
	for _, c := range texts(1) {
		text, _ := c.in.MarshalText()
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, s string) {
		for name, c := range texts(1) {
			if c.out.UnmarshalText([]byte(s)) != nil {
				continue
			}
			text, _ := c.out.(encoding.TextMarshaler).MarshalText()
			if name == "content" && string(text) != s || !strings.EqualFold(strings.TrimPrefix(string(text), "sha256:"), strings.TrimPrefix(s, "sha256:")) {
				t.Errorf("%s: %q prints %q", name, s, text)
			}
		}
	})
}
