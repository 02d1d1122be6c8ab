# SPDX-License-Identifier: BSD-2-Clause
# SNMP for people: names, values and numbers.

# view AT OID: a bulk walk; "NAME.INDEX  VALUE  NUMBER", the number below the
# root. The names come from BOND-CARRIER-MIB; its imports come from $LAB/mibs,
# since Debian has no package with the IETF's modules.
view()
{
	snmpbulkwalk -v2c -c public -On "$1" "$2" >"$here/view.numbers" 2>&1
	snmpbulkwalk -v2c -c public -Os -M "$BUILDDIR/mibs:$LAB/mibs" \
		-m BOND-CARRIER-MIB "$1" "$2" >"$here/view.names" \
		2>/dev/null
	paste -d '|' "$here/view.names" "$here/view.numbers" |
		awk -F '|' -v root=".$MIB_ROOT" '{
			name = $1
			sub(/ = .*/, "", name)
			value = $1
			sub(/^[^=]* = /, "", value)
			sub(/^[A-Za-z0-9-]+: /, "", value)
			number = $2
			sub(/ = .*/, "", number)
			if (index(number, root ".") == 1)
				number = substr(number, length(root) + 1)
			printf "%-26s %-35s %s\n", name, value, number
		}'
}
