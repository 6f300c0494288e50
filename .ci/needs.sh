#!/bin/sh
# Installs what the tests use beside Go, as far as it may: with apt-get when
# root, and the checkers of pages and of the programming interface from npm and
# PyPI. It never fails. What is missing at the end is named, and the tests that
# need it skip and say so.
cd "$(dirname "$0")/.." || exit

has() { command -v "$1" >/dev/null 2>&1; }

missing() {
	{ has initdb || ls /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb; } >/dev/null 2>&1 || echo postgresql
	has chromium || has chromium-browser || has google-chrome || echo chromium
	{ has fc-list && [ -n "$(fc-list :lang=ru)" ]; } || echo fontconfig fonts-dejavu-core
	has java || echo default-jre-headless
	has npm || echo npm
	{ has python3 && python3 -c 'import ensurepip'; } 2>/dev/null || echo python3-venv
	has oathtool || echo oathtool
	has pdftotext || echo poppler-utils
	has xmllint || echo libxml2-utils
	has qemu-aarch64-static || echo qemu-user-static
}

packages=$(missing)
if [ -n "$packages" ] && [ "$(id -u)" = 0 ] && has apt-get; then
	echo "installing" $packages
	export DEBIAN_FRONTEND=noninteractive
	# One by one where all at once fails: one that cannot be had keeps none of the others away.
	apt-get update -qq
	apt-get install -y -qq --no-install-recommends $packages >/dev/null ||
		for p in $packages; do apt-get install -y -qq --no-install-recommends "$p" >/dev/null; done
	packages=$(missing)
fi
[ -z "$packages" ] || echo "not here, so some tests will skip; on Debian: apt-get install" $packages

# Each from its lock file, and only when that has changed.
from_npm() {
	cd "$1" || return
	has npm && ! cmp -s package-lock.json node_modules/.from || return
	echo "installing $2 from npm"
	if npm ci --loglevel=error; then cp package-lock.json node_modules/.from; else echo "npm ci failed: $2 will be missed, and tests skip"; fi
}

from_pypi() {
	cd "$1" || return
	has python3 && ! cmp -s requirements.txt venv/.from || return
	echo "installing $2 from PyPI"
	if python3 -m venv --clear venv && venv/bin/pip install -q --disable-pip-version-check --no-deps -r requirements.txt
	then cp requirements.txt venv/.from; else echo "pip failed: $2 will be missed, and tests skip"; fi
}

(from_npm web/browsertest "the checkers of pages")
(from_npm api/apitest "the checker of the OpenAPI document")
(from_pypi api/apitest "the testers of the programming interface")
exit 0
