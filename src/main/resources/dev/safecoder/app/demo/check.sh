#!/bin/sh
# Checks celsius.sh against known values; ends with 1 when one is wrong.
failed=0
check() {
    got=$(sh celsius.sh "$1")
    if [ "$got" = "$2" ]; then
        echo "ok    $1 F is $2 C"
    else
        echo "WRONG $1 F is $2 C, not $got"
        failed=1
    fi
}
check 32 0
check 212 100
check 50 10
check -40 -40
exit $failed
