# SPDX-License-Identifier: BSD-2-Clause
# SNMP for people: names with values, and the numbers beside.

mibs=$BUILDDIR/mibs

# True where BOND-CARRIER-MIB and the modules it imports can be loaded.
have_names()
{
	[ -r "$mibs/BOND-CARRIER-MIB" ] && [ -s "$mibs/imported/IF-MIB" ]
}

# view AT OID: a bulk walk; "NAME.INDEX  VALUE  NUMBER", the number below the
# root. Without the modules the names come from our own table (objects).
view()
{
	snmpbulkwalk -v2c -c public -On "$1" "$2" >"$here/view.numbers" 2>&1
	if have_names; then
		snmpbulkwalk -v2c -c public -Os -M "$mibs:$mibs/imported" \
			-m BOND-CARRIER-MIB "$1" "$2" 2>/dev/null
	else
		snmpbulkwalk -v2c -c public -On -Ox -Ot "$1" "$2" | decode |
			sed 's/=/ = /'
	fi >"$here/view.names"
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
