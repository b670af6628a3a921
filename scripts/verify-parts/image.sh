# shellcheck shell=bash
# Sourced by scripts/verify: the image that containers run in the tests, built from packages so that
# no public image registry is needed.

image=safe-coder-test:latest
image_suite=bookworm
image_packages=git,python3-minimal,procps,perl
image_mark=safe-coder-test-content

# A change of what goes in is a change of this sum, and the image is built anew.
image_sum() {
    printf '%s %s %s 1' "$image_suite" "$image_packages" "$(uname -m)" | sha256sum | cut -c1-16
}

image_mark_in() { # image_mark_in ENGINE
    timeout 60 "$1" image inspect --format "{{index .Config.Labels \"$image_mark\"}}" "$image" 2>/dev/null
}

build_image_archive() { # build_image_archive FILE
    [ ! -s "$1" ] || return 0
    say "verify: building the test image from Debian packages"
    mkdir -p "$(dirname "$1")"
    if ! mmdebstrap --quiet --variant=minbase --include="$image_packages" \
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
        --dpkgopt='path-exclude=/usr/share/locale/*' \
        "$image_suite" "$1.new.tar" >"$logs/image.log" 2>&1 </dev/null; then
        tail -n 20 "$logs/image.log" >&2
        rm -f "$1.new.tar"
        say "verify: the test image could not be built: $logs/image.log"
        return 1
    fi
    mv "$1.new.tar" "$1"
}

provide_test_image() {
    local engine sum
    sum=$(image_sum)
    local archive=${XDG_CACHE_HOME:-$home/.cache}/safe-coder/test-image-$sum.tar
    for engine in docker podman; do
        if ! tests "$engine" || [ "$(image_mark_in "$engine")" = "$sum" ]; then continue; fi
        build_image_archive "$archive" || return 0 # the tests that need the image name it
        say "verify: loading the test image into $engine"
        timeout 300 "$engine" import --change "LABEL $image_mark=$sum" --change 'CMD ["/bin/sh"]' \
            "$archive" "$image" >"$logs/import-$engine.log" 2>&1 </dev/null \
            || say "verify: the test image could not be loaded: $logs/import-$engine.log"
    done
}
