#!/bin/sh
# Make .venv ready: `sh packaging/setup.sh base` for running, `dev` for developing and testing. `torch` makes
# .venv-torch ready, for the tests that compare with torch.
#
# What is installed is fixed by the lock files; a stamp in the environment remembers which lock was installed, so that a
# second run needs neither time nor network. Works with any POSIX shell.
set -eu
cd "$(dirname "$0")/.."
. packaging/apt.sh

wanted=${1:-base}
venv=.venv
[ "$wanted" = torch ] && venv=.venv-torch
python=$venv/bin/python

say() { printf '%s\n' "$*" >&2; }

# The first Python that is new enough, whatever it is called.
find_python() {
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    say "ImgSearch Desktop needs Python 3.11 or later, and none was found here ($(python3 --version 2>&1 || true))."
    exit 1
}

# Debian and Ubuntu ship `venv` without the part that brings pip, in a package of its own.
ensure_venv_module() {
    "$1" -c 'import ensurepip, venv' 2>/dev/null && return
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    package=python3-venv
    [ "$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = "$version" ] ||
        package="python$version-venv"
    apt_install "to make a Python environment" "$package" || exit 1
}

make_venv() {
    if "$python" -c 'import pip, sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; then
        return
    fi
    found=$(find_python)
    ensure_venv_module "$found"
    say "Making $venv with $("$found" --version) ..."
    if [ -e "$venv/pyvenv.cfg" ]; then
        "$found" -m venv --clear "$venv"    # left behind by an interpreter that is gone
    else
        "$found" -m venv "$venv"
    fi
}

fingerprint() { cat "$@" | "$python" -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())'; }

is_stamped() { [ "$(cat "$venv/$1.stamp" 2>/dev/null || true)" = "$2" ]; }

pip_install() {
    quiet=--quiet
    [ -t 2 ] && quiet=--progress-bar=on
    PIP_USER=0 "$python" -m pip install --no-input --disable-pip-version-check "$quiet" "$@" >&2
}

# install_locked NAME WORDS LOCK...: what the locks pin, every file checked against its hash, nothing built here.
install_locked() {
    name=$1 words=$2
    shift 2
    key=$(fingerprint "$@")
    is_stamped "$name" "$key" && return
    say "Installing $words ..."
    for lock in "$@"; do
        pip_install --require-hashes --only-binary=:all: --no-deps --requirement "$lock"
    done
    printf '%s\n' "$key" > "$venv/$name.stamp"
}

install_itself() {
    key=$(fingerprint pyproject.toml imgsearch_desktop/__init__.py)
    is_stamped itself "$key" && return
    pip_install --no-index --no-deps --no-build-isolation --editable .
    printf '%s\n' "$key" > "$venv/itself.stamp"
}

make_venv
case $wanted in
    base) install_locked base "what ImgSearch Desktop needs (once, about 200 MB to download)" \
        requirements.lock requirements-build.lock ;;
    dev) install_locked dev "what ImgSearch Desktop and its tests need (once, about 250 MB to download)" \
        requirements-dev.lock ;;
    torch) install_locked torch "torch and what compares with it (once, about 3 GB to download, 7 GB on the disk)" \
        requirements-torch.lock ;;
    *) say "usage: packaging/setup.sh base|dev|torch"; exit 2 ;;
esac
install_itself
sh packaging/system_libraries.sh
