#!/bin/sh
# Everything `make` does, for a machine that has a Python 3.11 and nothing else: what is missing is installed once,
# and the network is left alone when nothing is missing.   sh .ci/tasks.sh run|test|bench|screenshots|prepare|lock
#   |pictures|installer|installer-check|frozen
set -eu
cd "$(dirname "$0")/.."

VENV=.venv
UV=uv==0.13.9

say() { printf '%s\n' "== $*"; }
fail() { printf '%s\n' "error: $*" >&2; exit 1; }

# -- what the system must have: "what to look for" and the Debian package that brings it ------------------------------
# Qt says which libraries it wants only by failing to load; libgl1 brings X11 and its friends, fontconfig brings a font.
QT_LIBRARIES="libglib-2.0.so.0=libglib2.0-0 libGL.so.1=libgl1 libEGL.so.1=libegl1 libdbus-1.so.3=libdbus-1-3
    libfontconfig.so.1=libfontconfig1 libxkbcommon.so.0=libxkbcommon0"
# Besides, for a window on a real display.
X_LIBRARIES="libxcb-cursor.so.0=libxcb-cursor0 libxcb-icccm.so.4=libxcb-icccm4 libxcb-keysyms.so.1=libxcb-keysyms1
    libxcb-shape.so.0=libxcb-shape0 libxcb-xkb.so.1=libxcb-xkb1 libxkbcommon-x11.so.0=libxkbcommon-x11-0"
WAYLAND_LIBRARIES="libwayland-cursor.so.0=libwayland-cursor0 libwayland-egl.so.1=libwayland-egl1"
# The tests read the PDFs they made, and verify the seals, with other people's programs.
TEST_PROGRAMS="pdftotext=poppler-utils qpdf=qpdf chromium=chromium openssl=openssl mutool=mupdf-tools"

INSTALLER_PROGRAMS="strip=binutils dpkg-deb=dpkg makensis=nsis osslsigncode=osslsigncode debootstrap=debootstrap
    x86_64-w64-mingw32-gcc=gcc-mingw-w64-x86-64-posix x86_64-w64-mingw32-windres=binutils-mingw-w64-x86-64
    Xvfb=xvfb xwininfo=x11-utils import=imagemagick unshare=util-linux ip=iproute2
    desktop-file-validate=desktop-file-utils"

apt_packages=""
want() { apt_packages="$apt_packages $1"; }

find_libraries() {
    known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null || true)
    for pair in "$@"; do
        case "$known" in *"${pair%%=*} "*) ;; *) want "${pair#*=}" ;; esac
    done
}

find_programs() {
    for pair in "$@"; do
        command -v "${pair%%=*}" >/dev/null 2>&1 || want "${pair#*=}"
    done
}

apt_get() {
    if [ "$(id -u)" = 0 ]; then
        DEBIAN_FRONTEND=noninteractive apt-get -qq "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq "$@"
    else
        return 1
    fi
}

install_packages() {
    [ -n "$apt_packages" ] || return 0
    say "installing with apt:$apt_packages"
    command -v apt-get >/dev/null 2>&1 || fail "this system has no apt-get; install by its own means what Debian calls:$apt_packages"
    # shellcheck disable=SC2086  # one word per package
    apt_get install -y --no-install-recommends $apt_packages >/dev/null 2>&1 \
        || { apt_get update && apt_get install -y --no-install-recommends $apt_packages >/dev/null; } \
        || fail "run as root or with sudo: apt-get install --no-install-recommends$apt_packages"
    apt_packages=""
}

# -- Python and its virtual environment -------------------------------------------------------------------------------
is_recent() { "$1" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if is_recent "$candidate"; then python=$candidate; return 0; fi
    done
    return 1
}

make_venv() {
    is_recent "$VENV/bin/python" && "$VENV/bin/python" -m pip --version >/dev/null 2>&1 && return 0
    if ! find_python; then
        want python3
        want python3-venv
        install_packages
        find_python || fail "Python 3.11 or later is needed; this system has $(python3 --version 2>&1). Set PYTHON=/path/to/python"
    fi
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        want "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
        install_packages
    fi
    say "making $VENV with $("$python" --version)"
    "$python" -m venv --clear "$VENV"
}

stamp() { cat "requirements$1.lock" pyproject.toml | cksum; }
is_installed() { [ "$(cat "$VENV/locked$1" 2>/dev/null)" = "$(stamp "$1")" ]; }

# $1: "" for what the program needs, "-test" for that and the tools of the tests.
install_python_packages() {
    is_installed "-test" && return 0
    is_installed "$1" && return 0
    say "installing the Python packages of requirements$1.lock (some minutes the first time)"
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
        --require-hashes --only-binary :all: -r "requirements$1.lock" \
        || fail "pip could not install the packages (see above); the package registry must be reachable this once"
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
        --no-index --no-deps --no-build-isolation -e .
    stamp "$1" >"$VENV/locked$1"
}

