# What every session has.

# until_true COMMAND...: looks again and again, for half a minute at most.
until_true() {
    local tries
    for ((tries = 0; tries < 600; tries++)); do
        "$@" && return
        sleep 0.05
    done
    echo "never true: $*"
    return 1
}

# the_link COMMAND...: runs it; its link is in $link, its receipt in $receipt, and it prints what is on standard error.
the_link() {
    link=$("$@" 2>errors.txt)
    local code=$?
    receipt=$(sed -n 's/.*receipt, to see or burn it: //p' errors.txt)
    grep -v -e 'it can be taken once' -e 'your receipt' errors.txt
    return $code
}

# on_terminal COMMAND [SEEN TYPED]...: runs it on a terminal of its own, as terminal.exp says, and prints its screen.
on_terminal() {
    expect -f "$ROOT/tests/OneTimeShare.Cli.Tests/Sessions/terminal.exp" "$@" 2>&1 | tr -d '\r' | grep -v '^spawn'
    return "${PIPESTATUS[0]}"
}

# Here, since not everything can delete files whose names are no text.
home=$HOME
trap 'cd /; rm -rf -- "$home"' EXIT

export SERVER=$OTS_SERVER
exec </dev/null
