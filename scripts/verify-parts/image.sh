# shellcheck shell=bash
# Sourced by scripts/verify: the image that containers run in the tests, built from packages so that
# no public image registry is needed.

image=safe-coder-test:latest
image_suite=bookworm
image_packages=git,python3-minimal,procps,perl
image_mark=safe-coder-test-content
jdk_image=safe-coder-test-jdk:latest

# A change of what goes in is a change of this sum, and the image is built anew.
image_sum() {
    printf '%s %s %s 1' "$image_suite" "$image_packages" "$(uname -m)" | sha256sum | cut -c1-16
}

image_mark_in() { # image_mark_in ENGINE [IMAGE]
    timeout 60 "$1" image inspect --format "{{index .Config.Labels \"$image_mark\"}}" "${2-$image}" 2>/dev/null
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

# The test image with a compiler for Java, for docker: what the JDK at hand can link of itself.
provide_jdk_image() {
    local sum
    sum=$(image_sum)-$(sha256sum <"$java_home/release" | cut -c1-16)
    if ! tests docker || [ "$(image_mark_in docker "$jdk_image")" = "$sum" ]; then return 0; fi
    say "verify: adding a JDK to the test image"
    commit_jdk_image "$sum" >"$logs/jdk-image.log" 2>&1 </dev/null \
        || say "verify: the image with a JDK could not be built: $logs/jdk-image.log"
}

commit_jdk_image() { # commit_jdk_image SUM
    local jdk=$root/target/verify/jdk container ended=0
    rm -rf "$jdk"
    "$java_home/bin/jlink" --add-modules jdk.compiler --generate-cds-archive --strip-debug \
        --no-man-pages --no-header-files --output "$jdk" || return
    container=$(timeout 60 docker create "$image") || return
    timeout 120 docker cp "$jdk" "$container:/opt/jdk" \
        && timeout 120 docker commit --change "LABEL $image_mark=$1" "$container" "$jdk_image" || ended=$?
    timeout 60 docker rm "$container"
    rm -rf "$jdk"
    return "$ended"
}
