package judge

import "github.com/lilypad-network/lilypad/sdk/go/compare"

// Reasons of every comparator that is built on this package, with words in
// their manifests.
const (
	Outliers    = 1
	OneSided    = 2
	WordsDiffer = 3
	BytesDiffer = 4
	TooLarge    = 5
	OneBroken   = 6
	BothBroken  = 7
	TooManyDots = 8
	OtherShape  = 9
	Pixels      = 10
	Structure   = 11
	TooLong     = 12
	Edits       = 13
	Words       = 14
)

// Bounds of what is read, so that memory and fuel suffice for any pair. They
// are no parameters: a deal could ask for what no mediator can do.
const (
	MaxFile = 4 << 20 // bytes of a file
	MaxTree = 8 << 20 // bytes of the differing files of one tree
)

// All is the distance of results that have nothing in common, in ppm.
const All = 1_000_000

// Kind judges one kind of file. Both files have one path and differ in bytes;
// the answer may not depend on which is first.
type Kind interface {
	// Judge compares two files. It is false if not both are of this kind: a
	// file that claims to be of it and is broken is of it.
	Judge(path string, a, b []byte) (compare.Comparison, bool)
}

// Limits are the parameters of one comparison.
type Limits struct {
	Params   []compare.Param // of the deal
	settings compare.Settings
}

// Get is the deal's parameter, else the default in the manifest. None is
// negative.
func (l Limits) Get(key string) uint64 {
	for _, p := range l.Params {
		if p.Key == key {
			return uint64(max(p.Value, 0))
		}
	}
	return uint64(max(l.settings.Int(key), 0))
}

// Hook is a comparator of trees that judges each differing file by a kind,
// which is made for the pair.
func Hook(kind func(Limits) Kind) func(compare.Settings) (compare.Hook, error) {
	return func(s compare.Settings) (compare.Hook, error) { return hook{s, kind}, nil }
}

type hook struct {
	settings compare.Settings
	kind     func(Limits) Kind
}

// Compare looks at the names and sizes of all files before it reads one. The
// worst file decides.
func (h hook) Compare(p compare.Pair) compare.Comparison {
	a, b := uint64(0), uint64(0)
	for d := range p.Differences() {
		if !d.InBoth() || d.AExecutable != d.BExecutable {
			return Different(OneSided)
		}
		if c, over := Larger(d.ASize, d.BSize, MaxFile); over {
			return c
		}
		a, b = a+d.ASize, b+d.BSize
	}
	if c, over := Larger(a, b, MaxTree); over {
		return c
	}
	worst, kind := compare.Equal(), h.kind(Limits{p.Params(), h.settings})
	for d := range p.Differences() {
		c, ok := kind.Judge(d.Path, d.ReadA(), d.ReadB())
		if !ok {
			c = Different(BytesDiffer)
		}
		if c.Sameness == compare.SamenessDifferent {
			return c
		}
		worst = Worse(worst, c)
	}
	return worst
}

// Larger answers for what is not read. Honest results near a bound cannot
// be told apart; who makes one far larger than the other's does not get away.
func Larger(a, b, most uint64) (compare.Comparison, bool) {
	switch small, large := min(a, b), max(a, b); {
	case large <= most:
		return compare.Comparison{}, false
	case large/2 > small:
		return Different(TooLarge).With(large, most), true
	default:
		return compare.Incomparable().Because(TooLarge).With(large, most), true
	}
}

// Worse is the one of two answers that is further from equal.
func Worse(x, y compare.Comparison) compare.Comparison {
	if y.Sameness == compare.SamenessEqual || x.Sameness == compare.SamenessDifferent {
		return x
	}
	if x.Sameness == y.Sameness && x.Distance >= y.Distance {
		return x
	}
	return y
}

// Different is an answer without a measure: nothing about the files is alike.
func Different(reason uint16) compare.Comparison {
	return compare.Different(All).Because(reason)
}

// Broken answers for files of which at least one cannot be read. If neither
// can, nobody is accused: the comparator does not suit the job.
func Broken(a, b error) compare.Comparison {
	if a != nil && b != nil {
		return compare.Incomparable().Because(BothBroken)
	}
	return Different(OneBroken)
}

// Measure is a distance in ppm, with the arguments of its reason.
type Measure struct {
	Reason     uint16
	Value      uint64
	Arg0, Arg1 uint64
}

// Share is the measure of a part of something; a part that is there is never
// rounded to nothing.
func Share(reason uint16, part, of uint64) Measure {
	return Measure{reason, (part*All + max(of, 1) - 1) / max(of, 1), part, of}
}

// Verdict is equal up to the parameter KEY_pay_ppm, different from
// KEY_slash_ppm on, and incomparable between: nobody is paid or punished then.
func (l Limits) Verdict(key string, m Measure) compare.Comparison {
	switch {
	case m.Value <= l.Get(key+"_pay_ppm"):
		return compare.Equal()
	case m.Value >= l.Get(key+"_slash_ppm"):
		return compare.Different(m.Value).Because(m.Reason).With(m.Arg0, m.Arg1)
	default:
		return compare.Incomparable().At(m.Value).Because(m.Reason).With(m.Arg0, m.Arg1)
	}
}
