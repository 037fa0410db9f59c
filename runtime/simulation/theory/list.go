package theory

import (
	"fmt"
	"strconv"
	"strings"
)

// Limits of what a rule is evaluated for: all end within seconds.
const (
	maxVotes   = 1_000_000
	maxJobs    = 1_000_000
	maxWorkers = 1_000
	maxScore   = 1 << 31
	maxTrust   = 1_000_000_000_000_000_000
	maxMembers = 1_000
)

// Rules are all rules, votes first, then trust, then money.
func Rules() []Rule {
	return []Rule{mFirst, credibility, poco, adaptive, modicum, sampling, pocket, jackpot, deterrence, bisection}
}

var mFirst = Rule{
	Name: "m-first", About: "the error rate and the cost of a vote that ends when m results are the same",
	Source: "Watanabe and Fukushi 2011", Example: "phi=0.35,c=0.1,m=2",
	Params: []Param{
		{"phi", "share of results that are wrong", ""},
		{"c", "probability that a wrong result is the one that others give too", "1"},
		{"m", "how many results must be the same", ""},
	},
	figures: func(a *args) Figures {
		phi, c, m := a.number("phi", share), a.number("c", share), a.whole("m", 1, maxVotes)
		if a.err == nil && phi == 1 && c == 0 && m > 1 {
			a.refuse("phi is 1 and c is 0: no two results are ever the same")
		}
		if a.err != nil {
			return nil
		}
		e, results := MFirst(phi, c, int(m))
		return Figures{"error_rate": e, "results_per_job": results}
	},
}

var credibility = Rule{
	Name: "credibility", About: "how likely a group of equal results is right",
	Source: "Sarmenta 2002", Example: "f=0.2,groups=10+10",
	Params: []Param{
		{"f", "share of providers that cheat", ""},
		{"groups", "spot-checks survived by each member: members are joined by +, groups by /", ""},
	},
	figures: func(a *args) Figures {
		f, groups := a.number("f", bounds{low: 0, high: 1, openLow: true, openHigh: true}), a.groups("groups")
		if a.err != nil {
			return nil
		}
		figures := Figures{}
		for i, x := range Credibility(f, groups) {
			name := "credibility"
			if i > 0 {
				name = fmt.Sprintf("credibility_%d", i+1)
			}
			figures[name] = x
		}
		return figures
	},
}

// groups reads `10+10/1`: one group of two members, one of one.
func (a *args) groups(name string) [][]int {
	var groups [][]int
	members := 0
	for g := range strings.SplitSeq(a.text(name), "/") {
		var group []int
		for member := range strings.SplitSeq(g, "+") {
			k, err := strconv.ParseInt(strings.TrimSpace(member), 10, 32)
			if members++; err != nil || k < 0 || members > maxMembers {
				a.refuse("%s: %q is no count of spot-checks, or there are more than %d members", name, member, maxMembers)
				return nil
			}
			group = append(group, int(k))
		}
		groups = append(groups, group)
	}
	return groups
}

var poco = Rule{
	Name: "poco", About: "how many workers must agree until the result has the trust asked for",
	Source: "iExec PoCo contracts", Example: "trust=100,score=0,dissent=1",
	Params: []Param{
		{"trust", "consensus at a confidence of 1 - 1/trust", ""},
		{"score", "valid results of each worker so far", "0"},
		{"dissent", "workers that gave something else before", "0"},
		{"alike", "1 if the dissenters gave the same, 0 if each stands alone", "0"},
	},
	figures: func(a *args) Figures {
		trust, score := a.whole("trust", 0, maxTrust), a.whole("score", 0, maxScore)
		dissent, alike := a.whole("dissent", 0, maxWorkers), a.whole("alike", 0, 1)
		return Figures{"workers": float64(PoCo(trust, score, dissent, alike == 1))}
	},
}

var adaptive = Rule{
	Name: "boinc-adaptive", About: "how many of an honest host's first jobs are replicated",
	Source: "BOINC", Example: "jobs=1000",
	Params: []Param{{"jobs", "jobs of the host", ""}},
	figures: func(a *args) Figures {
		return Figures{"replicated": Adaptive(int(a.whole("jobs", 0, maxJobs)))}
	},
}

