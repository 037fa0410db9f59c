package theory_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/simulation/theory"
)

func evaluate(t *testing.T, rule, set string) theory.Figures {
	t.Helper()
	got, err := try(t, rule, set)
	if err != nil {
		t.Fatalf("%s %s: %v", rule, set, err)
	}
	return got
}

func try(t *testing.T, rule, set string) (theory.Figures, error) {
	t.Helper()
	r, err := theory.Lookup(rule)
	if err != nil {
		t.Fatal(err)
	}
	settings := map[string]string{}
	for pair := range strings.SplitSeq(set, ",") {
		k, v, _ := strings.Cut(pair, "=")
		settings[k] = v
	}
	return r.Evaluate(settings)
}

// Each value is held to the digits it was published with.
func TestRules_publishedValues(t *testing.T) {
	for _, tt := range []struct{ rule, set, figure, want string }{
		{"m-first", "phi=.35,m=14", "error_rate", ".053623"},
		{"m-first", "phi=.35,m=15", "error_rate", ".047637"},
		{"m-first", "phi=.35,m=2,c=.1", "error_rate", ".0075653"},
		{"m-first", "phi=.35,m=2,c=.1", "results_per_job", "3.0613"},
		{"m-first", "phi=.3,m=1,c=.5", "error_rate", ".3"},
		{"m-first", "phi=1,m=1,c=0", "results_per_job", "1"},
		{"poco", "trust=2,score=0", "workers", "1"},
		{"poco", "trust=3,score=0", "workers", "2"},
		{"poco", "trust=4,score=0", "workers", "2"},
		{"poco", "trust=10,score=0", "workers", "4"},
		{"poco", "trust=100,score=0", "workers", "7"},
		{"poco", "trust=1e4,score=0", "workers", "14"},
		{"poco", "trust=1e6,score=0", "workers", "20"},
		{"credibility", "f=.2,groups=10+10", "credibility", ".99958368"},
		{"credibility", "f=.2,groups=10/1", "credibility", ".90740741"},
		{"boinc-adaptive", "jobs=100", "replicated", "16.813"},
		{"boinc-adaptive", "jobs=1000", "replicated", "45.839"},
		{"boinc-adaptive", "jobs=10000", "replicated", "142.004"},
		{"modicum", "n=1", "p_a", ".5"},
		{"modicum", "n=4", "p_a", ".943"},
		{"posp", "C=1,R=1.2,S=150,r=.1", "p", ".0073486"},
		{"pocket", "R=10,p=.2", "stake", "40"},
		{"pocket", "R=20,p=.01", "stake", "1980"},
		{"jackpot", "J=1,k=1", "total", "1"},
		{"jackpot", "J=1,k=2", "total", "1"},
		{"jackpot", "J=1,k=3", "total", ".75"},
		{"jackpot", "J=1,k=4", "total", ".5"},
		{"jackpot", "J=1,k=5", "total", ".3125"},
		{"deterrence", "rho=2.5", "q", ".285714"},
		{"bisection", "steps=1000,arity=2", "rounds", "10"},
	} {
		_, digits, _ := strings.Cut(tt.want, ".")
		got := strconv.FormatFloat(evaluate(t, tt.rule, tt.set)[tt.figure], 'f', len(digits), 64)
		if strings.TrimPrefix(got, "0.") != strings.TrimPrefix(tt.want, ".") {
			t.Errorf("%s %s: %s is %s, want %s", tt.rule, tt.set, tt.figure, got, tt.want)
		}
	}
}

func TestMFirst_leastVotesForAnErrorRate(t *testing.T) {
	for _, tt := range []struct {
		phi, c, below float64
		want          int
	}{{.35, 1, .05, 15}, {.35, 1, .01, 29}, {.35, .1, .01, 2}, {0, 1, .001, 1}} {
		m := 1
		for ; ; m++ {
			if e, _ := theory.MFirst(tt.phi, tt.c, m); e <= tt.below {
				break
			}
		}
		if m != tt.want {
			t.Errorf("φ=%g c=%g: %d votes, want %d", tt.phi, tt.c, m, tt.want)
		}
	}
}

