# `make` builds everything from the spec and runs the quickstart, `make test` runs every test, `make help` lists the rest.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --warn-undefined-variables --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := all

GO ?= go
NEXT_GO := go1.27.0
# What is measured depends on the version of Go, so that limits hold for one alone. Whoever changes it writes them anew.
PINNED_GO := go1.26.8
BIN := $(CURDIR)/.tmp/bin
GOLANGCI_VERSION := v2.15.0
GOLANGCI := $(BIN)/golangci-lint-$(GOLANGCI_VERSION)
ACTIONLINT_VERSION := v1.7.12
ACTIONLINT := $(BIN)/actionlint-$(ACTIONLINT_VERSION)
FUZZTIME ?= 30s
SOAK ?= 30m
VULNDB ?= https://vuln.go.dev
ARGS ?=
BASE ?= main
HEAD ?= HEAD
VERSION ?= $(shell git describe --abbrev=0 --match 'v[0-9]*' 2>/dev/null)
UPSTREAM ?= https://raw.githubusercontent.com/aliyun/alibabacloud-python-sdk/master/cs-20151215/ChangeLog.md
SNAPSHOT ?= official-$(shell date -u +%Y%m%d)
REVIEW := .tmp/review
DRIFT := .tmp/drift
SITE := .tmp/site
UNMARKED := .tmp/unmarked
DIST := .tmp/dist
LIBRARY := cmd/specgen/internal/docs/asset/npm
# Of what go test -v prints: the results of top-level tests, all that packages print whose tests fail, and nothing of packages without such a
# test. That no test has run is a failure.
SHOW_TESTS := awk '/^=== (RUN|PAUSE|CONT) / { next } \
	{ all = all $$0 "\n" } \
	/^--- / { top = top $$0 "\n" } \
	/^(ok|FAIL)[ \t]/ { printf "%s", /^ok/ && top == "" ? "" : /^ok/ ? top $$0 "\n" : all; ran += top != "" || /^FAIL/ } \
	/^(ok|FAIL|\?)[ \t]/ { all = top = "" } \
	END { printf "%s", all; if (!ran) { print "no test has run"; exit 1 } }'

.PHONY: all
all: bundle validate speclint generate build quickstart ## Bundle, validate and lint the spec, generate, build, run the quickstart

.PHONY: bundle
bundle: ## Assemble spec/openapi.yaml from the fragments
	$(GO) run ./cmd/specgen bundle

.PHONY: validate
validate: ## Validate the spec with kin-openapi
	$(GO) run ./cmd/specgen validate

.PHONY: speclint
speclint: ## Check the spec against the profile of spec/README.md
	$(GO) run ./cmd/specgen lint

.PHONY: generate
generate: bundle ## Generate what ackgen.yaml says from the spec: sdk/ack with its mocks and overrides
	$(GO) run ./cmd/codegen
	$(GO) run ./cmd/codegen --config testdata/consumer/ackgen.yaml

.PHONY: build
build: ## Build every package
	$(GO) build ./...

.PHONY: quickstart
quickstart: ## Run the quickstart against the fake server
	$(GO) run ./sdk/examples/quickstart

.PHONY: test
test: consumer modules ## Run every test
	$(GO) test ./...

.PHONY: race
race: ## Run every test under the race detector
	$(GO) test -race -timeout 30m ./...

.PHONY: test-next
test-next: ## Test the SDK with the next Go release
	GOTOOLCHAIN=$(NEXT_GO) $(GO) test ./sdk/...

.PHONY: modules
modules: ## Test the modules below testdata, which use what the SDK must not depend on
	@for mod in testdata/*/go.mod; do $(GO) test -C "$${mod%/go.mod}" -count 1 ./...; done # some run commands, which the test cache does not see

.PHONY: consumer
consumer: ## Generate and test the client of a program in a module of its own, from nothing, and print what it costs
	@rm -rf testdata/consumer/internal
	@$(GO) generate -C testdata/consumer ./...
	@$(GO) test -C testdata/consumer ./...
	@echo "modules that the program links:"
	@$(GO) list -C testdata/consumer -deps -f '{{with .Module}}  {{.Path}}{{end}}' . | sort -u
	@echo "lines of the client: $$(cat testdata/consumer/internal/ack/*.go | wc -l), of its mocks: $$(cat testdata/consumer/internal/ack/*/*.go | wc -l)"
	@$(GO) run -C testdata/size . ../consumer ./bare .

.PHONY: products
products: ## Generate clients of three other products and compare their requests with the official SDKs'
	@$(GO) test -C testdata/products -count 1 -v ./... | grep -v -e '^=== ' -e '--- PASS'

.PHONY: size
size: ## Print what one call adds to a program, per package
	@$(GO) run -C testdata/size .

.PHONY: budgets
budgets: ## Measure what must not grow, and compare with budgets.yaml (ARGS=--write writes that)
	@GOTOOLCHAIN=$(PINNED_GO) $(GO) run ./internal/budget/cmd $(ARGS)

