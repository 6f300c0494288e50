#!/bin/sh
# A throw-away PostgreSQL for tests, as root or as anybody:
#
#	postgres.sh start DIR      makes a cluster in the new folder DIR and prints its URL
#	postgres.sh stop DIR       stops it and removes DIR
#	postgres.sh run COMMAND... runs a command with the URL in PARLEY_TEST_POSTGRES
#	postgres.sh found          succeeds where PostgreSQL is installed
#
# It listens on a socket inside DIR alone, so that any number can run at once,
# and it may forget everything when the power goes.
set -eu

fail() { echo "postgres.sh: $*" >&2; exit 1; }

find_bin() {
	for b in "${PARLEY_POSTGRES_BIN:-}" $(ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin 2>/dev/null | sort -rV) \
		"$(dirname "$(command -v initdb 2>/dev/null || echo /)")"; do
		[ -x "$b/initdb" ] && [ -x "$b/pg_ctl" ] && echo "$b" && return
	done
	return 1
}

bin() { find_bin || fail "PostgreSQL is not installed: on Debian, apt-get install postgresql"; }

# PostgreSQL refuses to run as root.
unprivileged() {
	if [ "$(id -u)" != 0 ]; then "$@"; else (cd / && exec runuser -u "$owner" -- "$@"); fi
}

owner=$(id -un)
if [ "$(id -u)" = 0 ]; then
	owner=nobody
	id postgres >/dev/null 2>&1 && owner=postgres
fi

start() {
	dir=$1 bin=$(bin)
	[ ${#dir} -le 80 ] || fail "the path of $dir is too long for a socket"
	mkdir -p "$dir" && dir=$(cd "$dir" && pwd) && chmod 700 "$dir" && chown "$owner" "$dir"
	unprivileged "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir.log" 2>&1 ||
		{ cat "$dir.log" >&2; rm -rf "$dir" "$dir.log"; fail "initdb failed"; }
	rm -f "$dir.log"
	unprivileged "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 60 -s start -o \
		"-c listen_addresses='' -c unix_socket_directories='$dir' -c max_connections=300 -c shared_buffers=64MB \
		-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off" >/dev/null ||
		{ cat "$dir/log" >&2; rm -rf "$dir"; fail "the server did not start"; }
	echo "postgres://postgres@/postgres?host=$dir"
}

stop() {
	dir=$1
	[ -d "$dir/data" ] || fail "$dir holds no cluster"
	unprivileged "$(bin)/pg_ctl" -D "$dir/data" -m immediate -w -s stop || true
	rm -rf "$dir"
}

case "${1:-} $#" in
"start 2") start "$2" ;;
"stop 2") stop "$2" ;;
"found 1") find_bin >/dev/null ;;
"run "*)
	shift
	[ $# -gt 0 ] || fail "run what?"
	parent=$(mktemp -d)
	chmod 711 "$parent"
	trap '[ -d "$parent/pg/data" ] && stop "$parent/pg"; rm -rf "$parent"' EXIT
	trap 'exit 130' INT TERM
	PARLEY_TEST_POSTGRES=$(start "$parent/pg")
	export PARLEY_TEST_POSTGRES
	"$@"
	;;
*) fail "start DIR, stop DIR, run COMMAND... or found" ;;
esac
