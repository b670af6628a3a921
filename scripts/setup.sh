# shellcheck shell=sh
# Sourced by ./safe-coder (POSIX sh) when something is missing: the JDK, the build, or a wall.
# Uses $root, $home, $launch, $tool_options; sets $java_home and $app.

JAVA_AT_LEAST=25
MAVEN_AT_LEAST=3.8

say() {
    printf '%s\n' "$*" >&2
}

die() {
    code=$1
    shift
    printf 'safe-coder: %s\n' "$@" >&2
    exit "$code"
}

# ---- asking and installing ----------------------------------------------------------------------

# The one package manager of this system: prints its name.
package_manager() {
    for tool in apt-get dnf yum zypper pacman apk brew; do
        if command -v "$tool" >/dev/null 2>&1; then
            printf '%s\n' "$tool"
            return
        fi
    done
}

# may_install WHAT WHY: root may; anyone else is asked on the terminal.
may_install() {
    say "safe-coder: $1 is missing: $2"
    if [ "$(id -u)" = 0 ]; then
        say "safe-coder: installing $1 with $(package_manager)"
        return 0
    fi
    command -v sudo >/dev/null 2>&1 || [ "$(package_manager)" = brew ] || return 1
    [ -t 0 ] && [ -t 2 ] || return 1
    printf 'safe-coder: install %s with %s? [y/N] ' "$1" "$(package_manager)" >&2
    read -r answer || return 1
    case $answer in
        y | Y | yes | YES) return 0 ;;
        *) return 1 ;;
    esac
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# install_package NAME: quietly; the manager's words go to the log.
install_package() {
    mkdir -p "$launch"
    install_log=$launch/install.log
    case $(package_manager) in
        apt-get)
            { as_root apt-get update -q && as_root env DEBIAN_FRONTEND=noninteractive \
                apt-get install -y -q --no-install-recommends "$1"; } ;;
        dnf) as_root dnf install -y -q "$1" ;;
        yum) as_root yum install -y -q "$1" ;;
        zypper) as_root zypper --non-interactive --quiet install "$1" ;;
        pacman) as_root pacman -S --noconfirm --quiet "$1" ;;
        apk) as_root apk add -q "$1" ;;
        brew) brew install --quiet "$1" ;;
        *) return 1 ;;
    esac >"$install_log" 2>&1 || {
        tail -n 5 "$install_log" >&2
        return 1
    }
}

# ---- the JDK ------------------------------------------------------------------------------------

# is_jdk HOME: a JDK (with a compiler) that is new enough, by its release file: no process starts.
is_jdk() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    [ -n "$version" ] && [ "$version" -ge "$JAVA_AT_LEAST" ]
}

java_on_path() {
    found=$(command -v java 2>/dev/null) || return 0
    found=$(readlink -f "$found" 2>/dev/null || printf '%s' "$found")
    dirname "$(dirname "$found")"
}

