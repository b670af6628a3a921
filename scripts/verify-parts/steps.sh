# shellcheck shell=bash
# Sourced by scripts/verify: runs one step after the other and keeps what became of each.

step_names=()
step_results=()
step_pid=''

# step NAME COMMAND...: a step that does not succeed does not keep the next from running.
step() {
    local name=$1 begin=$SECONDS code
    shift
    printf '\n' >&2
    say "verify: $name: $*"
    # A process group of its own, so that an interrupt here can end all of it.
    set -m
    ("$@" 2>&1 | tee "$logs/$name.log"; exit "${PIPESTATUS[0]}") </dev/null &
    step_pid=$!
    set +m
    wait "$step_pid"
    code=$?
    step_pid=''
    step_names+=("$name")
    if [ "$code" = 0 ]; then
        step_results+=("passed in $((SECONDS - begin)) s")
    else
        step_results+=("FAILED with $code after $((SECONDS - begin)) s: target/verify/$name.log")
    fi
}

# leave_out NAME WHY: a step that cannot run here; the report says so, and CI takes it for a failure.
leave_out() {
    step_names+=("$1")
    if [ "${CI-}" = true ]; then
        step_results+=("FAILED, not run: $2")
    else
        step_results+=("NOT RUN: $2")
    fi
    : >"$logs/$1.log"
}

# Whether this system builds the guest byte for byte as it is committed.
same_compilers() {
    (. /etc/os-release && [ "$ID-$VERSION_ID-$(uname -m)" = debian-12-x86_64 ])
}

# Ends the step that runs, and every process of its group.
stop_step() {
    [ -n "$step_pid" ] || return 0
    kill -TERM -- "-$step_pid" 2>/dev/null
    local tries=0
    while kill -0 -- "-$step_pid" 2>/dev/null; do
        tries=$((tries + 1))
        [ "$tries" -le 40 ] || { kill -KILL -- "-$step_pid" 2>/dev/null; break; }
        sleep 0.25
    done
}
