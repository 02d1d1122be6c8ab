#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What `make install` installs: every document, also in the packages, and units
# with configure's paths.
set -u

srcdir=$(cd "${srcdir:-.}" && pwd)
if [ -e "$srcdir/config.status" ]; then
	echo "SKIP: configure can't be run elsewhere, for it was in the source"
	exit 77
fi
work=$(mktemp -d)
failed=0
trap 'rm -rf "$work"' EXIT
unset MAKEFLAGS MFLAGS MAKELEVEL

fail()
{
	echo "FAIL: $*"
	failed=1
}

# Another prefix than the build's, with the build's other options.
mkdir "$work/other"
config=$(./config.status --config)
(cd "$work/other" && eval "\"$srcdir/configure\" -q $config" \
	--prefix=/opt/x --sysconfdir=/opt/x/config --localstatedir=/opt/x/var \
	--docdir=/opt/x/documents &&
	make -s contrib/systemd/bondcarrierd.service \
		contrib/systemd/bondcarrierd@.service) >"$work/log" 2>&1 ||
	fail "configure: $(tail -n 5 "$work/log")"
for unit in "$work/other"/contrib/systemd/*.service; do
	[ "$(grep -c '^Exec[A-Za-z]*=/opt/x/sbin/bondcarrierd ' "$unit")" = 2 ] ||
		fail "$(grep '^Exec' "$unit")"
	grep '^Exec.* -C' "$unit" |
		grep -v ' -C /opt/x/config/snmp/bondcarrierd-%i.conf ' &&
		fail "another configuration"
	grep -n '@[a-z]*@\|/usr/' "$unit" && fail "a path that is not configure's"
done
(cd "$work/other" && make -n V=1 agent/libbcagent_a-options.o) |
	grep -q -- "/opt/x/config/snmp" ||
	fail "the daemon reads another configuration"

# The documents.
if ! make -s install-data DESTDIR="$work/root" docdir=/documents \
	>"$work/log" 2>&1; then
	fail "make install: $(tail -n 5 "$work/log")"
fi
for file in "$srcdir"/README "$srcdir"/NEWS "$srcdir"/doc/*.md \
	"$srcdir"/doc/pictures/*.png; do
	name=${file#"$srcdir/"}
	name=${name#doc/}
	cmp -s "$file" "$work/root/documents/$name" || fail "$name: not installed"
	case $name in
	pictures/*) name=pictures ;;
	esac
	[ "$name" = NEWS ] || # dh_installchangelogs finds it
		[ ! -d "$srcdir/debian" ] || # not in the tarball
		grep -qx "\(doc/\)\?$name" "$srcdir"/debian/*.docs ||
		fail "$name: in no Debian package"
	sed -n 's/^%doc//p' "$srcdir/contrib/rpm/bondcarrier.spec" |
		tr ' ' '\n' | grep -qx "\(doc/\)\?$name" ||
		fail "$name: in no RPM package"
done
exit $failed
