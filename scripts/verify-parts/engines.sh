# shellcheck shell=bash
# Sourced by scripts/verify: starts the engines that do not run, and stops those that it started.

dockerd_pid=''
podman_pid=''
hugetlb_folder=''
if [ "$(id -u)" = 0 ]; then
    podman_socket=/run/podman/podman.sock
else
    podman_socket=${XDG_RUNTIME_DIR:-/run/user/$(id -u)}/podman/podman.sock
fi

docker_answers() {
    timeout 20 docker version >/dev/null 2>&1
}

podman_answers() {
    [ -S "$podman_socket" ] \
        && timeout 20 podman --remote --url "unix://$podman_socket" version >/dev/null 2>&1
}

# wait_for CHECK PID: until CHECK holds; fails after a minute, or when the process ends before.
wait_for() {
    local tries=0
    until "$1"; do
        tries=$((tries + 1))
        [ "$tries" -le 240 ] && as_root kill -0 "$2" 2>/dev/null || return 1
        sleep 0.25
    done
}

# in_background LOG COMMAND...: in a session of its own, so that Ctrl-C leaves it to us, and among the
# logs, since podman's conmon notes an end for want of memory in its current folder; sets $started.
in_background() {
    local log=$1
    shift
    (cd "$logs" && exec setsid "$@") >"$log" 2>&1 </dev/null &
    started=$!
}

start_docker() {
    docker_answers && return
    say "verify: starting dockerd, because no docker engine answers"
    if [ "$(id -u)" = 0 ]; then
        in_background "$logs/dockerd.log" dockerd
    else
        in_background "$logs/dockerd.log" sudo dockerd --group "$(id -gn)"
    fi
    dockerd_pid=$started
    wait_for docker_answers "$dockerd_pid" || say "verify: dockerd does not answer: $logs/dockerd.log"
}

# On a machine with cgroups v1, crun wants a hierarchy for every controller, limits asked for or not.
complete_control_groups() {
    local folder=/sys/fs/cgroup/hugetlb
    [ "$(id -u)" = 0 ] && [ -d /sys/fs/cgroup/memory ] && ! mountpoint -q "$folder" \
        && grep -q '^hugetlb[[:space:]]0[[:space:]]' /proc/cgroups || return 0
    say "verify: mounting the control groups for huge pages, because podman's crun does not start without"
    mkdir -p "$folder" && mount -t cgroup -o hugetlb cgroup "$folder" && hugetlb_folder=$folder
}

start_podman() {
    complete_control_groups
    podman_answers && return
    say "verify: starting podman's API service, because $podman_socket does not answer"
    mkdir -p "$(dirname "$podman_socket")"
    in_background "$logs/podman.log" podman system service --time 0 "unix://$podman_socket"
    podman_pid=$started
    wait_for podman_answers "$podman_pid" || say "verify: podman does not answer: $logs/podman.log"
}

# stop_process PID NAME: asks it to end, and insists after 20 seconds.
stop_process() {
    [ -n "$1" ] && as_root kill -0 "$1" 2>/dev/null || return 0
    say "verify: stopping $2"
    as_root kill -TERM "$1" 2>/dev/null
    local tries=0
    while as_root kill -0 "$1" 2>/dev/null; do
        tries=$((tries + 1))
        [ "$tries" -le 80 ] || { as_root kill -KILL "$1" 2>/dev/null; break; }
        sleep 0.25
    done
    wait "$1" 2>/dev/null
}

stop_everything() {
    local code=$?
    trap - EXIT
    trap '' INT TERM HUP
    stop_step
    if [ -n "$podman_pid" ]; then
        stop_process "$podman_pid" "podman's API service"
        rm -f "$podman_socket"
    fi
    stop_process "$dockerd_pid" dockerd
    if [ -n "$hugetlb_folder" ]; then
        umount "$hugetlb_folder" && rmdir "$hugetlb_folder"
    fi
    exit "$code"
}
