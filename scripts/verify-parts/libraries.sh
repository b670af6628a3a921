# shellcheck shell=bash
# Sourced by scripts/verify: holds docs/DEPENDENCIES.md to what the build put beside the jar.

check_libraries() {
    [ -d target/lib ] || { echo 'target/lib is not there: the program was not built'; return 1; }
    if ! diff <(sed -n 's/^| `\([^`]*\.jar\)`.*/\1/p' docs/DEPENDENCIES.md | LC_ALL=C sort) \
        <(find target/lib -name '*.jar' -printf '%f\n' | LC_ALL=C sort); then
        echo 'docs/DEPENDENCIES.md (<) and target/lib (>) differ'
        return 1
    fi
    echo '1 check passed'
}