// The walk of all votes, cut where what is left is negligible, knows nothing
// of the closed form.
func TestMFirst_isWhatAllVotesGive(t *testing.T) {
	for _, tt := range []struct {
		phi, c float64
		m      int
	}{{.35, 1, 1}, {.35, 1, 3}, {.5, .5, 4}, {.2, 0, 5}, {1, .3, 2}, {.9, .9, 7}, {0, 1, 3}} {
		type tally struct{ right, wrong int }
		open := map[tally]float64{{}: 1}
		wantError, wantResults := 0.0, 0.0
		for range 2000 {
			next := map[tally]float64{}
			for s, p := range open {
				wantResults += p
				next[s] += p * tt.phi * (1 - tt.c)
				if s.right+1 < tt.m {
					next[tally{s.right + 1, s.wrong}] += p * (1 - tt.phi)
				}
				if s.wrong+1 < tt.m {
					next[tally{s.right, s.wrong + 1}] += p * tt.phi * tt.c
				} else {
					wantError += p * tt.phi * tt.c
				}
			}
			open = next
		}
		e, results := theory.MFirst(tt.phi, tt.c, tt.m)
		if !near(e, wantError) || !near(results, wantResults) {
			t.Errorf("%+v: %g and %g, want %g and %g", tt, e, results, wantError, wantResults)
		}
	}
}

// Every assignment of right and wrong to providers, on condition that at most
// one group is right and that a group is of one kind.
func TestCredibility_isWhatAllAssignmentsGive(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for range 200 {
		f := .01 + .98*random.Float64()
		groups := make([][]int, 1+random.IntN(4))
		for i := range groups {
			for range 1 + random.IntN(3) {
				groups[i] = append(groups[i], random.IntN(20))
			}
		}
		product := func(right int) float64 {
			p := 1.0
			for i, g := range groups {
				for _, k := range g {
					cr := 1 - f
					if k > 0 {
						cr = 1 - f/float64(k)
					}
					if i != right {
						cr = 1 - cr
					}
					p *= cr
				}
			}
			return p
		}
		sum := product(-1)
		for i := range groups {
			sum += product(i)
		}
		for i, got := range theory.Credibility(f, groups) {
			if want := product(i) / sum; !near(got, want) {
				t.Errorf("f=%g %v: group %d is %g, want %g", f, groups, i, got, want)
			}
		}
	}
}

// The contract's own bookkeeping, contribution by contribution.
func TestPoCo_isWhatTheContractCounts(t *testing.T) {
	for _, trust := range []int64{0, 1, 2, 3, 5, 7, 50, 100, 12345} {
		for _, score := range []int64{0, 5, 9, 12, 30, 100} {
			for dissent := range int64(5) {
				for _, alike := range []bool{false, true} {
					w, total, groups := max(score/3, 3)-1, int64(1), map[int64]int64{}
					contribute := func(g int64) bool {
						before := groups[g]
						groups[g] = max(before, 1) * w
						total += groups[g] - before
						return groups[g]*max(trust, 1) > total*(max(trust, 1)-1)
					}
					for d := range dissent {
						if alike {
							d = 0
						}
						contribute(1 + d)
					}
					want := 1
					for !contribute(0) {
						want++
					}
					if got := theory.PoCo(trust, score, dissent, alike); got != want {
						t.Errorf("trust %d score %d dissent %d alike %t: %d, want %d", trust, score, dissent, alike, got, want)
					}
				}
			}
		}
	}
}

func TestAdaptive_isWhatHostsDo(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, jobs := range []int{0, 3, 10, 11, 40, 300} {
		const hosts = 20_000
		sum, squares := 0.0, 0.0
		for range hosts {
			valid := 0
			for range jobs {
				if valid < 10 || random.Float64() < 1/float64(valid) {
					valid++
				}
			}
			sum, squares = sum+float64(valid), squares+float64(valid*valid)
		}
		mean := sum / hosts
		width := 5 * math.Sqrt(max(0, squares/hosts-mean*mean)/hosts)
		if got := theory.Adaptive(jobs); math.Abs(got-mean) > width+1e-9 {
			t.Errorf("%d jobs: %g, hosts have %g ± %g", jobs, got, mean, width)
		}
	}
}

// creator is the utility of MODiCuM's job creator, outcome by outcome, who
// verifies with probability verifies; money is in prices, its benefit left out.
func creator(o theory.Outsourcing, pa, executes, verifies float64) float64 {
	deposit, agreed := o.Theta+float64(o.N), math.Pow(pa, float64(o.N))
	mediated := agreed*(1-o.Verify) + (1-agreed)*(-deposit-o.Gas-o.Verify)
	executed := pa*(-1-o.Verify) + (1-pa)*mediated
	return verifies*(executes*executed+(1-executes)*mediated) - (1 - verifies)
}