# Sets java_home to the first that fits; the user's own choice comes first.
find_jdk() {
    mac_home=''
    if [ -x /usr/libexec/java_home ]; then
        mac_home=$(/usr/libexec/java_home -v "$JAVA_AT_LEAST+" 2>/dev/null || true)
    fi
    for candidate in "${JAVA_HOME-}" "$(java_on_path)" "$mac_home" \
        "$home"/.sdkman/candidates/java/current "$home"/.sdkman/candidates/java/* \
        /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/*jdk* /opt/*java* /opt/java/* /usr/local/*jdk* \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$home"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$home"/.jdks/* "$home"/.local/share/mise/installs/java/* "$home"/.asdf/installs/java/*; do
        if [ -n "$candidate" ] && is_jdk "$candidate"; then
            java_home=$candidate
            return 0
        fi
    done
    return 1
}

# A fresh machine's apt knows no packages before its first update, and only root can bring one.
fill_package_lists() {
    if [ "$(id -u)" = 0 ] && [ -z "$(find /var/lib/apt/lists -name '*_Packages*' 2>/dev/null | head -n 1)" ]; then
        say "safe-coder: asking apt-get which packages there are"
        apt-get update -q >/dev/null 2>&1 || true
    fi
}

# Prints the package that holds a JDK 25 here, if there is one.
jdk_package() {
    case $(package_manager) in
        apt-get)
            fill_package_lists
            if apt-cache show openjdk-25-jdk-headless 2>/dev/null | grep -q '^Package:'; then
                echo openjdk-25-jdk-headless
            elif apt-cache show temurin-25-jdk 2>/dev/null | grep -q '^Package:'; then
                echo temurin-25-jdk
            fi ;;
        dnf | yum)
            if "$(package_manager)" -q list java-25-openjdk-devel >/dev/null 2>&1; then
                echo java-25-openjdk-devel
            fi ;;
        zypper)
            if zypper -q info java-25-openjdk-devel 2>/dev/null | grep -q '^Version'; then
                echo java-25-openjdk-devel
            fi ;;
        pacman)
            if pacman -Si jdk25-openjdk >/dev/null 2>&1; then
                echo jdk25-openjdk
            elif pacman -Si jdk-openjdk >/dev/null 2>&1; then
                echo jdk-openjdk
            fi ;;
        apk)
            if apk search -e openjdk25-jdk 2>/dev/null | grep -q .; then echo openjdk25-jdk; fi ;;
        brew) echo openjdk@25 ;;
    esac
}

jdk_advice() {
    say "safe-coder: needs a JDK $JAVA_AT_LEAST or newer and found none (JAVA_HOME, PATH and the usual folders)."
    case $(uname -s) in
        Darwin) say "Try: brew install openjdk@25, or the installer from https://adoptium.net" ;;
        *)
            say "Try: Temurin 25 from https://adoptium.net/temurin/releases (also as apt and rpm packages),"
            say "     or SDKMAN (https://sdkman.io): sdk install java 25-tem" ;;
    esac
    say "     or, when you have one elsewhere: JAVA_HOME=/path/to/jdk ./safe-coder"
}

require_jdk() {
    find_jdk && return
    package=$(jdk_package)
    if [ -n "$package" ] && may_install "$package" "Safe Coder is built and run with a JDK $JAVA_AT_LEAST." \
        && install_package "$package" && find_jdk; then
        return
    fi
    jdk_advice
    exit 1
}

# ---- the build ----------------------------------------------------------------------------------

# One start builds, the others wait. The lock is a symbolic link whose target is the owner's pid.
take_lock() {
    mkdir -p "$launch" 2>/dev/null || die 1 "cannot write to $launch"
    lock=$launch/lock
    waited=0
    until ln -s "$$" "$lock" 2>/dev/null; do
        owner=$(readlink "$lock" 2>/dev/null || true)
        if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
            mv "$lock" "$lock.$$" 2>/dev/null && rm -f "$lock.$$"
            continue
        fi
        [ "$waited" -gt 0 ] || say "safe-coder: another start is building, waiting for it"
        waited=$((waited + 1))
        [ "$waited" -lt 900 ] || die 1 "process $owner has been building for 15 minutes" \
            "end it, or remove $lock"
        sleep 1
    done
    trap 'rm -f "$lock"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
}

drop_lock() {
    trap - EXIT INT TERM HUP
    rm -f "$lock"
}

# By content, so that a touched file or a fresh checkout of the same bytes does not build again.
source_sum() {
    (cd "$root" && find src/main pom.xml -type f -exec cksum {} + | LC_ALL=C sort | cksum)
}

maven_command() {
    if installed=$(command -v mvn 2>/dev/null); then
        version=$(cd "$root" && JAVA_HOME=$java_home "$installed" --version 2>/dev/null \
            | sed -n 's/.*Apache Maven \([0-9]*\.[0-9]*\).*/\1/p')
        if [ "$(printf '%s\n' "$MAVEN_AT_LEAST" "${version:-0}" | sort -t. -k1,1n -k2,2n | head -n 1)" \
            = "$MAVEN_AT_LEAST" ]; then
            printf '%s\n' "$installed"
            return
        fi
    fi
    printf '%s\n' "$root/mvnw"
}

# Builds into target/launch/maven, apart from the developer's own target/classes.
build_with_maven() {
    build_log=$launch/build.log
    maven=$(maven_command)
    (cd "$root" && JAVA_HOME=$java_home JAVA_TOOL_OPTIONS=$tool_options \
        "$maven" -B -q -Plaunch -Dmaven.test.skip=true -Dspotless.check.skip=true package) \
        >"$build_log" 2>&1 </dev/null || {
        say "safe-coder: the build did not succeed:"
        { grep -E '^(\[ERROR\]|Caused by|Exception in)' "$build_log" || tail -n 20 "$build_log"; } \
            | sed '/-> \[Help 1\]/,$d' | head -n 12 >&2
        die 1 "the whole log: $build_log"
    }
}

