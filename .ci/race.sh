#!/bin/sh
# Runs the race detector where goroutines share memory: whole packages that are
# about that, and of the large ones the tests that start goroutines themselves.
# The detector makes password hashes and pages ten times slower, and finds
# nothing in a test that does one thing after another.
set -eu
cd "$(dirname "$0")/.."

go test -race -short -timeout 20m ./engine/... ./account ./job ./mail ./trial
go test -race -run Workers ./deal
for package in store api cmd/parley; do
	tests=$(awk '
		/^func Test/ { name = $2; sub(/\(.*/, "", name) }
		/wg\.Go|go func|WaitGroup|go serve/ { if (name != "" && name != "TestMain") print name }' $package/*_test.go | sort -u)
	[ -n "$tests" ] || { echo "no test of $package starts a goroutine: this script looks in the wrong place"; exit 1; }
	go test -race -short -timeout 20m -run "^($(echo $tests | tr ' ' '|'))\$" ./$package
done
