#!/bin/bash
# Double-click to start AEDesk. The first start installs it, which takes minutes.
launch="$(cd "$(dirname "$0")/.." && pwd)/launch.py"

fail() {
    echo
    echo "$1"
    read -r -p "Press Return to close this window. "
    exit 1
}

# A Terminal opened by a double-click may not know these folders yet. /usr/bin comes last: without
# Apple's developer tools, its python3 only asks to install them.
PATH="/opt/homebrew/bin:/usr/local/bin:/Library/Frameworks/Python.framework/Versions/Current/bin:$PATH"

for python in python3.13 python3.12 python3.11 python3.14 python3; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        "$python" "$launch" "$@" || fail "AEDesk has ended with an error; the lines above say why."
        exit 0
    fi
done
fail "AEDesk needs Python 3.11 or newer, and none was found. Install it from https://www.python.org/downloads/ and double-click this file again."