# A new folder each time: a session that runs keeps the jars it was started with.
install_build() {
    number=1
    while [ -e "$launch/app-$number" ]; do number=$((number + 1)); done
    app=$launch/app-$number
    mkdir "$app"
    cp "$launch/maven/safe-coder.jar" "$app/"
    cp -R "$launch/maven/lib" "$app/lib"
    warm_up
}

# The program with nothing of the user's: for what we ask it ourselves.
run_quietly() {
    (cd "$launch" && SAFE_CODER_STATE=$launch/own-state SAFE_CODER_CONFIG=$launch/no-config \
        "$java_home/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx1g -Xlog:disable \
        --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${cache:+"$cache"} \
        -cp "$app/safe-coder.jar" dev.safecoder.cli.Main "$@") >"$launch/own.log" 2>&1 </dev/null
    code=$?
    rm -rf "$launch/own-state"
    return "$code"
}

# Puts the classes that a session needs into an AOT cache: about half the time of a start.
# Only a help: without it, or with one that does not fit, the JVM loads the jars as ever.
warm_up() {
    rm -rf "$launch/own-project"
    mkdir "$launch/own-project"
    printf '%s\n' '{"turns":[{"tool_calls":[
        {"name":"write_file","input":{"path":"a","content":"one\n"}},
        {"name":"edit_file","input":{"path":"a","old_string":"one","new_string":"two"}},
        {"name":"read_file","input":{"path":"a"}},
        {"name":"bash","input":{"command":"cat a"}}]},{"text":"Done."}]}' >"$launch/own-script"
    # Without a wall here it ends early, and the cache holds less. No image is fetched for it.
    (
        cache=-XX:AOTCacheOutput=$app/safe-coder.aot
        export SAFE_CODER_DOCKER_AUTO_PULL=false
        run_quietly run -p warm-up --model "script:$launch/own-script" \
            --path "$launch/own-project" --apply all --output json
    ) || true
}

# Keeps the build before this one too: a session may still be running from it.
remove_old_builds() {
    previous=$1
    for old in "$launch"/app-*; do
        case $old in
            "$app" | "$previous") ;;
            *) rm -rf "$old" ;;
        esac
    done
}

prepare_program() {
    require_jdk
    take_lock
    previous='' sum=''
    if [ -r "$launch/ready" ]; then
        { IFS= read -r _ && IFS= read -r previous && IFS= read -r sum; } <"$launch/ready" || true
    fi
    : >"$launch/started" # before the sources are read: what changes from now on is newer
    now=$(source_sum)
    if [ "$now" = "$sum" ] && [ -f "$previous/safe-coder.jar" ]; then
        app=$previous
    else
        say "safe-coder: building (once, and when the sources changed) ..."
        build_with_maven
        install_build
        remove_old_builds "$previous"
    fi
    printf '%s\n%s\n%s\n' "$java_home" "$app" "$now" >"$launch/ready.new"
    touch -r "$launch/started" "$launch/ready.new"
    mv "$launch/ready.new" "$launch/ready"
    drop_lock
}

# ---- a wall -------------------------------------------------------------------------------------

# Bubblewrap is small, needs no service and no root to run: the wall to have when there is none.
prepare_wall() {
    [ "$(uname -s)" = Linux ] || return 0
    for argument; do
        case $argument in
            --help | -h | --version | -V | --backend | --backend=*) return 0 ;;
            --) break ;;
        esac
    done
    # A docker command or a socket alone is no wall: the program knows what would start.
    say "safe-coder: no bubblewrap here; looking for another wall (once) ..."
    if run_quietly doctor; then
        : >"$launch/wall" # from now on the program itself says what is wrong with it
        return 0
    fi
    [ -n "$(package_manager)" ] || return 0
    if may_install bubblewrap "no Docker or Podman works here, and the agent runs only behind a wall."; then
        install_package bubblewrap || say "safe-coder: bubblewrap could not be installed"
    fi
}
