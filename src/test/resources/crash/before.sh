# A small project. Run in an empty folder.
set -eu
umask 022
mkdir -p src mode bin folder-to-file/sub gone/deep0 gone/deep1 gone/deep2
echo stays >untouched.txt
printf '#!/bin/sh\necho hello\n' >bin/run
chmod +x bin/run
for i in 0 1 2 3 4 5 6 7 8 9; do
    { seq 1 20; echo "file $i"; } >"src/edited$i.c"
    echo "content $i" >"gone/deep$((i % 3))/file$i"
done
for i in 0 1 2 3 4; do echo "script $i" >"mode/file$i"; done
echo a >folder-to-file/a
echo b >folder-to-file/sub/b
echo file >file-to-folder
ln -s untouched.txt link-to-file
echo 1234 >same-size
head -c 200000 /dev/zero >big
