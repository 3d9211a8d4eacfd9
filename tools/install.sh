#!/bin/sh
# Bring .venv to what the lock files say: `sh tools/install.sh run|audio|test`. The Makefile calls it when they changed.
set -eu
cd "$(dirname "$0")/.."
venv=.venv/bin/python

die() {
    echo "$*" >&2
    exit 1
}

find_python() {
    for python in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return
    done
    die "Clepsydra needs Python 3.11 or newer. Install one (Debian: python3, macOS: brew install python) and try again."
}

make_venv() {
    "$venv" -m pip --version >/dev/null 2>&1 && return
    "$python" -c 'import venv, ensurepip' 2>/dev/null || sh tools/system.sh venv "$python"
    "$python" -m venv --clear .venv >/dev/null || die "Nothing can be installed without Python's venv module."
}

# Only what the lock names, with the hashes it gives; the lists are complete, so nothing is looked up beyond them.
locked() { "$venv" -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps "$@"; }

install_program() {
    echo "Installing Clepsydra into .venv, once."
    locked -r lock/run.txt
    "$venv" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
    "$venv" -m compileall -q app
}

# Calls heard in a room need PyAudio, which is compiled here; without it, all the rest works.
install_audio() {
    log=.venv/audio.log
    if ! { locked -r lock/audio.txt && locked --no-build-isolation -r lock/pyaudio.txt; } >"$log" 2>&1; then
        reason=$(grep -i 'error: ' "$log" | grep -v -m 1 -E 'error: (subprocess-exited|metadata-gen)' || tail -n 1 "$log")
        echo "audio extra not installed: ${reason#"${reason%%[! ]*}"}"
        echo "Everything but the room mode of call detection works. The whole story is in $log;"
        echo "once the cause is mended, \`make audio\` tries again."
    fi
    # Wanted for that build only; left there, it would run code at every start of Python.
    "$venv" -m pip uninstall --quiet --yes setuptools
}

case ${1:-} in
run)
    find_python
    make_venv
    install_program
    sh tools/system.sh run "$venv"
    install_audio
    ;;
audio)
    sh tools/system.sh run "$venv"
    install_audio
    ;;
test)
    sh tools/system.sh test "$venv"
    locked -r lock/dev.txt
    ;;
*) die "usage: tools/install.sh run|audio|test" ;;
esac