# Qt warns, and so fails the tests, where the locale is not UTF-8.
use_utf8() {
    case "$(locale charmap 2>/dev/null || echo unknown)" in UTF-8) ;; *) export LC_ALL=C.UTF-8 ;; esac
}

prepare() {
    # shellcheck disable=SC2086  # one word per library
    find_libraries $QT_LIBRARIES
    # shellcheck disable=SC2086
    [ -z "${DISPLAY:-}" ] || find_libraries $X_LIBRARIES
    # shellcheck disable=SC2086
    [ -z "${WAYLAND_DISPLAY:-}" ] || find_libraries $WAYLAND_LIBRARIES
    # shellcheck disable=SC2086
    [ -z "$1" ] || find_programs $TEST_PROGRAMS
    install_packages
    make_venv
    install_python_packages "$1"
    use_utf8
}

# -- the tasks --------------------------------------------------------------------------------------------------------
has_display() {
    [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || return 1
    # A display that is named may still not answer; Qt then aborts, so it is asked in a process of its own.
    { "$VENV/bin/python" -c 'from PySide6.QtGui import QGuiApplication; QGuiApplication([])' || false; } >/dev/null 2>&1
}

# Qt's offscreen platform says of every window that it "does not support propagateSizeHints()".
offscreen() {
    export QT_QPA_PLATFORM=offscreen QT_LOGGING_RULES=default.warning=false
}

run() {
    prepare ""
    if has_display; then
        [ -e build/demo/annuaire.pdf ] || ( offscreen; "$VENV/bin/charte-desktop" demo --output build/demo )
        exec "$VENV/bin/charte-desktop" --data-dir build/demo/base
    fi
    say "no display: the same work without a window"
    offscreen
    exec "$VENV/bin/charte-desktop" demo --output build/demo
}

check() {
    prepare -test
    export QT_QPA_PLATFORM=offscreen
    say "ruff"
    "$VENV/bin/ruff" check .
    "$VENV/bin/ruff" format --check .
    say "mypy --strict"
    "$VENV/bin/mypy"
    say "import contracts"
    "$VENV/bin/lint-imports"
    say "pytest"
    # The same examples every time: a verdict that depends on luck is none. Plain pytest looks for new ones.
    exec "$VENV/bin/pytest" -q -n 2 --hypothesis-profile=ci "$@"
}

bench() {
    prepare -test
    QT_QPA_PLATFORM=offscreen exec "$VENV/bin/python" -m benchmarks "$@"
}

screenshots() {
    prepare -test
    offscreen
    rm -rf build/screenshots
    "$VENV/bin/charte-desktop" demo --output build/demo >/dev/null
    "$VENV/bin/python" .ci/screenshots.py build/demo build/screenshots
}

# The pictures that README and guide show, by the names of those that were drawn.
pictures() {
    screenshots
    for shown in docs/images/*.png; do
        drawn="build/screenshots/clair/${shown##*/}"
        [ -e "$drawn" ] || fail "$shown is drawn by nothing: name it as make screenshots does"
        # 256 colours are all that a window has, for half the bytes in every installer.
        "$VENV/bin/python" -c 'import sys; from PIL import Image
Image.open(sys.argv[1]).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(sys.argv[2], optimize=True)' \
            "$drawn" "$shown"
    done
    say "look at docs/images before you commit them"
}

installer() {
    prepare -test
    # What building for both systems and trying it asks of this Debian; build_installer.py names what is missing.
    # shellcheck disable=SC2086  # one word per program
    find_programs $INSTALLER_PROGRAMS
    install_packages
    exec "$VENV/bin/python" build_installer.py "$@"
}

frozen() {
    prepare -test
    find_programs strip=binutils
    install_packages
    exec "$VENV/bin/python" build_installer.py frozen
}

# The locks hold the hashes of every file of a release, so that they serve Linux and Windows, Python 3.11 to 3.13.
lock() {
    prepare -test
    "$VENV/bin/python" -m pip install --quiet "$UV"
    for extra in build test; do
        [ $extra = test ] && file=requirements-test.lock || file=requirements.lock
        "$VENV/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
            --no-annotate --no-emit-index-url --extra $extra --output-file $file pyproject.toml
    done
    for name in freeze fetch; do
        "$VENV/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
            --no-annotate --no-emit-index-url --output-file installers/locks/$name.lock installers/locks/$name.in
    done
}

case "${1:-help}" in
    run) run ;;
    test) shift; check "$@" ;;
    bench) shift; bench "$@" ;;
    screenshots) screenshots ;;
    pictures) pictures ;;
    prepare) prepare -test ;;
    lock) lock ;;
    installer) installer linux windows ;;
    installer-check) installer verify ;;
    frozen) frozen ;;
    *) sed -n '2,4s/^# //p' "$0"; exit 2 ;;
esac