.PHONY: corpora
corpora: ## Generate from the documents that Go modules carry, beside other generators (ARGS=--why groups the refusals)
	@$(GO) run -C testdata/corpora . $(ARGS)

.PHONY: scale
scale: ## Measure the generator on documents of up to 10,000 operations
	$(GO) test -run '^$$' -bench BenchmarkGenerate -benchtime 1x ./cmd/codegen

.PHONY: fuzz
fuzz: ## Run every fuzz target of all modules for FUZZTIME (30s), and print what each has found (FUZZTIME=1000x counts executions, ARGS=--only=EXPRESSION takes some)
	@$(GO) build -o .tmp/fuzz ./internal/fuzz/cmd
	@.tmp/fuzz --go $(GO) --for='$(FUZZTIME)' $(ARGS)

.PHONY: hostile
hostile: ## Play servers, specs, requests, snapshots, environments and kubeconfigs that mean harm against the SDK and the tools
	@$(GO) test -v -run '^TestHostile' ./... | $(SHOW_TESTS)

.PHONY: soak
soak: ## Run a fleet of programs against a fake server with random faults for SOAK (30m, rounded up to whole windows of 30 s), and fail if a call is lost, done twice or leaks (ARGS=--seed=7 repeats the decisions of a run, not its timing)
	@$(GO) build -o .tmp/soak ./internal/soak/cmd
	@.tmp/soak --for='$(SOAK)' $(ARGS)

.PHONY: canary
canary: ## Look for planted secrets in all that people see
	@$(GO) test -count 1 -v -run '^(TestCanary\w*|TestSecret\w*|TestErrorsHoldNoSecrets\w*|TestNoSecretInFailures|TestServerPrintsNoSecret|TestDumpHoldsNoSecret|TestMaskIsNotSent|TestWriteFile)$$' ./... | $(SHOW_TESTS)

.PHONY: bench
bench: ## Measure calls, packages, the generator and the fake server beside others (ARGS=--write updates docs/benchmarks.md, --only NAMES, --compare)
	@$(GO) run -C testdata/bench . $(ARGS)

.PHONY: bench-sdk
bench-sdk: ## Run the benchmarks beside the code of the SDK
	$(GO) test -run '^$$' -bench . -benchmem ./sdk/...

.PHONY: golden
golden: ## Rewrite the golden files (the run that rewrites them fails on purpose)
	$(GO) test ./generator ./cmd/... -update || true
	$(GO) test -C testdata/gotool -run TestStory -update || true
	$(GO) test ./generator ./cmd/...
	$(GO) test -C testdata/gotool -count 1 -run TestStory

.PHONY: browser
browser: ## Open the pages that specgen makes in Chromium (needs Node.js with npm, and Chromium)
	@for program in node npm; do command -v $$program > /dev/null || { echo "$$program is needed: install Node.js 18 or newer with npm"; exit 1; }; done
	@npm ci --prefix testdata/browser --silent
	@npm test --prefix testdata/browser --silent

.PHONY: search-library
search-library: ## Copy the search library of the docs from npm, in the version of its package-lock.json
	@npm ci --prefix $(LIBRARY) --ignore-scripts --silent
	@cp $(LIBRARY)/node_modules/minisearch/dist/umd/index.js $(LIBRARY)/minisearch.js
	@cp $(LIBRARY)/node_modules/minisearch/LICENSE.txt $(LIBRARY)/minisearch.LICENSE.txt
	@cd $(LIBRARY); node -p "const p = require('./package-lock.json').packages['node_modules/minisearch']; \
		'# minisearch ' + p.version + ' ' + p.integrity" > minisearch.sums; \
		sha256sum minisearch.js minisearch.LICENSE.txt >> minisearch.sums
	@rm -r $(LIBRARY)/node_modules

