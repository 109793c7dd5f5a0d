# Sourced by ./mvnw and ./penstock: finds a JDK at least as new as asked for.

# find_jdk MINIMUM TOOL
# Prints the home of a JDK >= MINIMUM that has bin/TOOL. Looks at JAVA_HOME, at `java` on the PATH,
# then in the usual folders, newest first. Without one it says what to install and returns 1.
find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && [ "$(jdk_major "$JAVA_HOME" "$2")" -ge "$1" ]; then
    echo "$JAVA_HOME"
    return 0
  fi
  on_path=$(command -v java 2>/dev/null || true)
  if [ -n "$on_path" ]; then
    on_path=$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")
    home=${on_path%/bin/java}
    if [ "$(jdk_major "$home" "$2")" -ge "$1" ]; then
      echo "$home"
      return 0
    fi
  fi
  best='' best_major=0
  for home in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -d "$home" ] || continue
    major=$(jdk_major "$home" "$2")
    if [ "$major" -ge "$1" ] && [ "$major" -gt "$best_major" ]; then
      best=$home best_major=$major
    fi
  done
  if [ -n "$best" ]; then
    echo "$best"
    return 0
  fi
  echo "penstock: no JDK $1 or newer found (looked at JAVA_HOME=${JAVA_HOME:-unset}, the PATH and the usual folders)." >&2
  echo "Install one (Debian 13: apt-get install openjdk-21-jdk-headless; elsewhere: https://adoptium.net) or set JAVA_HOME to it." >&2
  return 1
}

# jdk_major HOME TOOL: the feature version of the JDK in HOME, 0 if HOME has no such tool.
jdk_major() {
  if [ ! -x "$1/bin/$2" ] || [ ! -r "$1/release" ]; then
    echo 0
    return 0
  fi
  version=$(sed -n 's/^JAVA_VERSION="\([^"]*\)".*/\1/p' "$1/release")
  version=${version#1.}
  version=${version%%[!0-9]*}
  echo "${version:-0}"
}
