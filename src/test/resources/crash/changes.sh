# Fifty changes of every kind, made by the session in its sandbox and, for comparison, by sh alone.
set -eu
umask 022
for i in 0 1 2 3 4 5 6 7 8 9; do
    sed -i 's/^10$/changed/' "src/edited$i.c"
    mkdir -p "new/deep$((i % 4))"
    echo "new $i" >"new/deep$((i % 4))/file$i"
done
rm -r gone folder-to-file file-to-folder link-to-file
echo 'now a file' >folder-to-file
mkdir file-to-folder
echo 'now in a folder' >file-to-folder/inner
echo 'now a file' >link-to-file
ln -s untouched.txt new-link
for i in 0 1 2 3 4; do chmod +x "mode/file$i"; done
: >added0
for i in 1 2 3 4 5; do echo "added $i" >"added$i"; done
echo 4321 >same-size
mv bin/run bin/renamed
head -c 150000 /dev/zero | tr '\000' y >big
