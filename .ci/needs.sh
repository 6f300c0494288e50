#!/bin/sh
# Installs what the tests use beside Go, as far as it may: with apt-get when
# root, and the two checkers from npm. It never fails. What is missing at the
# end is named, and the tests that need it skip and say so.
cd "$(dirname "$0")/.." || exit

has() { command -v "$1" >/dev/null 2>&1; }

missing() {
	{ has initdb || ls /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb; } >/dev/null 2>&1 || echo postgresql
	has chromium || has chromium-browser || has google-chrome || echo chromium
	{ has fc-list && [ -n "$(fc-list :lang=ru)" ]; } || echo fontconfig fonts-dejavu-core
	has java || echo default-jre-headless
	has npm || echo npm
	has pdftotext || echo poppler-utils
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

cd web/browsertest || exit
if has npm && ! cmp -s package-lock.json node_modules/.from; then
	echo "installing the checkers of pages from npm"
	if npm ci --loglevel=error; then cp package-lock.json node_modules/.from; else echo "npm ci failed: the checks of pages will skip"; fi
fi
exit 0
