#!/bin/sh
# Prints degrees Fahrenheit as whole degrees Celsius.
set -eu
echo $((($1 - 32) * 9 / 5))