var modicum = Rule{
	Name: "modicum", About: "the best ambiguity of a cheating job creator, and the mixed equilibrium",
	Source: "Eisele et al. 2020, theorem 3", Example: "n=4",
	Params: []Param{
		{"n", "runs of the mediator", ""},
		{"theta", "penalty rate; the deposit is theta + n prices", "0"},
		{"p_e", "probability that the provider executes", "1"},
		{"g_m", "cost of asking for mediation, in prices", "0"},
		{"c_v", "cost of verifying, in prices", "1"},
		{"c_e", "cost of executing, in prices", "1"},
		{"c_d", "cost of making a result up, in prices", "0"},
	},
	figures: func(a *args) Figures {
		o := Outsourcing{
			N: int(a.whole("n", 1, maxVotes)), Theta: a.number("theta", money), Pe: a.number("p_e", share), Gas: a.number("g_m", money),
			Verify: a.number("c_v", bounds{low: 0, high: 2}), Work: a.number("c_e", share), Deceit: a.number("c_d", share),
		}
		if a.err == nil && o.Deceit > o.Work {
			a.refuse("c_d is above c_e: making a result up never pays")
		}
		executes, verifies := o.Equilibrium()
		return Figures{"p_a": o.Ambiguity(), "equilibrium_p_e": executes, "equilibrium_p_v": verifies}
	},
}

var sampling = Rule{
	Name: "posp", About: "the probability of a check above which honest work pays; above 1 nothing deters",
	Source: "Proof of Sampling 2024", Example: "C=1,R=1.2,S=150,r=0.1",
	Params: []Param{
		{"C", "what cheating saves", ""},
		{"R", "reward of a result", ""},
		{"S", "stake that is lost", ""},
		{"r", "share of colluding providers", "0"},
	},
	figures: func(a *args) Figures {
		cost, reward, stake := a.number("C", money), a.number("R", positive), a.number("S", money)
		r := a.number("r", bounds{low: 0, high: 1, openHigh: true})
		return Figures{"p": Sampling(cost, reward, stake, r)}
	},
}

var pocket = Rule{
	Name: "pocket", About: "the stake that takes away what false claims earn before one is found",
	Source: "Pocket Network 2024", Example: "R=10,p=0.2",
	Params: []Param{{"R", "reward of a claim", ""}, {"p", "probability that a claim must be proven", ""}},
	figures: func(a *args) Figures {
		reward, p := a.number("R", money), a.number("p", bounds{low: 0, high: 1, openLow: true})
		return Figures{"stake": ProbabilisticProof(reward, p)}
	},
}

var jackpot = Rule{
	Name: "jackpot", About: "what k challengers of a forced error are paid",
	Source: "TrueBit 2017", Example: "J=1,k=3",
	Params: []Param{{"J", "the jackpot", ""}, {"k", "challengers", ""}},
	figures: func(a *args) Figures {
		each, total := Jackpot(a.number("J", money), int(a.whole("k", 1, maxVotes)))
		return Figures{"each": each, "total": total}
	},
}

var deterrence = Rule{
	Name: "deterrence", About: "the audit rate above which a cheat loses",
	Source: "derived", Example: "rho=2.5",
	Params:  []Param{{"rho", "stake over price", ""}},
	figures: func(a *args) Figures { return Figures{"q": Deterrence(a.number("rho", money))} },
}

var bisection = Rule{
	Name: "bisection", About: "rounds until one disputed step is left",
	Source: "Canetti, Riva and Rothblum 2011", Example: "steps=1000,arity=2",
	Params: []Param{{"steps", "steps of the job", ""}, {"arity", "parts of a round", "2"}},
	figures: func(a *args) Figures {
		steps, arity := a.whole("steps", 1, maxTrust), a.whole("arity", 2, maxVotes)
		return Figures{"rounds": float64(Bisection(uint64(steps), uint64(arity)))}
	},
}
