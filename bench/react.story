# From a carrier change to the notification at the sink, and to the file.
. "$LAB/../../bench/lib.sh"
ROUNDS=${ROUNDS:-3} CHANGES=${CHANGES:-100}
cable v0
bond bond0 mode active-backup miimon 0
enslave bond0 v0
plug v0
mkdir "$here/floor-track"
start_snmpd "trap2sink udp:127.0.0.1:$sink_port public"
react() # MEASURE WHO KIND WHERE
{
	# shellcheck disable=SC2046 # three words
	set -- "$1" "$2" $("$probe" react "$3" "$4" v0-far "$CHANGES" x)
	result "$1, p50" "$2" us "$4"
	result "$1, p99" "$2" us "$5"
}
# daemon LINE...: with no other notifications than of the effective carrier.
daemon()
{
	start_bondcarrierd "notifyThrottle 0" "discrepancyGrace 0" "$@"
	agent_says . bondAgentStatus=synchronised
	settled "$pid_bondcarrierd"
}
round=1
while [ $round -le "$ROUNDS" ]; do
	daemon "notify effective"
	react "carrier change to the sink" this trap $sink_port
	stop bondcarrierd
	start_floor floor_notifier "$floor/floor_notifier" "$agentx" v0
	react "carrier change to the sink" floor trap $sink_port
	stop floor_notifier
	# As many objects as ours has.
	start_floor floor_notifier "$floor/floor_notifier" "$agentx" v0 9
	react "carrier change to the sink" 9-objects trap $sink_port
	stop floor_notifier
	daemon "notify none" "trackDirectory $here/track"
	react "carrier change to the track file" this file "$here/track/bond0"
	stop bondcarrierd
	start_floor floor_renamer "$floor/floor_renamer" v0 \
		"$here/floor-track/bond0"
	react "carrier change to the track file" floor file \
		"$here/floor-track/bond0"
	stop floor_renamer
	daemon "notify effective" "trackDirectory $here/track"
	react "both configured: to the sink" this trap $sink_port
	react "both configured: to the track file" this file \
		"$here/track/bond0"
	stop bondcarrierd
	round=$((round + 1))
done
at_most "carrier change to the sink, p50" floor 1.1
at_most "carrier change to the track file, p50" floor 1.2
