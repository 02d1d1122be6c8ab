# SPDX-License-Identifier: BSD-2-Clause
# Adds names to net-snmp's numeric output (-On -Ox -Ot): each line, or each part
# of a line between bars, becomes NAME.INDEX=VALUE; a trap's parts stay on one
# line, separated by bars. Variables: root; objects, the file of names; mib, the
# MIB's text, for the kinds of discrepancy.
BEGIN {
	FS = "|"
	while ((getline line < objects) > 0) {
		if (split(line, word, " ") != 3 || line ~ /^#/)
			continue
		syntax_of[word[1]] = word[2]
		name_of[word[1]] = word[3]
	}
	label("truth", "1 true false")
	label("carrier", "1 up down unknown")
	label("admin", "1 up down")
	label("oper", "1 up down testing unknown dormant notPresent lowerLayerDown")
	label("mode", "1 balanceRr activeBackup balanceXor broadcast ieee8023ad balanceTlb balanceAlb")
	label("reason", "1 linkUp adminDown noSlaves noSlaveUp minLinksNotMet noAggregator notSynchronised notDistributing portsDisabled")
	label("monitor", "1 none mii arp")
	label("rate", "1 slow fast")
	label("agent", "1 synchronised resynchronising lost")
	label("mii", "1 up goingDown down goingBack")
	label("state", "1 active backup")
	label("type", "1 effectiveUp effectiveDown discrepancyRaised discrepancyCleared activeSlaveChanged bondAdded bondRemoved slaveAdded slaveRemoved slaveLowerUp slaveLowerDown")
	label("fate", "1 notApplicable queued acknowledged dropped suppressed")
	kinds = kinds_of_mib()
	label("kind", "0 none " kinds)
	label("kinds", "0 " kinds)
	label("warnings", "0 unmonitored linkUnverified minLinksIgnored arpDown degraded slowMonitor")
	label("lacp", "0 activity timeout aggregation synchronization collecting distributing defaulted expired")
}

{
	out = ""
	for (part = 1; part <= NF; part++)
		out = out (part > 1 ? "|" : "") decoded($part)
	print out
}

function kinds_of_mib(    line, inside, list)
{
	while ((getline line < mib) > 0) {
		if (line ~ /^[A-Za-z]+ ::= TEXTUAL-CONVENTION/)
			inside = line ~ /^BondDiscrepancyKindTC /
		if (inside && match(line, /[A-Za-z]+\([0-9]+\),?$/))
			list = list " " substr(line, RSTART, index(line, "(") - RSTART)
	}
	return substr(list, 2)
}

# The labels of a syntax; the first in the list has the lowest number.
function label(syntax, list,    i, n, word)
{
	n = split(list, word, " ")
	for (i = 2; i <= n; i++)
		labels[syntax, word[1] + i - 2] = word[i]
}

function decoded(text,    at, oid, value)
{
	at = index(text, " = ")
	if (!at)
		return text
	oid = substr(text, 1, at - 1)
	value = substr(text, at + 3)
	gsub(/^[ \t]+|[ \t]+$/, "", oid)
	if (oid == ".1.3.6.1.6.3.1.1.4.1.0") {
		sub(/^OID: /, "", value)
		return "trap=" name_and_index(value)
	}
	if (oid == ".1.3.6.1.2.1.1.3.0")
		return "sysUpTime=" value
	name = name_and_index(oid)
	return name "=" readable(found_syntax, value)
}

# Also sets found_syntax. Uses the longest prefix that has a name.
function name_and_index(oid,    below, prefix, rest, dot)
{
	found_syntax = ""
	if (index(oid, "." root ".") != 1)
		return oid
	prefix = substr(oid, length(root) + 3)
	rest = ""
	while (!(prefix in name_of)) {
		if (!match(prefix, /\.[0-9]+$/))
			return oid
		rest = substr(prefix, RSTART) rest
		prefix = substr(prefix, 1, RSTART - 1)
	}
	found_syntax = syntax_of[prefix]
	return name_of[prefix] rest
}

function readable(syntax, value,    type)
{
	if (value ~ /^No Such Instance/)
		return "absent"
	if (value ~ /^No (Such Object|more)/)
		return "no such object"
	if (value == "\"\"")
		return ""
	type = value
	sub(/: .*$/, "", type)
	sub(/^[A-Za-z0-9-]+: /, "", value)
	if (type == "Hex-STRING" && syntax != "")
		return octets(syntax, value)
	if ((syntax, value) in labels)
		return labels[syntax, value]
	return value
}

function octets(syntax, hex,    n, i, byte, bit, number, out, comma)
{
	n = split(hex, byte, " ")
	out = ""
	comma = ""
	for (i = 1; i <= n; i++) {
		number = 16 * digit(substr(byte[i], 1, 1)) + digit(substr(byte[i], 2, 1))
		if (syntax == "text") {
			out = out sprintf("%c", number)
			continue
		}
		if (syntax == "mac") {
			out = out comma tolower(byte[i])
			comma = ":"
			continue
		}
		for (bit = 0; bit < 8; bit++) {
			if (number >= 128) {
				out = out comma bit_label(syntax, 8 * (i - 1) + bit)
				comma = ","
			}
			number = (number % 128) * 2
		}
	}
	return out
}

function bit_label(syntax, bit)
{
	return (syntax, bit) in labels ? labels[syntax, bit] : "bit" bit
}

function digit(c)
{
	return index("0123456789ABCDEF", toupper(c)) - 1
}