.PHONY: check
check: ## Check that everything generated is up to date
	$(GO) run ./cmd/specgen bundle --check
	$(GO) run ./cmd/specgen validate
	$(GO) run ./cmd/specgen lint
	$(GO) run ./cmd/codegen --check
	$(GO) run ./cmd/codegen --check --config testdata/consumer/ackgen.yaml
	$(GO) mod tidy -diff
	@for mod in testdata/*/go.mod; do $(GO) mod tidy -C "$${mod%/go.mod}" -diff; done
	$(GO) mod verify

.PHONY: lint
lint: $(GOLANGCI) $(ACTIONLINT) ## Lint all code, generated code included, and the workflows
	$(ACTIONLINT) -shellcheck= -pyflakes= # which machines may lack: what runs is in this file
	$(GOLANGCI) config verify
	@rm -rf $(UNMARKED)
	@for file in sdk/ack/*_gen.go sdk/ack/*/*_gen.go; do \
		mkdir -p "$(UNMARKED)/$${file%/*}"; \
		sed '1s/ DO NOT EDIT\.$$//' "$$file" > "$(UNMARKED)/$$file"; \
	done # linters pass over what says that it is generated
	$(GOLANGCI) run --allow-serial-runners ./... ./$(UNMARKED)/... # two clones may be linted at once
	@for mod in testdata/*/go.mod; do (cd "$${mod%/go.mod}" && $(GOLANGCI) run --allow-serial-runners --config ../../.golangci.yml ./...); done

.PHONY: vulncheck
vulncheck: ## Look for known vulnerabilities with govulncheck and VULNDB, or the list of the repository where that cannot be reached (ARGS=--pinned takes the list)
	@$(GO) run -C testdata/advisories . --db='$(VULNDB)' $(ARGS)

.PHONY: vulncheck-pinned
vulncheck-pinned: ## Look for those in the list of the repository alone, whose result does not change by itself
	@$(GO) run -C testdata/advisories . --pinned

.PHONY: advisories
advisories: ## Write what VULNDB has on the modules of our go.mod files into the list of the repository
	@$(GO) run -C testdata/advisories . --update --db='$(VULNDB)'

.PHONY: vet
vet: ## Run go vet, also as on the other systems that the tools are for
	$(GO) vet ./...
	GOOS=windows $(GO) vet ./...
	GOOS=darwin $(GO) vet ./...

.PHONY: fmt
fmt: $(GOLANGCI) ## Format all code
	$(GOLANGCI) fmt ./...

.PHONY: ci
ci: all check vet lint budgets vulncheck-pinned test race test-next ## Everything that CI runs
	@test -z "$$(git status --porcelain)" || { git status --short; echo "the build changed files that are committed"; exit 1; }

.PHONY: docs
docs: ## Write the reference and the guides as a site into .tmp/site
	@$(GO) run ./cmd/specgen docs --out $(SITE) --import-path github.com/ackgen/ackgen/sdk/ack

.PHONY: release-dry-run
release-dry-run: ## Print what the next version would be, and the steps that release takes
	@$(GO) run ./cmd/specgen release $(ARGS)

.PHONY: release
release: ## Make the next version in this repository, with archives of the commands (ARGS=--push pushes it)
	@rm -rf $(DIST)
	@$(GO) run ./cmd/specgen release --run --artifacts $(DIST) $(ARGS)

.PHONY: artifacts
artifacts: ## Make the archives of VERSION, a tag, again in .tmp/dist
	@rm -rf $(DIST)
	@$(GO) run ./cmd/specgen release --rebuild='$(VERSION)' --artifacts $(DIST)

.PHONY: publish
publish: ## Create the release on GitHub of the tag that HEAD has, with what release has left in .tmp/dist
	@tag=$$(git describe --exact-match --match 'v[0-9]*' HEAD); \
	git tag --list --format '%(contents:body)' "$$tag" > .tmp/notes.md; \
	gh release create "$$tag" --verify-tag --title "$$tag" --notes-file .tmp/notes.md $(DIST)/*

.PHONY: review
review: ## Review what changes from BASE (main) to HEAD into .tmp/review; fails while a break is not approved
	@mkdir -p $(REVIEW)
	@$(GO) run ./cmd/specgen review '$(BASE)' '$(HEAD)' --markdown $(REVIEW)/review.md --html $(REVIEW)/review.html

.PHONY: review-comment
review-comment: ## Put .tmp/review into the one comment on the pull request of the branch HEAD_BRANCH of HEAD_OWNER at HEAD_SHA
	@.github/comment-review "$(REVIEW)/review.md"

.PHONY: drift
drift: ## Compare the spec with UPSTREAM, a file or an address that starts with https, into .tmp/drift; fails if they differ. ARGS=--apply writes what can be written, cited as SNAPSHOT
	@mkdir -p $(DRIFT)
	@case '$(UPSTREAM)' in \
	https://*) curl --fail --silent --show-error --location --proto '=https' --output $(DRIFT)/upstream '$(UPSTREAM)' ;; \
	*) cp '$(UPSTREAM)' $(DRIFT)/upstream ;; \
	esac
	@$(GO) run ./cmd/specgen drift $(DRIFT)/upstream -o markdown --snapshot '$(SNAPSHOT)' $(ARGS) | tee $(DRIFT)/report.md

.PHONY: drift-change
drift-change: ## Keep one pull request with what drift finds and with what can be written of it
	@.github/open-drift "$(DRIFT)"

.PHONY: clean
clean: ## Remove the tools in .tmp
	rm -rf .tmp

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / {printf "  %-16s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

$(ACTIONLINT):
	mkdir -p $(BIN)
	GOBIN=$(BIN) $(GO) install github.com/rhysd/actionlint/cmd/actionlint@$(ACTIONLINT_VERSION)
	mv $(BIN)/actionlint $@

$(GOLANGCI):
	mkdir -p $(BIN)
	GOBIN=$(BIN) $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)
	mv $(BIN)/golangci-lint $@
