# SPDX-License-Identifier: BSD-2-Clause
# Lists the objects of BOND-CARRIER-MIB in the form of list_columns.c.

BEGIN {
	kind["BITS"] = kind["SnmpAdminString"] = kind["DisplayString"] = "octets"
	kind["MacAddress"] = kind["DateAndTime"] = "octets"
	kind["Counter32"] = "counter"
	kind["Gauge32"] = kind["Unsigned32"] = "unsigned"
	kind["TimeStamp"] = "ticks"
	kind["INTEGER"] = kind["Integer32"] = kind["TruthValue"] = "integer"
	kind["InterfaceIndex"] = kind["InterfaceIndexOrZero"] = "integer"
	range["TruthValue"] = "1..2"
	# Whose words the program has; the others are between the two of us.
	split("BondCarrier bondEffectiveReason bondLinkMonitor bondWarnings " \
	      "bondEventKind BondDiscrepancyKindTC BondDiscrepancyBits " \
	      "bondEventType bondAgentStatus bondEventNotified", names)
	for (i in names)
		listed[names[i]] = 1
}

/"/ { # texts say nothing here; a line may begin and end one
	if (gsub(/"/, "\"") % 2)
		in_text = !in_text
	next
}
in_text || /^ *--/ { next }

/ ::= TEXTUAL-CONVENTION$/ { object = ""; name = $1 }
/^bond[A-Za-z0-9]* OBJECT-TYPE$/ { object = name = $1 }
/^bond[A-Za-z0-9]* [A-Z-]*$/ && $2 != "OBJECT-TYPE" { object = name = "" }
/^bond[A-Za-z0-9]* *OBJECT IDENTIFIER ::= / {
	number[$1] = $(NF - 1)
	next
}

$1 == "SYNTAX" && name != "" {
	if (object == "")
		kind[name] = kind[$2]
	syntax[name] = $2
	if (match($0, /\([0-9]+\.\.[0-9]+\)/))
		range[name] = substr($0, RSTART + 1, RLENGTH - 2)
}
$1 == "MAX-ACCESS" { access[name] = $2 }
$1 == "INDEX" { indexes[name] = gsub(/bond[A-Za-z]*/, "&"); wrapped = name }
/^ +bond[A-Za-z]* }$/ && wrapped != "" {
	indexes[wrapped]++
	wrapped = ""
}
$1 == "MAX-ACCESS" || $1 == "::=" { wrapped = "" }

name in listed && !($1 == "::=") {
	line = $0
	while (match(line, /[a-zA-Z]+\([0-9]+\)/)) {
		label = substr(line, RSTART, RLENGTH)
		line = substr(line, RSTART + RLENGTH)
		split(label, part, /[()]/)
		print "enum", name, part[2], part[1]
	}
}

$1 == "::=" && object != "" {
	number[object] = $4
	parent[object] = $3
	if (access[object] == "not-accessible" && (syntax[object] == "SEQUENCE" ||
	    object ~ /Entry$/))
		next
	table = $3
	if (table ~ /Entry$/)
		table = parent[table]
	type = access[object] == "not-accessible" ? "-" : kind[syntax[object]]
	line = "object " table " " number[table] " " $4 " " object " " type \
	       " " access[object]
	if (access[object] == "read-write")
		line = line " " (object in range ? range[object] : \
				 range[syntax[object]])
	print line
}

END {
	for (entry in indexes)
		print "index", parent[entry], indexes[entry]
}
