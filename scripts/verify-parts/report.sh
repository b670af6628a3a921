# shellcheck shell=bash
# Sourced by scripts/verify: what was tested, on which backend, and how it went.

# tallied TAG COLUMN: a figure of target/tally/tests-*.tsv (tag, passed, failed, skipped), a file for each JVM.
tallied() {
    find "$tally" -name 'tests-*.tsv' -exec cat {} + 2>/dev/null \
        | awk -F '\t' -v tag="$1" -v column="$2" '$1 == tag { n += $column } END { print n + 0 }'
}

# How many tests of a step passed or failed: by the tally, or by what the step said at its end: "12
# checks passed", or "Ran 96 tests" and "FAILED (failures=1, errors=2)" as Python's unittest does.
counted() { # counted STEP passed|failed
    if [ "$1" = program ]; then
        case $2 in passed) tallied all 2 ;; failed) tallied all 3 ;; esac
        return
    fi
    awk -v asked="$2" '
        /^Ran [0-9]+ tests? in/ { ran += $2 }
        /^FAILED \(/ { while (match($0, /(failures|errors)=[0-9]+/)) {
            split(substr($0, RSTART, RLENGTH), part, "="); failed += part[2]
            $0 = substr($0, RSTART + RLENGTH) } }
        /[0-9]+ (checks?|tests?) passed/ { match($0, /[0-9]+ (checks?|tests?) passed/)
            ran += substr($0, RSTART, RLENGTH) }
        END { print asked == "failed" ? failed + 0 : ran - failed }' "$logs/$1.log"
}

report_backend() { # report_backend NAME: one line of the table; fails where CI must
    local passed failed skipped
    passed=$(tallied "$1" 2) failed=$(tallied "$1" 3) skipped=$(tallied "$1" 4)
    if ! tests "$1"; then
        printf '  %-12s NOT TESTED (excluded on the command line)\n' "$1"
        [ "${CI-}" != true ]
    elif [ $((passed + failed)) = 0 ]; then
        printf '  %-12s NOT TESTED (no test of it ran)\n' "$1"
        return 1
    else
        printf '  %-12s tested: %s passed, %s failed, %s skipped\n' "$1" "$passed" "$failed" "$skipped"
    fi
}

# Prints the table, and sets passed and failed; a step without a count of its own is one check.
report_steps() {
    local i name of_step
    printf '\nSteps\n'
    for i in "${!step_names[@]}"; do
        name=${step_names[i]}
        printf '  %-16s %s\n' "$name" "${step_results[i]}"
        of_step=$(counted "$name" passed)
        case ${step_results[i]} in
            passed*) [ "$of_step" -gt 0 ] || of_step=1 ;;
        esac
        passed=$((passed + of_step))
        of_step=$(counted "$name" failed)
        case ${step_results[i]} in
            FAILED*) [ "$of_step" -gt 0 ] || of_step=1 ;;
        esac
        failed=$((failed + of_step))
    done
}

report() {
    local name skipped passed=0 failed=0
    report_steps
    printf '\nBackends\n'
    for name in "${all_backends[@]}"; do
        # The failed tests are counted; a backend that must be tested and was not is one more.
        report_backend "$name" || failed=$((failed + 1))
    done
    skipped=$(tallied all 4)
    if [ "$skipped" != 0 ]; then
        printf '\n%s skipped: a test that cannot run fails, or is excluded by its tag\n' "$skipped"
        failed=$((failed + skipped))
    fi
    printf '\n%s passed, %s failed\n' "$passed" "$failed"
    [ "$failed" = 0 ]
    exit
}
