# parley needs Go alone: go run ./cmd/parley demo
#
#	make build        bin/parley, one static file
#	make test         every test; installs what the tests need where it may
#	make check        what a change must pass: the tests and more
#	make bench        the engines, searches, roadmaps, why not, proofs, answers over HTTP, threads, the start: timed, beside floors
#	make neutral      a million made-up tables under other names, in other orders, with 1, 2 and 16 workers
#	make proof        10,000 false bundles, all refused by parley verify
#	make durable      2,000 power cuts and 100 kills under real answers, posts and drafts
#	make timing       secrets that time could tell, on a quiet machine
#	make screenshots  the pictures of the README

TOOL = go tool -modfile=.ci/tool/go.mod

.PHONY: build test check bench neutral proof durable timing screenshots needs format modules vet vulnerable race
.NOTPARALLEL:

build:
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o bin/parley ./cmd/parley

test: needs
	sh .ci/with-postgres.sh go test -timeout 20m ./...

check: format modules vet vulnerable race test

bench:
	go test -run '^$$' -bench . -benchmem -benchtime 200ms -timeout 20m ./engine/... ./genius ./deal ./verify/again
	go test -run '^$$' -bench . -benchmem ./account ./store ./api
	go test -run '^$$' -bench Votes -benchtime 100000x ./web
	go test -run '^$$' -bench Thread -benchtime 2000x ./web
	go test -run '^$$' -bench FirstPage -benchtime 5x -timeout 20m ./cmd/parley

neutral:
	GOGC=400 PARLEY_CASES=1000000 go test -count=1 -v -timeout 12h -run '^TestNeutrality$$' ./deal

proof:
	PARLEY_MUTANTS=10000 go test -count=1 -v -timeout 90m -run FalseBundles ./verify/again

durable:
	PARLEY_CUTS=2000 PARLEY_KILLS=100 go test -count=1 -v -timeout 20m -run 'PowerCut|KilledProcess' ./store

timing:
	PARLEY_TEST_TIMING=1 go test -count=1 -v -run '^TestTime' ./store ./api ./web

screenshots: needs
	go test ./web/browsertest -run TestPictures -count=1 -pictures "$$(pwd)/doc/picture"

needs:
	@sh .ci/needs.sh

format:
	@wrong=$$(gofmt -l .); test -z "$$wrong" || { echo "gofmt -w is due for:"; echo "$$wrong"; exit 1; }

modules:
	go mod tidy -diff

vet:
	go vet ./...
	$(TOOL) staticcheck ./...

# The database of known vulnerabilities is on the network.
vulnerable:
	@out=$$($(TOOL) govulncheck ./... 2>&1) || code=$$?; echo "$$out"; \
	case "$${code:-0} $$out" in \
	*"fetching vulnerabilities"*) echo "not checked: the database of vulnerabilities cannot be reached from here" ;; \
	*) exit $${code:-0} ;; esac

race: needs
	@if [ "$$(go env CGO_ENABLED)" = 1 ]; then sh .ci/with-postgres.sh sh .ci/race.sh; else echo "not checked: the race detector needs a C compiler"; fi
