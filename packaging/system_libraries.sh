#!/bin/sh
# Look for the system libraries that Qt's plug-ins are linked to, and install the missing ones.
#
# `--check` only looks: status 1 when any is missing. Linux only; elsewhere Qt brings everything.
set -eu
cd "$(dirname "$0")/.."
. packaging/apt.sh

[ "$(uname -s)" = Linux ] || exit 0

# Names as the dynamic linker reports them, and the packages of Debian and Ubuntu that have them.
package_of() {
    case $1 in
        libEGL.so.1) echo libegl1 ;;
        libGL.so.1 | libGLX.so.0 | libOpenGL.so.0) echo libgl1 libopengl0 ;;
        libGLESv2.so.2) echo libgles2 ;;
        libX11.so.6) echo libx11-6 ;;
        libX11-xcb.so.1) echo libx11-xcb1 ;;
        libSM.so.6) echo libsm6 ;;
        libICE.so.6) echo libice6 ;;
        libdbus-1.so.3) echo libdbus-1-3 ;;
        libfontconfig.so.1) echo libfontconfig1 ;;
        libfreetype.so.6) echo libfreetype6 ;;
        libglib-2.0.so.0 | libgthread-2.0.so.0 | libgobject-2.0.so.0 | libgio-2.0.so.0) echo libglib2.0-0 ;;
        libgssapi_krb5.so.2) echo libgssapi-krb5-2 ;;
        libstdc++.so.6) echo libstdc++6 ;;
        libz.so.1) echo zlib1g ;;
        libxkbcommon.so.0) echo libxkbcommon0 ;;
        libxkbcommon-x11.so.0) echo libxkbcommon-x11-0 ;;
        libwayland-client.so.0) echo libwayland-client0 ;;
        libwayland-cursor.so.0) echo libwayland-cursor0 ;;
        libwayland-egl.so.1) echo libwayland-egl1 ;;
        libxcb.so.1) echo libxcb1 ;;
        libxcb-cursor.so.0) echo libxcb-cursor0 ;;
        libxcb-glx.so.0) echo libxcb-glx0 ;;
        libxcb-icccm.so.4) echo libxcb-icccm4 ;;
        libxcb-image.so.0) echo libxcb-image0 ;;
        libxcb-keysyms.so.1) echo libxcb-keysyms1 ;;
        libxcb-randr.so.0) echo libxcb-randr0 ;;
        libxcb-render.so.0) echo libxcb-render0 ;;
        libxcb-render-util.so.0) echo libxcb-render-util0 ;;
        libxcb-shape.so.0) echo libxcb-shape0 ;;
        libxcb-shm.so.0) echo libxcb-shm0 ;;
        libxcb-sync.so.1) echo libxcb-sync1 ;;
        libxcb-util.so.1) echo libxcb-util1 ;;
        libxcb-xfixes.so.0) echo libxcb-xfixes0 ;;
        libxcb-xinerama.so.0) echo libxcb-xinerama0 ;;
        libxcb-xinput.so.0) echo libxcb-xinput0 ;;
        libxcb-xkb.so.1) echo libxcb-xkb1 ;;
        *) return 1 ;;
    esac
}

missing_libraries() {
    qt=$(.venv/bin/python -c 'import importlib.util as u; print(u.find_spec("PySide6").submodule_search_locations[0])')
    ldd "$qt"/QtCore.abi3.so "$qt"/QtGui.abi3.so "$qt"/QtWidgets.abi3.so "$qt"/QtNetwork.abi3.so "$qt"/QtSvg.abi3.so \
        "$qt"/Qt/plugins/platforms/libqxcb.so "$qt"/Qt/plugins/platforms/libqoffscreen.so \
        "$qt"/Qt/plugins/platforms/libqwayland*.so "$qt"/Qt/plugins/xcbglintegrations/*.so \
        "$qt"/Qt/plugins/wayland-shell-integration/*.so "$qt"/Qt/plugins/imageformats/libqsvg.so 2>/dev/null |
        sed -n 's/^[[:space:]]*\([^ ]*\) => not found.*/\1/p' | sort -u
}

missing=$(missing_libraries)
[ -n "$missing" ] || exit 0
[ "${1:-}" != --check ] || exit 1

packages=
for library in $missing; do
    if found=$(package_of "$library"); then
        packages="$packages $found"
    else
        printf '%s\n' "Qt misses the system library $library, and its package is not known here." >&2
    fi
done
packages=$(printf '%s\n' $packages | sort -u | tr '\n' ' ')
[ -n "${packages% }" ] || exit 0
# Without them only the window and its tests cannot start; everything in the terminal works, so go on.
apt_install "for the window" $packages || true
