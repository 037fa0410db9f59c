package archtest

// Rule forbids edges of the import graph: no package of From, save those of
// Except, imports a package of To, save those of But.
//
// A pattern is a package of this repository as a path from its root ("." is
// the root package), or a foreign import path; a final /... takes in what is
// below. Everything and Foreign are the two classes that have no such path.
type Rule struct {
	From, Except []string
	To, But      []string
	Tests        bool // test files are held to it too
	Why          string
}

// Classes of packages that no path pattern describes.
const (
	Everything = "*"       // every package of this repository
	Foreign    = "foreign" // every import that is neither of this repository nor of the standard library
)

func in(patterns ...string) []string { return patterns }

var (
	roles = in("runtime/solver", "runtime/provider", "runtime/creator", "runtime/mediator")

	// core are the contracts that roles are written against.
	core = in("runtime/settlement", "runtime/execution", "runtime/storage", "runtime/journal")

	implementations = in(
		"runtime/settlement/evm", "runtime/settlement/memory",
		"runtime/execution/docker", "runtime/execution/modelcache", "runtime/execution/wasm", "runtime/execution/noop", "runtime/execution/driver",
		"runtime/storage/file", "runtime/storage/memory",
		"runtime/journal/sqlite", "runtime/journal/memory",
		"runtime/chain/...", "runtime/pluginhost", "plugins/...",
	)

	// kits are for tests: suites, fakes and helpers.
	kits = in(
		"internal/testkit/...", "internal/archtest", "modules/git/gittest",
		"runtime/chain/chaintest", "runtime/execution/executiontest/...", "runtime/execution/driver/drivertest", "runtime/journal/journaltest",
		"runtime/settlement/settlementtest", "runtime/settlement/evm/evmtest", "runtime/storage/storagetest",
		"runtime/wallet/wallettest",
	)
)

