# shellcheck shell=bash
# Sourced by scripts/verify: installs what the tests need.

# What is looked for | the package on Debian and Ubuntu | on Fedora | what it is for
needs() {
    cat <<'LIST'
dockerd|docker.io|moby-engine|the docker backend's engine
docker|docker.io docker-cli|moby-engine docker-cli|loads the test image into docker
podman|podman|podman|the podman backend's engine
bwrap|bubblewrap|bubblewrap|the bubblewrap backend's wall
mmdebstrap|mmdebstrap|mmdebstrap|builds the image that the containers of the tests run
/usr/share/keyrings/debian-archive-keyring.gpg|debian-archive-keyring|debian-keyring|checks that image's packages
docker-registry|docker-registry|docker-distribution|the registry that images are pulled from in tests
make|make|make|builds the guest
cc|gcc libc6-dev|gcc glibc-devel|builds the guest's own tests
musl-gcc|musl-tools|musl-gcc|builds the guest, static
aarch64-linux-gnu-gcc|gcc-aarch64-linux-gnu|gcc-aarch64-linux-gnu|builds the guest for aarch64
/usr/aarch64-linux-gnu/include/linux/audit.h|linux-libc-dev-arm64-cross||builds the guest for aarch64: the kernel's headers
/usr/lib/aarch64-linux-musl/musl-gcc.specs|musl-dev:arm64||builds the guest for aarch64, static
qemu-aarch64-static|qemu-user-static|qemu-user-static-aarch64|runs the guest's tests for aarch64
clang|clang|clang compiler-rt|builds the guest's fuzz target
shellcheck|shellcheck|ShellCheck|checks our scripts
strace|strace|strace|kills the program at single system calls and lets the disk refuse them
git|git|git|the judge over our histories and diffs
python3|python3|python3|writes what a shell cannot
LIST
}

# Prints "package ..." for the present system, for one line of needs.
packages_of() {
    local apt=$1 dnf=$2 package
    case $(package_manager) in
        apt-get)
            for package in $apt; do
                if apt-cache show "$package" >/dev/null 2>&1; then printf '%s ' "$package"; fi
            done ;;
        dnf) printf '%s' "$dnf" ;;
    esac
}

is_there() {
    case $1 in
        /*) [ -e "$1" ] ;;
        *) command -v "$1" >/dev/null 2>&1 ;;
    esac
}

# Which backend a missing thing is for: it is not needed when that one is not tested.
needed() {
    case $1 in
        docker | dockerd) tests docker ;;
        podman) tests podman ;;
        bwrap) tests bubblewrap ;;
    esac
}

install_packages() {
    local what apt dnf why missing=()
    while IFS='|' read -r what apt dnf why; do
        if needed "$what" && ! is_there "$what"; then missing+=("$what|$apt|$dnf|$why"); fi
    done < <(needs)
    if clang_lacks_runtime; then
        missing+=("libclang_rt|$(clang_runtime)|compiler-rt|runs the guest's fuzz target")
    fi
    [ ${#missing[@]} -gt 0 ] || return 0
    say "verify: installing what the tests need:"
    for what in "${missing[@]}"; do
        IFS='|' read -r what apt dnf why <<<"$what"
        say "  $what: $why"
    done
    case $(package_manager) in
        apt-get | dnf) ;;
        *) die 2 "no apt-get or dnf here to install them with" "install them by hand, then run this again" ;;
    esac
    if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
        die 2 "not root, and no sudo here to install them with" "install them as root, then run this again"
    fi
    install_missing "${missing[@]}"
}

install_missing() {
    local what apt dnf why some packages=() log=$logs/install.log
    if [ "$(package_manager)" = apt-get ]; then
        as_root dpkg --add-architecture arm64 # for the C library of the guest's second architecture
        as_root apt-get update -q >"$log" 2>&1 || say "verify: apt-get update did not succeed: $log"
    fi
    for what in "$@"; do
        IFS='|' read -r what apt dnf why <<<"$what"
        read -ra some < <(packages_of "$apt" "$dnf")
        packages+=("${some[@]}")
    done
    say "verify: $(package_manager) install ${packages[*]}"
    case $(package_manager) in
        apt-get) as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -q --no-install-recommends "${packages[@]}" ;;
        dnf) as_root dnf install -y -q "${packages[@]}" ;;
    esac >>"$log" 2>&1 </dev/null || {
        tail -n 20 "$log" >&2
        die 2 "the packages could not be installed" "the whole log: $log"
    }
    if clang_lacks_runtime && [ "$(package_manager)" = apt-get ]; then
        as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -q --no-install-recommends "$(clang_runtime)" >>"$log" 2>&1 </dev/null \
            || die 2 "$(clang_runtime) could not be installed" "the whole log: $log"
    fi
}

# Debian keeps the sanitizers of some clang versions in a package of their own.
clang_lacks_runtime() {
    command -v clang >/dev/null || return 1
    [ ! -e "$(clang -print-file-name=libclang_rt.fuzzer-"$(uname -m)".a)" ] \
        && [ ! -e "$(clang -print-resource-dir)/lib/linux/libclang_rt.fuzzer-$(uname -m).a" ]
}

clang_runtime() {
    printf 'libclang-rt-%s-dev' "$(clang -dumpversion | cut -d. -f1)"
}