func provider(o theory.Outsourcing, executes, verifies float64) float64 {
	deceived := verifies*-(o.Theta+float64(o.N)) + (1 - verifies) - o.Deceit
	return executes*(1-o.Work) + (1-executes)*deceived
}

func TestOutsourcing_Ambiguity_isTheBestOfAll(t *testing.T) {
	for _, o := range []theory.Outsourcing{
		{N: 1, Pe: 1},
		{N: 2, Pe: 1},
		{N: 4, Pe: 1},
		{N: 9, Pe: 1, Theta: 3},
		{N: 3, Pe: .9, Gas: .5},
		{N: 2, Pe: .3},
		{N: 1, Pe: .5},
		{N: 5},
		{N: 1, Pe: 1, Theta: 100, Gas: 7},
	} {
		const steps = 100_000
		best, at := math.Inf(-1), 0.0
		for i := range steps + 1 {
			if u := creator(o, float64(i)/steps, o.Pe, 1); u > best {
				best, at = u, float64(i)/steps
			}
		}
		if got := o.Ambiguity(); math.Abs(got-at) > 2./steps {
			t.Errorf("%+v: %g, want %g", o, got, at)
		}
	}
}

func TestOutsourcing_Equilibrium_leavesNobodyAChoice(t *testing.T) {
	for _, o := range []theory.Outsourcing{
		{N: 1, Verify: 1, Work: 1},
		{N: 4, Theta: 2, Verify: .1, Work: .8, Deceit: .1},
		{N: 9, Verify: 2, Work: .5},
	} {
		executes, verifies := o.Equilibrium()
		if !near(creator(o, 1, executes, 0), creator(o, 1, executes, 1)) {
			t.Errorf("%+v: the creator would change from %g", o, verifies)
		}
		if !near(provider(o, 0, verifies), provider(o, 1, verifies)) {
			t.Errorf("%+v: the provider would change from %g", o, executes)
		}
	}
}

// At the threshold nobody gains by cheating, and beside it somebody does.
func TestStakes_areThresholds(t *testing.T) {
	const p, stake, reward, cost, r = .03, 8., 2., .5, .2
	if q := theory.Deterrence(stake / reward); !near(q*-stake+(1-q)*reward, 0) {
		t.Errorf("deterrence: %g", q)
	}
	if q := theory.Sampling(cost, reward, stake, r); !near(q*(1-r)*(reward+stake), cost) {
		t.Errorf("posp: %g", q)
	}
	if s := theory.ProbabilisticProof(reward, p); !near(p*-s+(1-p)*reward, 0) {
		t.Errorf("pocket: %g", s)
	}
}

func TestBisection_leavesOneStep(t *testing.T) {
	for steps := uint64(1); steps < 3000; steps++ {
		for _, arity := range []uint64{2, 3, 10} {
			want := 0
			for parts := uint64(1); parts < steps; parts *= arity {
				want++
			}
			if got := theory.Bisection(steps, arity); got != want {
				t.Fatalf("%d steps by %d: %d rounds, want %d", steps, arity, got, want)
			}
		}
	}
}

func TestRule_Evaluate_largeParameters(t *testing.T) {
	for _, tt := range []struct {
		rule, set, figure string
		low, high         float64
	}{
		{"m-first", "phi=.35,m=1000", "error_rate", 0, 1e-40},
		{"m-first", "phi=.35,m=1000", "results_per_job", 1538, 1539},
		{"m-first", "phi=.5,m=1000", "error_rate", .5 - 1e-9, .5 + 1e-9},
		{"m-first", "phi=1,m=1000", "error_rate", 1 - 1e-9, 1},
		{"m-first", "phi=.5,m=1000000", "error_rate", .5 - 1e-6, .5 + 1e-6},
		{"m-first", "phi=1,c=1e-300,m=2", "results_per_job", 1.99e300, 2.01e300},
		{"credibility", "f=.000001,groups=" + strings.Repeat("1000000+", 999) + "1000000", "credibility", 1 - 1e-9, 1},
		{"credibility", "f=.999999,groups=" + strings.Repeat("0+", 999) + "0", "credibility", 0, 1e-9},
		{"poco", "trust=1e18,score=0,dissent=1000,alike=1", "workers", 1059, 1061},
		{"boinc-adaptive", "jobs=1e6", "replicated", 1410, 1425},
		{"modicum", "n=1000000", "p_a", 1 - 1e-11, 1},
		{"jackpot", "J=1,k=1000000", "total", 0, 0},
		{"bisection", "steps=1e18,arity=2", "rounds", 60, 60},
	} {
		if got := evaluate(t, tt.rule, tt.set)[tt.figure]; !(got >= tt.low && got <= tt.high) {
			t.Errorf("%s %.60s: %s is %g, want %g to %g", tt.rule, tt.set, tt.figure, got, tt.low, tt.high)
		}
	}
}

