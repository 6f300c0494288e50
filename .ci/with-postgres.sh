#!/bin/sh
# Runs a command with the address of a PostgreSQL in PARLEY_TEST_POSTGRES: the
# one that is set already, else a throw-away one, else none, and tests that need
# one skip.
set -eu
cd "$(dirname "$0")/.."
postgres=store/storetest/postgres.sh
if [ -z "${PARLEY_TEST_POSTGRES:-}" ] && sh $postgres found; then
	exec sh $postgres run "$@"
fi
exec "$@"
