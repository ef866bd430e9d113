# Finds the tools that the scripts need. To be sourced; the sourcing script sets $root.
# shellcheck shell=sh

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
