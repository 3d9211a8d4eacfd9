#!/bin/sh
# System packages: `sh tools/system.sh venv|run|test PYTHON` installs those that are missing, where it may.
# Where it may not, it prints what to type and succeeds all the same: the caller goes on with what is there.
set -u
purpose=$1 python=$2

# What the tests alone need: a sound server of their own, a terminal to drive, a clock to move, a witness of what is
# opened, and real sounds to build calls from.
test_packages="pulseaudio pulseaudio-utils strace tmux faketime ffmpeg poppler-utils
  asterisk-core-sounds-en-g722 asterisk-moh-opsound-g722 sound-theme-freedesktop bucklespring-data"
test_formulae="tmux ffmpeg"

has_pyaudio() { .venv/bin/python -c 'import pyaudio' 2>/dev/null; }

has_headers() {
    "$python" -c 'import os, sys, sysconfig
sys.exit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))'
}

installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# Names of Debian packages. The compiler is wanted only until PyAudio has been built.
wanted_apt() {
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    case $purpose in
    venv) echo "python$version-venv" ;;
    test) echo "$test_packages" ;;
    run)
        echo libpulse0
        installed pipewire-alsa || echo libasound2-plugins
        if ! has_pyaudio; then
            echo gcc libc6-dev portaudio19-dev
            has_headers || echo "python$version-dev"
        fi
        ;;
    esac
}

wanted_brew() {
    case $purpose in
    test) echo "$test_formulae" ;;
    run) has_pyaudio || echo portaudio ;;
    esac
}

# How this user installs system-wide: nothing before the command, sudo, or not at all.
find_right() {
    if [ "$(id -u)" -eq 0 ]; then
        right=
    elif ! command -v sudo >/dev/null; then
        return 1
    elif sudo -n true 2>/dev/null; then
        right=sudo
    elif [ -t 0 ]; then
        echo "System packages are missing ($*): sudo may ask for your password."
        sudo -v && right=sudo
    else
        return 1
    fi
}

# --no-remove: a desktop's own sound server is never traded for the one that the tests would like.
apt_install() {
    $right env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends --no-remove "$@" </dev/null >/dev/null
}

tell() {
    echo "Not installed: $*"
    echo "To have them, type (as root, or with sudo in front):"
    echo "    apt-get update && apt-get install --no-install-recommends $*"
}

with_apt() {
    missing=
    for package in $(wanted_apt); do
        installed "$package" || missing="$missing $package"
    done
    # From here on $missing is split into words on purpose.
    [ -n "$missing" ] || return 0
    if ! find_right $missing; then
        tell $missing
        return 0
    fi
    echo "Installing system packages:$missing"
    $right apt-get update -qq </dev/null || echo "apt-get update failed; trying with the lists that are there."
    apt_install $missing 2>/dev/null && return 0
    # One that cannot be had must not keep the others away.
    refused=
    for package in $missing; do
        apt_install "$package" || refused="$refused $package"
    done
    [ -z "$refused" ] || tell $refused
}

with_brew() {
    for formula in $(wanted_brew); do
        brew list --formula "$formula" >/dev/null 2>&1 && continue
        echo "Installing with brew: $formula"
        brew install --quiet "$formula" || echo "Not installed: $formula. Type: brew install $formula"
    done
}

if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
    with_apt
elif command -v brew >/dev/null; then
    with_brew
else
    case $(uname) in
    Darwin) names=$(wanted_brew) where="with Homebrew (https://brew.sh)" ;;
    *) names=$(wanted_apt) where="under the names this system gives to these Debian packages" ;;
    esac
    [ -z "$names" ] || echo "If something is missing, install $where:" $names
fi
