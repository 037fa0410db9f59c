# The pinned tools. They are installed into tools/bin, and nowhere else.
GOLANGCI_LINT := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
GOFUMPT       := mvdan.cc/gofumpt@v0.12.0
GETH          := github.com/ethereum/go-ethereum/cmd/geth@v1.17.8
CLEF := github.com/ethereum/go-ethereum/cmd/clef@v1.16.8 # the last that has it

SHELL       := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

BIN     := $(CURDIR)/tools/bin
NODE    := $(shell command -v node)
FORGE   := $(wildcard contracts/node_modules/.package-lock.json)
GUESTS  := sdk/go $(patsubst %/go.mod,%,$(wildcard plugins/*/go.mod))
MODULES := . sdk/driver $(GUESTS) modules/catalog/zk-prove/prover
SKIPS   := $(BIN)/skipped.txt

# A folder of module templates in public use, to try the renderer on; none is needed.
TEMPLATES ?=

# Rooms that hold a lock, an atomic or more than one goroutine.
RACE := ./internal/reconcile ./internal/records ./modules/git/... ./runtime/...

ifeq ($(CI),true)
REQUIRE := LILYPAD_REQUIRE=docker
STRICT  := -strict
endif

.PHONY: help
help: ## list what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.PHONY: test
test: $(if $(CI),setup) ## test with what is there, and list what was skipped; CI=true: set up first, skip nothing but gpu
	@mkdir -p $(BIN) && rm -f $(SKIPS)
	go run ./sdk/build -check $(STRICT)
	go run ./sdk/dist/build -check
	go run ./plugins/build -check
	go run ./modules/catalog/build -check
	$(REQUIRE) go run ./internal/testkit/gotest -skips $(SKIPS) $(STRICT) $(MODULES) -- -timeout=20m ./...
	@[ -z "$(TEMPLATES)" ] || (set -x; go test ./modules/template -run public -templates $(abspath $(TEMPLATES)))
	@$(MAKE) --no-print-directory test-race test-contracts
	@if [ -s $(SKIPS) ]; then echo; echo "Skipped, with reasons:"; sed 's/^/  /' $(SKIPS); else echo; echo "Nothing was skipped."; fi

.PHONY: test-race
test-race: ## test what has locks under the race detector
	@if [ "$$(go env CGO_ENABLED)" = 1 ] && command -v $$(go env CC) >/dev/null; then \
		set -x; go test -race -short -timeout=25m $(RACE) | grep -v 'no test files'; \
	else $(call skip,race tests: no C compiler); fi

.PHONY: test-gpu
test-gpu: ## find this machine's GPUs, and run containers that see and use one; says what is missing
	go test ./runtime/execution/docker -run '^TestDevice$$' -count=1 -v

.PHONY: test-languages
test-languages: ## hold both engines, in new and restored instances, to the same answers and fuel on 10000 inputs for each language (ten minutes)
	go test ./runtime/pluginhost -run TestLanguages_enginesAgree -fuzzed 10000 -timeout 3h

# How many random deals test-chaos opens, and what draws them.
DEALS ?= 1000
SEED  ?= 1

.PHONY: test-chaos
test-chaos: ## open 1000 random deals amid crashes, silences, cheats and reorganisations, then kill each role at each fault point (two hours); DEALS=, SEED=
	go test ./internal/e2e/chaos -v -timeout 4h -run TestMarket_survivesChaos -chaos.deals $(DEALS) -chaos.seed $(SEED)
	go test ./internal/e2e -v -timeout 1h -run TestKill -fault-points

# How many random jobs test-litter runs, and what draws them.
JOBS ?= 500

.PHONY: test-litter
test-litter: ## run 500 random jobs of both engines, hostile ones too, amid kills, and see that nothing is left behind (ten minutes); JOBS=, SEED=
	go test ./internal/e2e -v -timeout 4h -run '^TestLitter$$' -litter.jobs $(JOBS) -litter.seed $(SEED)

.PHONY: test-figures
test-figures: ## hold the simulator to all published figures of runtime/simulation/testdata, and all scenarios (five minutes on two cores)
	go test ./runtime/simulation -run 'TestCheck_publishedFigures|TestAgainst' -all -v -timeout 6h

.PHONY: test-podman
test-podman: ## hold podman's driver to the suite of executors; needs podman and runc
	go test -tags podman ./runtime/execution/driver ./internal/e2e -timeout 20m -run 'Podman'

.PHONY: test-contracts
test-contracts:
	@if [ -n "$(NODE)" ] && [ -n "$(FORGE)" ]; then $(MAKE) --no-print-directory contracts; \
	else $(call skip,contract tests: no Node packages (make setup)); fi

# skip notes a stage that cannot run here; in CI that is an error.
skip = mkdir -p $(BIN); echo "$(1)" | tee -a $(SKIPS); [ "$(CI)" != true ]

.PHONY: test-chains
test-chains: $(BIN)/geth ## run the end-to-end tests on anvil and on geth, a block each second (half an hour); needs make setup
	go test ./internal/e2e -timeout 60m -chain anvil
	go test ./internal/e2e -timeout 60m -chain geth

# Two workers plant mutants at once.
WORKERS ?= 2

.PHONY: contracts
contracts: ## test the contracts, plant their mutants, compare what is generated and measured; needs make setup
	cd contracts && tools/forge fmt --check
	cd contracts && FOUNDRY_PROFILE=quick tools/forge test
	cd contracts && FOUNDRY_PROFILE=gas FORGE_SNAPSHOT_CHECK=true tools/forge test
	cd contracts && ./build.sh --check
	cd contracts && mutants/run.mjs --workers $(WORKERS)

.PHONY: contracts-long
contracts-long: ## the same at length: 2000 invariant runs, 50000 of each fuzz test, every small change of the sources (an hour)
	cd contracts && FOUNDRY_PROFILE=long tools/forge test
	cd contracts && mutants/sweep.mjs --workers $(WORKERS)

# ARGS=--json prints JSON.
ARGS ?=

.PHONY: gas
gas: ## measure what transactions cost, from receipts on the embedded chain; ARGS=--json: as JSON
	@dir=$$(mktemp -d); trap 'rm -rf $$dir' EXIT; file=$$dir/gas.$(if $(filter --json,$(ARGS)),json,txt); failed=0; \
	go test ./runtime/settlement/evm -run TestLedger_gas -count=1 -args -report $$file >$$dir/log || failed=$$?; \
	[ $$failed = 0 ] || cat $$dir/log >&2; [ ! -f $$file ] || cat $$file; exit $$failed

.PHONY: check
check: generate lint ## the whole gate: generate, format, tidy, vet, lint, architecture, then a clean git tree
	@for dir in $(MODULES) bench; do (cd $$dir && go mod tidy -diff && go vet ./...) || exit 1; done
	go test ./internal/archtest
	@[ -z "$$(git status --porcelain)" ] || { git status --short; git --no-pager diff --stat; echo "the tree is not clean: commit what was generated or formatted"; exit 1; }

.PHONY: generate
generate: ## rewrite all that is generated: host API, SDKs, plugins, catalog, contract bindings
	go generate ./hostapi/...
	go run ./sdk/build $(STRICT)
	go run ./sdk/dist/build
	go run ./plugins/build
	go run ./modules/catalog/build
	@if [ -n "$(FORGE)" ]; then set -x; go generate ./contracts; else echo "contracts: not generated, no Node packages (make setup)"; [ "$(CI)" != true ]; fi

.PHONY: format
format: $(BIN)/gofumpt ## format Go and Solidity that is written by hand
	$(BIN)/gofumpt -w $$(git ls-files --cached --others --exclude-standard '*.go' ':!contracts/bindings')
	@[ -z "$(FORGE)" ] || (cd contracts && tools/forge fmt)

.PHONY: lint
lint: $(BIN)/golangci-lint ## look for mistakes
	@for dir in $(MODULES); do (set -x; cd $$dir && $(BIN)/golangci-lint run --allow-parallel-runners --config $(CURDIR)/.golangci.yml ./...) || exit 1; done
	@[ -z "$(FORGE)" ] || (set -x; cd contracts && tools/forge fmt --check)

# BENCH picks a part of the comparison with peers.
BENCH ?=

.PHONY: bench
bench: ## measure what has a benchmark, then us beside peers; BENCH=plugin, engine, execution or sim: that part alone
	@[ -n "$(BENCH)" ] || (set -x; go test -run='^$$' -bench=. -benchmem ./runtime/... | grep -v 'no test files')
	cd bench && go run . $(if $(BENCH),-bench=$(BENCH))

.PHONY: bench-market
bench-market: ## order 500 jobs at once on 5 providers: all paid, at most 90000 gas a job, money final 3 s after the middle result
	go test ./internal/e2e -run 'TestLoad_paysManyJobsAtOnce' -jobs 500 -within 3s -v -timeout=20m

.PHONY: calibrate
calibrate: ## measure how often comparators are wrong, and hold it to docs/comparators.md (some minutes); SEED=: on another data set
	go run ./plugins/calibrate -seed $(SEED)

.PHONY: setup
setup: ## install and start what the tests can use: compilers, Docker engine, Node packages (root, Debian)
	@command -v gcc >/dev/null || (apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev)
	@command -v npm >/dev/null || (apt-get update && apt-get install -y --no-install-recommends nodejs npm)
	@(command -v clang && command -v wasm-ld) >/dev/null || (apt-get update && apt-get install -y --no-install-recommends clang lld)
	@command -v systemd-analyze >/dev/null || (apt-get update && apt-get install -y --no-install-recommends systemd)
	@command -v chromium >/dev/null || (apt-get update && apt-get install -y --no-install-recommends chromium)
	@[ -n "$$(find /usr/lib/rustlib/wasm32-unknown-unknown -name 'libcore-*' 2>/dev/null)" ] || (apt-get update && apt-get install -y --no-install-recommends rustc libstd-rust-dev-wasm32)
	@for dir in contracts sdk/assemblyscript; do [ $$dir/node_modules/.package-lock.json -nt $$dir/package-lock.json ] || (set -x; cd $$dir && npm ci --no-audit --no-fund) || exit 1; done
	@[ -x $(BIN)/clef ] || GOBIN=$(BIN) go install $(CLEF)
	internal/testkit/docker/setup.sh

# A tool is installed anew when this file, and so perhaps its version, changed.
$(BIN)/golangci-lint: Makefile
	GOBIN=$(BIN) go install $(GOLANGCI_LINT) && touch $@
$(BIN)/geth: Makefile
	GOBIN=$(BIN) go install $(GETH) && touch $@
$(BIN)/gofumpt: Makefile
	GOBIN=$(BIN) go install $(GOFUMPT) && touch $@
