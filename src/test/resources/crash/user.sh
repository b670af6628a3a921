# What the user writes while the agent works: beside its changes, and into a file that it changed.
set -eu
umask 022
sed -i 's/^3$/3, says the user/' src/edited0.c
echo 'one more line' >>untouched.txt
echo mine >mine.txt
