# Finds the tools that the scripts need. To be sourced; the sourcing script sets $root.
# shellcheck shell=sh disable=SC2154

# Prints its arguments to standard error and ends the script.
die() {
    for line in "$@"; do
        printf '%s\n' "$line" >&2
    done
    exit 1
}

# Prints the feature version (17, 25) of the JDK in folder $1; fails when it is none.
jdk_version() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null) || version=
    if [ -z "$version" ]; then
        version=$("$1/bin/java" -version 2>&1 | sed -n '1s/.*"\([0-9]*\).*/\1/p')
    fi
    [ -n "$version" ] && printf '%s\n' "$version"
}

# Prints the folders that may hold a JDK, one a line: JAVA_HOME, the one on the PATH, those of the system.
jdk_candidates() {
    [ -z "${JAVA_HOME:-}" ] || printf '%s\n' "$JAVA_HOME"
    on_path=$(command -v javac 2>/dev/null || true)
    if [ -n "$on_path" ]; then
        on_path=$(readlink -f "$on_path" 2>/dev/null || printf '%s' "$on_path")
        printf '%s\n' "${on_path%/bin/javac}"
    fi
    for folder in /usr/lib/jvm/* /opt/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        [ ! -d "$folder" ] || printf '%s\n' "$folder"
    done
}

# Prints "version folder" of each JDK 17 or later found, in the order of the candidates.
jdks() {
    jdk_candidates | while IFS= read -r folder; do
        if version=$(jdk_version "$folder") && [ "$version" -ge 17 ]; then
            printf '%s %s\n' "$version" "$folder"
        fi
    done
}

# Prints the folder of the first JDK that will do.
any_jdk() {
    jdks | sed -n '1s/^[0-9]* //p'
}

# Prints the folder of the newest JDK.
newest_jdk() {
    jdks | sort -s -k1,1nr | sed -n '1s/^[0-9]* //p'
}

# Prints the folder of a JDK of exactly version $1.
jdk_of_version() {
    jdks | sed -n "s/^$1 //p" | sed -n 1p
}

# Succeeds when Node.js is there and new enough to build the chat's page.
node_fits() {
    command -v npm >/dev/null 2>&1 || return 1
    node -e '
        const [major, minor] = process.versions.node.split(".").map(Number);
        process.exit((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22 ? 0 : 1);
    ' 2>/dev/null
}

# Ends the script with what to install, unless all that a build needs is there; sets JAVA_HOME to folder $1.
need_build_tools() {
    [ -n "$1" ] || die "No JDK found (expected: JDK 17 or later in JAVA_HOME, on the PATH or in /usr/lib/jvm)." \
        "Install one, for example: apt-get install openjdk-17-jdk-headless"
    command -v mvn >/dev/null 2>&1 || die "No Maven found (expected: mvn 3.8.7 or later on the PATH)." \
        "Install it, for example: apt-get install maven"
    node_fits || die "No fitting Node.js with npm found (expected: 20.19, 22.12 or later on the PATH); it builds the chat's page." \
        "Found: $(node --version 2>/dev/null || echo none). Install it from https://nodejs.org or your system's packages."
    JAVA_HOME=$1
    export JAVA_HOME
}

# Prints a checksum of what module $1 and all below it are made of: the content of every source, whatever its date.
sources_of() (
    cd "$root" || exit 1
    find pom.xml .mvn parley-websocket parley-engineio parley-socketio parley-chat parley-load "$1" \
        \( -name target -o -name node_modules -o -name test -o -name out \) -prune -o -type f -exec cksum {} + |
        LC_ALL=C sort -u -k3 | cksum
)

# Succeeds when jar $1 was made of the sources with checksum $2.
is_made_of() {
    [ -f "$1" ] && [ "$(cat "$1.sources" 2>/dev/null)" = "$2" ]
}

# Makes module $1, whose jar is $2, from the sources with checksum $3.
make_jar() {
    log=$root/target/build.log
    echo "Building $1 (once; the log is target/build.log) ..." >&2
    if ! (cd "$root" && mvn -B -pl "$1" -am package -DskipTests -Dpeers.skip=true -P '!static-analysis') \
        >"$log" 2>&1; then
        grep -E '^\[ERROR\]|^npm (ERR|error)' "$log" | head -30 >&2 || true
        die "The build failed; all of it is in $log"
    fi
    [ -f "$2" ] || die "The build made no $2 (expected: the module's jar); see $log"
    printf '%s\n' "$3" >"$2.sources"
}

# Like make_jar, one at a time: two that are started at once must not build into the same folder.
make_jar_alone() {
    need_build_tools "$jdk"
    mkdir -p "$root/target" 2>/dev/null || true
    [ -w "$root/target" ] || die "Cannot write to $root/target (expected: a clone that belongs to you)."
    (
        if command -v flock >/dev/null 2>&1; then
            flock 9
        fi
        is_made_of "$2" "$3" || make_jar "$@"
    ) 9>"$root/target/build.lock"
}

# The file for the archive of the classes of jar $1. A JDK reads only its own, so each has one, told by its release file.
archive_of() {
    printf '%s.%s.archive' "$1" "$(cat "$jdk/release" 2>/dev/null | cksum | tr ' ' -)"
}

# Succeeds when archive $1 is not older than jar $2. One that is empty tells that none could be made.
is_archive_of() {
    [ -f "$1" ] && [ -z "$(find "$2" -newer "$1" 2>/dev/null)" ]
}

# Succeeds when the options of the user leave archives to this script.
may_use_archives() {
    case "${PARLEY_JAVA_OPTS:-} ${JDK_JAVA_OPTIONS:-} ${JAVA_TOOL_OPTIONS:-}" in
        *-Xshare* | *-XX:*Archive* | *-XX:AOT*) return 1 ;;
    esac
}

# Makes archive $1 of the classes that class $2 of jar $3 loads when it runs with options $4. Nothing is said, and nothing
# is left if it fails but an empty file, so that it is not tried again before the jar is another one.
make_archive() (
    new=$1.$$
    folder=$(mktemp -d "$1.XXXXXX") || exit 0
    trap 'rm -rf "$folder" "$new" "$new.config"' EXIT
    if [ "$version" -ge 25 ]; then
        record=-XX:AOTCacheOutput=$new
    else
        record=-XX:ArchiveClassesAtExit=$new
    fi
    # shellcheck disable=SC2086 # several words
    if nice -n 19 "$jdk/bin/java" $4 "$record" -cp "$3" "$2" "$folder" >/dev/null 2>&1 && [ -f "$new" ]; then
        mv -f "$new" "$1"
    else
        : >"$1"
    fi
)

# Like make_archive, but in the background, while the command is in use: the next start has it. By two shells, so that the
# program that takes the place of this one does not find a child that it has not started.
make_archive_later() {
    command -v mktemp >/dev/null 2>&1 && [ -w "$(dirname -- "$1")" ] || return 0
    (
        (
            if command -v flock >/dev/null 2>&1; then
                flock -n 9 || exit 0
            fi
            make_archive "$@"
        ) </dev/null >/dev/null 2>&1 9>"$1.lock" &
    )
}

# Runs the jar $2 of module $1 with the rest of the arguments, in place of this shell; makes it first when it is not there
# or its sources have changed. If $rehearsal names a class of it that does once what is to start fast, the classes come out
# of an archive, or are put into one for the next time.
run_module() {
    module=$1
    jar=$root/$2
    shift 2
    jdk=$(any_jdk)
    [ -n "$jdk" ] || need_build_tools ""
    checksum=$(sources_of "$module")
    is_made_of "$jar" "$checksum" || make_jar_alone "$module" "$jar" "$checksum"

    # Options that a JDK does not know would stop it, so each is for the versions that have it.
    options=
    version=$(jdk_version "$jdk")
    [ "$version" -lt 24 ] || options="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
    [ "$version" -lt 25 ] || options="$options -XX:+UseCompactObjectHeaders"

    set -- -jar "$jar" "$@"
    if [ -n "${rehearsal:-}" ] && may_use_archives; then
        archive=$(archive_of "$jar")
        if ! is_archive_of "$archive" "$jar"; then
            make_archive_later "$archive" "$rehearsal" "$jar" "$options"
        elif [ -s "$archive" ] && [ "$version" -ge 25 ]; then
            set -- "-XX:AOTCache=$archive" '-Xlog:aot*=off,cds*=off' "$@" # one that does not fit is left aside silently
        elif [ -s "$archive" ]; then
            set -- "-XX:SharedArchiveFile=$archive" '-Xlog:cds*=off' "$@"
        fi
    fi
    # shellcheck disable=SC2086 # several words
    exec "$jdk/bin/java" $options ${PARLEY_JAVA_OPTS:-} "$@"
}