func TestRule_Evaluate_refuses(t *testing.T) {
	for set, want := range map[string]string{
		"m-first phi=1.1,m=2":                  "phi is 1.1; it must be from 0 to 1",
		"m-first phi=NaN,m=2":                  `phi: "NaN" is no number`,
		"m-first phi=.5,m=0":                   "m is 0; it must be from 1 to 1000000",
		"m-first phi=.5,m=1.5":                 `m: "1.5" is no whole number`,
		"m-first phi=.5,m=1e300":               "m is 1e300; it must be from 1 to 1000000",
		"m-first phi=.5":                       "m-first needs m",
		"m-first phi=1,c=0,m=2":                "phi is 1 and c is 0: no two results are ever the same",
		"m-first phi=.5,m=2,k=3":               `m-first has no parameter "k"`,
		"credibility f=0,groups=1":             "f is 0; it must be above 0 to below 1",
		"credibility f=1,groups=1":             "f is 1; it must be above 0 to below 1",
		"credibility f=.2,groups=-1":           `groups: "-1" is no count of spot-checks, or there are more than 1000 members`,
		"credibility f=.2,groups=":             `groups: "" is no count of spot-checks, or there are more than 1000 members`,
		"poco trust=-1":                        "trust is -1; it must be from 0 to 1000000000000000000",
		"poco trust=2,alike=2":                 "alike is 2; it must be from 0 to 1",
		"boinc-adaptive jobs=1000001":          "jobs is 1000001; it must be from 0 to 1000000",
		"modicum n=0":                          "n is 0; it must be from 1 to 1000000",
		"modicum n=1,c_v=3":                    "c_v is 3; it must be from 0 to 2",
		"modicum n=1,c_e=.1,c_d=.2":            "c_d is above c_e: making a result up never pays",
		"posp C=1,R=0,S=1":                     "R is 0; it must be above 0",
		"posp C=1,R=1,S=1,r=1":                 "r is 1; it must be from 0 to below 1",
		"posp C=1e308,R=1e-9,S=0":              "p is too large for a number",
		"pocket R=1,p=0":                       "p is 0; it must be above 0 to 1",
		"jackpot J=-1,k=1":                     "J is -1; it must be 0 or more",
		"deterrence rho=-1":                    "rho is -1; it must be 0 or more",
		"bisection steps=10,arity=1":           "arity is 1; it must be from 2 to 1000000",
		"bisection steps=99999999999999999999": "steps is 99999999999999999999; it must be from 1 to 1000000000000000000",
	} {
		rule, settings, _ := strings.Cut(set, " ")
		got, err := try(t, rule, settings)
		var e *lilypad.Error
		if !errors.As(err, &e) || e.Code != lilypad.Invalid || e.Error() != want {
			t.Errorf("%s: %v and %v, want %s", set, got, err, want)
		}
	}
}

func TestRules_examplesAreValid(t *testing.T) {
	var names []string
	for _, r := range theory.Rules() {
		if len(evaluate(t, r.Name, r.Example)) == 0 {
			t.Errorf("%s gives no figures", r.Name)
		}
		if r.About == "" || r.Source == "" || slices.Contains(names, r.Name) {
			t.Errorf("%s: about %q, source %q, after %v", r.Name, r.About, r.Source, names)
		}
		names = append(names, r.Name)
	}
}

func near(a, b float64) bool {
	return a == b || math.Abs(a-b) <= 1e-9*max(math.Abs(a), math.Abs(b), 1e-3)
}
