# What the user writes after the crash, before the program is started again.
set -eu
umask 022
echo 'after the crash' >>untouched.txt
echo mine >src/later.txt
