package main

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/logger"
)

var update = flag.Bool("update", false, "accept the output as golden")

func TestMain(m *testing.M) {
	logger.Disable()
	os.Exit(m.Run())
}

// The statement is the same in each run, the proof another.
func TestRun_golden(t *testing.T) {
	for name, c := range map[string]struct{ value, minimum string }{
		"above":  {"1200", "1000"},
		"at":     {"1000", "1000"},
		"zero":   {"0", ""},
		"bounds": {"18446744073709551615", "0"},
	} {
		t.Run(name, func(t *testing.T) {
			var proofs [2]string
			for i := range proofs {
				dir := t.TempDir()
				out, err := os.OpenRoot(dir)
				if err != nil {
					t.Fatal(err)
				}
				defer out.Close()
				var got bytes.Buffer
				if err := run(out, c.value, "correct horse", c.minimum, &got); err != nil {
					t.Fatal(err)
				}
				for _, file := range []string{"public.json", "verification_key.json", "proof.json"} {
					b, err := os.ReadFile(filepath.Join(dir, file))
					if err != nil {
						t.Fatal(err)
					}
					if proofs[i] = string(b); file != "proof.json" {
						got.Write(b)
					}
				}
				golden := filepath.Join("testdata", name+".golden")
				if *update {
					if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(golden)
				if err != nil {
					t.Fatal(err)
				}
				if got.String() != string(want) {
					t.Errorf("got %s\nwant %s", got.String(), want)
				}
			}
			if proofs[0] == proofs[1] {
				t.Error("two proofs are the same: they hide nothing")
			}
		})
	}
}

func TestRun_refuses(t *testing.T) {
	for name, c := range map[string]struct{ value, secret, minimum, want string }{
		"less":          {"999", "correct horse", "1000", "no proof"},
		"no value":      {"", "correct horse", "", "no whole number"},
		"large value":   {"18446744073709551616", "correct horse", "", "no whole number"},
		"large minimum": {"1", "correct horse", "18446744073709551616", "no whole number"},
		"short secret":  {"1", "horse", "", "needs 8"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			out, err := os.OpenRoot(dir)
			if err != nil {
				t.Fatal(err)
			}
			defer out.Close()
			var stdout bytes.Buffer
			if err := run(out, c.value, c.secret, c.minimum, &stdout); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			if left, _ := os.ReadDir(dir); len(left) != 0 || stdout.Len() != 0 {
				t.Errorf("wrote %v, %q", left, stdout.String())
			}
		})
	}
}

// The circuit itself refuses what run would not ask of it, and the verifier
// what was proved of another statement.
func TestProve_isSound(t *testing.T) {
	key := verifying(t)
	value, secret := fr.NewElement(5), keyOf("correct horse")
	for name, c := range map[string]struct {
		minimum fr.Element
		holds   bool
	}{
		"one more":        {fr.NewElement(6), false},
		"far more":        {fr.NewElement(1 << 63), false},
		"below 0":         {minus(1 << 63), true},
		"below 0 by 2^64": {minus(1<<64 - 5), false},
	} {
		if _, _, err := prove(key, value, secret, c.minimum); (err == nil) != c.holds {
			t.Errorf("%s: %v, holds is %v", name, err, c.holds)
		}
	}
	if _, _, err := prove(key, minus(1), secret, fr.NewElement(0)); err == nil {
		t.Error("a value of the size of the field was proved to have 64 bits")
	}
	public, proof, err := prove(key, value, secret, fr.NewElement(3))
	if err != nil {
		t.Fatal(err)
	}
	other := fr.Vector{fr.NewElement(4), public[1]}
	if groth16.Verify(proof, &key, other) == nil {
		t.Error("a proof holds for another minimum")
	}
}

func minus(n uint64) (e fr.Element) {
	e.SetUint64(n)
	return *e.Neg(&e)
}

func verifying(t *testing.T) (key verifyingKey) {
	t.Helper()
	if _, err := key.ReadFrom(bytes.NewReader(verifyingBytes)); err != nil {
		t.Fatal(err)
	}
	return key
}

// Without the secret nobody finds the randomness of a proof, though the
// machine's be known; and with it, two machines do not give the same.
func TestHedged(t *testing.T) {
	read := func(machine string, private ...string) string {
		b := make([]byte, 64)
		if _, err := io.ReadFull(hedged(strings.NewReader(strings.Repeat(machine, 32)), private...), b); err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	first := read("a", "secret", "1")
	if first != read("a", "secret", "1") {
		t.Error("the same gives something else")
	}
	for _, other := range []string{read("b", "secret", "1"), read("a", "Secret", "1"), read("a", "secret1", "")} {
		if other == first {
			t.Error("another machine or secret gives the same")
		}
	}
}