// Rules are the forbidden edges.
var Rules = []Rule{
	// The vocabulary.
	{
		From: in("."), To: in(Everything, Foreign), But: in("golang.org/x/crypto/sha3"),
		Why: "everything may import the root package, so it stays small and free of engines; Keccak-256 is not in the standard library",
	},

	// Leaves.
	{
		From: in("hostapi/..."), To: in(Everything, Foreign), But: in("hostapi/..."),
		Why: "the promise between node and plugin must not move with either, and stand without wazero and domain types",
	},
	{
		From: in("contracts/..."), To: in(Everything), But: in("contracts/..."),
		Why: "bindings are generated from the ABI; what deals mean is runtime/settlement's",
	},
	{
		From: in("deployments"), To: in(Everything, Foreign),
		Why: "where contracts lie is data; runtime/node says what it means",
	},
	{
		From: in("modules/catalog"), To: in(Everything, Foreign), But: in("."),
		Why: "the catalog is data; tests and executors use it without the rest of modules",
	},
	{
		From: in("runtime/journal"), To: in(Everything, Foreign),
		Why: "a journal keeps bytes and knows nothing of jobs or deals",
	},
	{
		From: in("internal/..."), Except: in("internal/testkit/...", "internal/records", "internal/signing", "internal/author/..."), To: in(Everything, Foreign),
		But: in(".", "golang.org/x/term"),
		Why: "what all rooms may use must stand on none of them; cli asks the terminal for its width",
	},

	{
		From: in("internal/signing"), To: in(Everything, Foreign), But: in(".", "github.com/secure-systems-lab/..."),
		Why: "plugins and modules are signed alike, by what knows neither (ADR 13)",
	},

	{
		From: in("internal/records"), To: in(Everything, Foreign), But: in(".", "runtime/journal", "runtime/settlement"),
		Why: "the roles' table of records joins journal and ledger, and knows no role (ADR 3)",
	},

	{
		From: in("internal/author/..."), To: in("runtime/...", "modules/...", "plugins/...", "contracts/..."),
		But: in("runtime/pluginhost", "runtime/fuel", "runtime/cases", "runtime/storage", "runtime/storage/memory"),
		Why: "authors try plugins in the host of a node, without a node",
	},

	// Dependencies point down.
	{
		From: in("modules/..."), To: in("runtime/...", "plugins/...", "hostapi/...", "contracts/...", "cmd/..."),
		Why: "modules are below the runtime: a module is pinned and rendered the same way by every role",
	},
	{
		From: in("plugins/..."), Except: in("plugins/calibrate"), To: in(Everything), But: in(".", "hostapi", "internal/nearest"),
		Why: "the index of built-in plugins offers bytes and manifests; the host that runs them is runtime/pluginhost",
	},
	{
		From: in("plugins/calibrate"), To: in(Everything), But: in(".", "hostapi", "plugins", "runtime/pluginhost", "runtime/storage", "runtime/storage/memory"),
		Why: "what measures comparators runs them as a node does, and needs no node (ADR 20)",
	},
	{
		From: in("sdk/..."), To: in(Everything, Foreign), But: in(".", "sdk/..."),
		Why: "SDKs and the archive of them stand without the node that runs their plugins",
	},
	{
		From: core, To: in("runtime/...", "modules/...", "plugins/...", "hostapi/...", "contracts/..."),
		But: in("runtime/bisection"),
		Why: "the contracts of the core do not know who uses or implements them, nor each other",
	},
	{
		From: in("runtime/chain"), To: in("runtime/...", "contracts/...", "modules/...", "plugins/...", "hostapi/..."),
		But: in("runtime/journal"),
		Why: "the chain edge carries calls and events and gives them no meaning; it stores what it must not lose",
	},
	{
		From: in("runtime/chain/devchain", "runtime/wallet", "runtime/settlement/memory"),
		To:   in("runtime/...", "contracts/...", "modules/...", "plugins/...", "hostapi/..."),
		But:  in("runtime/settlement", "runtime/wallet"),
		Why:  "they are joined with the rest by runtime/node",
	},
	{
		From: in("runtime/execution/..."), Except: kits,
		To:  in("runtime/...", "modules/...", "plugins/...", "hostapi/...", "contracts/..."),
		But: in("runtime/execution", "runtime/execution/jobrun", "runtime/execution/hardware", "runtime/execution/driver/wire", "runtime/sealing", "runtime/storage", "runtime/fuel", "runtime/bisection"),
		Why: "an executor runs a rendered spec in a folder; it resolves no module and knows no deal",
	},
	{
		From: in("runtime/sealing"), To: in("runtime/...", "modules/...", "plugins/...", "hostapi/...", "contracts/..."),
		But: in("runtime/storage"),
		Why: "what seals bytes knows trees and keys; who may open them is the roles' business (ADR 17)",
	},
	{
		From: in("runtime/pluginhost"), To: in("runtime/...", "modules/...", "plugins/...", "contracts/..."),
		But: in("runtime/storage", "runtime/fuel", "runtime/snapshot"),
		Why: "the host does not know where plugins come from or what follows from an answer",
	},
	{
		From: in("runtime/telemetry"), To: in("runtime/...", "modules/...", "plugins/...", "hostapi/...", "contracts/..."),
		But: in("runtime/pluginhost", "runtime/settlement/survey"),
		Why: "metrics and spans translate what the plugin host counts, and decide nothing",
	},
	{
		From: in("runtime/cases"), To: in("runtime/...", "modules/...", "plugins/...", "contracts/..."),
		But: in("runtime/storage"),
		Why: "creator, mediator and simulation drive cases; the engine knows no chain and no network (ADR 2)",
	},
	{
		From: in("runtime/simulation/theory"), To: in(Everything, Foreign), But: in("."),
		Why: "what simulations are held against is arithmetic, and knows no simulation",
	},

	{
		From: in("runtime/simulation"), To: in("runtime/...", "modules/...", "plugins/...", "contracts/..."),
		But: in("runtime/cases", "runtime/settlement"),
		Why: "the simulator drives the engine of cases and the table of payouts; who loads its scheme is the program (ADR 19)",
	},
	{
		From: in("runtime/bisection"), To: in(Everything, Foreign), But: in("."),
		Why: "who is wrong follows from hashes and one step; which engine runs it, and how answers travel, is not the game's business (ADR 21)",
	},
	{
		From: in("runtime/fuel"), To: in(Everything, Foreign),
		Why: "what rewrites foreign code stands alone, and its result depends on nothing but its version",
	},
	{
		From: in("runtime/snapshot"), To: in(Everything, Foreign), But: in("golang.org/x/sys/unix"),
		Why: "what maps memory knows bytes and pages alone (ADR 8)",
	},
	{
		From: in("runtime/matching"), To: in("runtime/...", "modules/...", "plugins/...", "contracts/..."),
		Why: "the matcher knows offers, jobs and a scorer; what follows from a match is the solver's business (ADR 11)",
	},
	{
		From: in("runtime/pluginstore"), To: in("runtime/...", "modules/...", "plugins/...", "contracts/..."),
		Why: "the store keeps and checks packages; what a module may do is the plugin host's to say, who uses it the node's (ADR 10)",
	},
	{
		From: in("runtime/decisions"), To: in("runtime/...", "modules/...", "plugins/...", "contracts/..."),
		But: in("runtime/pluginhost", "runtime/storage"),
		Why: "the log of decisions holds questions and answers; what followed from them is the roles' business (ADR 9)",
	},
	{
		From: in("runtime/api"), To: append(in("runtime/node", "runtime/cases", "modules/..."), append(roles, implementations...)...),
		Why: "the protocol is between the roles, so it cannot be any one of them",
	},

	// Roles.
	{
		From: in("runtime/solver"), To: in("runtime/provider", "runtime/creator", "runtime/mediator"), Tests: true,
		Why: "roles speak through the HTTP API alone, so one process and many run the same code",
	},
	{
		From: in("runtime/provider"), To: in("runtime/solver", "runtime/creator", "runtime/mediator"), Tests: true,
		Why: "roles speak through the HTTP API alone, so one process and many run the same code",
	},
	{
		From: in("runtime/creator"), To: in("runtime/solver", "runtime/provider", "runtime/mediator"), Tests: true,
		Why: "roles speak through the HTTP API alone, so one process and many run the same code",
	},
	{
		From: in("runtime/mediator"), To: in("runtime/solver", "runtime/provider", "runtime/creator"), Tests: true,
		Why: "roles speak through the HTTP API alone, so one process and many run the same code",
	},
	{
		From: roles, To: append(in("runtime/node", "contracts/...", "modules/..."), implementations...),
		Why: "a role is written against interfaces, its own or the core's; runtime/node chooses and joins",
	},
	{
		From: in("runtime/settlement/survey"), To: in("runtime/...", "modules/...", "plugins/...", "hostapi/...", "contracts/..."),
		But: in("runtime/settlement"),
		Why: "what ledgers tell is read back in the same way from each of them",
	},
	{
		From: in("runtime/settlement/keeper"), To: in("runtime/...", "modules/...", "plugins/...", "hostapi/...", "contracts/..."),
		But: in("runtime/settlement", "runtime/journal"),
		Why: "several roles keep deadlines, so the keeper knows none of them",
	},

	// Who joins.
	{
		From: in(Everything), Except: in("cmd/...", "internal/testkit/nodes"), To: in("runtime/node"),
		Why: "node is the only place that joins roles and implementations; only the program, and the kit of its tests, stand above it",
	},
	{
		From: in(Everything), Except: append(in("runtime/node", "cmd/...", "runtime/settlement/evm", "runtime/decisions", "runtime/telemetry", "internal/author", "plugins/calibrate"), kits...),
		To: implementations, But: kits,
		Why: "implementations are chosen in runtime/node alone; settlement/evm stands on the chain edge, decisions, telemetry, the tools of authors and the measure of comparators on the plugin host",
	},
	{
		From: in(Everything), Except: in("runtime/settlement/evm/...", "contracts/..."), To: in("contracts/bindings/..."),
		Why: "who packs a call must know the contract; everyone else speaks settlement.Ledger",
	},
	{
		From: in(Everything), To: in("cmd/..."), Tests: true,
		Why: "the program is the top of the graph",
	},
	{
		From: in(Everything), Except: kits, To: kits,
		Why: "suites and fakes are for tests, and stay out of the program",
	},

	// Foreign packages with one home.
	{
		From: in(Everything), Except: in("runtime/pluginhost", "runtime/execution/wasm", "runtime/fuel", "hostapi/conformance"), To: in("github.com/tetratelabs/wazero/..."), Tests: true,
		Why: "foreign code runs behind two doors, one for plugins and one for jobs",
	},
	{
		From: in(Everything), Except: in("contracts/bindings/...", "runtime/chain/...", "runtime/settlement/evm/...", "runtime/wallet/..."),
		To: in("github.com/ethereum/go-ethereum/..."), Tests: true,
		Why: "the market has addresses and amounts of its own; go-ethereum's types stop at the chain edge",
	},
	{
		From: in(Everything), Except: in("runtime/execution/docker"), To: in("github.com/docker/..."), Tests: true,
		Why: "one executor speaks to the engine",
	},
	{
		From: in(Everything), Except: in("runtime/execution/driver/..."), To: in("github.com/hashicorp/...", "google.golang.org/grpc/..."), Tests: true,
		Why: "programs beside the node are spoken to in one place, with its bounds (ADR 16)",
	},
	{
		From: in(Everything), Except: in("cmd/..."), To: in("github.com/spf13/..."), Tests: true,
		Why: "flags and configuration files end at the program; rooms get a Config",
	},
	{
		From: in(Everything), Except: in("runtime/journal/sqlite"), To: in("modernc.org/..."), Tests: true,
		Why: "SQL stays behind the journal",
	},
	{
		From: in(Everything), Except: in("modules/git"), To: in("github.com/go-git/..."),
		Why: "repositories are read in one place, with its bounds",
	},
	{
		From: in(Everything), Except: in("modules/...", "runtime/pluginstore", "internal/testkit/docker"), To: in("github.com/google/go-containerregistry/..."), Tests: true,
		Why: "image names and digests are pinned by modules; the test kit of Docker and tests of the plugin store serve a registry",
	},
	{
		From: in(Everything), Except: in("runtime/sealing"), To: in("filippo.io/..."), Tests: true,
		Why: "one place knows the format of what is sealed (ADR 17)",
	},
	{
		From: in(Everything), Except: in("runtime/pluginstore", "runtime/execution/docker"), To: in("oras.land/oras-go/v2/..."), Tests: true,
		Why: "packages of plugins are moved in one place, with its bounds; the engine is told what docker login stored",
	},
	{
		From: in(Everything), Except: in("internal/signing"), To: in("github.com/secure-systems-lab/..."), Tests: true,
		Why: "what publishers sign is opened in one place, with its bounds (ADR 13)",
	},
	{
		From: in(Everything), Except: in("runtime/api"), To: in("github.com/danielgtaylor/..."), Tests: true,
		Why: "the HTTP framework is a detail of the edge",
	},
	{
		From: in(Everything), Except: kits, To: in("github.com/google/go-cmp/...", "pgregory.net/rapid/...", "testing"),
		Why: "test libraries stay out of the program",
	},

	// Logs.
	{
		From: in(Everything), Except: kits, To: in("log"),
		Why: "logs are log/slog, passed in",
	},
	{
		From: in(".", "hostapi/...", "modules/...", "contracts/...", "plugins/...", "runtime/cases", "runtime/matching", "runtime/storage/...", "runtime/journal/..."),
		To:   in("log/slog"),
		Why:  "libraries return errors; who ends an error's journey logs it",
	},
}

// Rooms are the folders a reader meets first, each with the reason it exists.
// A new one needs an ADR.
var Rooms = map[string]string{
	"bench":       "figures beside those of peers, in a Go module of its own (ADR 11)",
	"cmd":         "the program",
	"contracts":   "the money, in Solidity",
	"deployments": "where the contracts of public networks lie (ADR 14)",
	"docs":        "documents that cross rooms",
	"hostapi":     "the promise between node and plugin",
	"internal":    "small things that several rooms share",
	"modules":     "the work that is sold",
	"plugins":     "the policies that come built in",
	"runtime":     "the core",
	"sdk":         "what authors build on",

	"runtime/api":         "the protocol between roles",
	"runtime/bisection":   "a dispute settled by one step (ADR 21)",
	"runtime/cases":       "the engine of one doubt (ADR 2)",
	"runtime/chain":       "the edge to an EVM chain",
	"runtime/creator":     "the role that buys",
	"runtime/decisions":   "what plugins decided, and again (ADR 9)",
	"runtime/execution":   "running a job",
	"runtime/fuel":        "counting what a plugin does (ADR 7)",
	"runtime/journal":     "durable state",
	"runtime/matching":    "which offer gets which job (ADR 11)",
	"runtime/mediator":    "the role that settles doubts",
	"runtime/node":        "joins everything",
	"runtime/pluginhost":  "running a plugin",
	"runtime/pluginstore": "plugins at rest: packages, trust, what is enabled (ADR 10)",
	"runtime/provider":    "the role that sells",
	"runtime/sealing":     "private bytes on their way (ADR 17)",
	"runtime/settlement":  "the money, seen from Go",
	"runtime/simulation":  "a market of cheats, to try schemes on (ADR 19)",
	"runtime/snapshot":    "memory that goes back to what it was (ADR 8)",
	"runtime/solver":      "the role that matches",
	"runtime/storage":     "content-addressed bytes",
	"runtime/telemetry":   "what an operator sees of its node (ADR 12)",
	"runtime/wallet":      "keys and signatures",
}

// ForbiddenNames are package names that either hide another package of that
// name or say nothing.
var ForbiddenNames = map[string]string{
	"http": "hides net/http", "errors": "hides errors", "context": "hides context", "log": "hides log",
	"plugin": "hides plugin", "runtime": "hides runtime: it is a heading",
	"util": "says nothing", "utils": "says nothing", "common": "says nothing", "helpers": "says nothing", "types": "says nothing",
}

// Lengths that need a reason, in lines.
const (
	MaxFile     = 500
	MaxFunction = 60
	MaxReadme   = 60
)

// Long are the files ("path") and functions ("path:Name") that may be longer,
// each with its reason. Generated files, and functions of tests, whose tables
// are data, are not counted.
var Long = map[string]string{}
