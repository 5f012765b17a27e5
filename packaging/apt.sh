# Sourced by the set-up scripts: install system packages, or say in one line how.

# apt_install WHY PACKAGE...: status 0 when they are installed. As root at once, else with sudo (which asks for
# the password on a terminal only), else prints the line to type.
apt_install() {
    why=$1
    shift
    command_line="apt-get install --yes --no-install-recommends $*"
    if ! command -v apt-get >/dev/null; then
        printf '%s\n' "Please install, $why: $* (names of Debian and Ubuntu)" >&2
        return 1
    fi
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        as_root=sudo
    else
        printf '%s\n' "Please type, $why: sudo $command_line" >&2
        return 1
    fi
    printf '%s\n' "Installing $* with apt, $why ..." >&2
    # The package lists of a fresh system are empty or old: try, fetch them, try again.
    $as_root env DEBIAN_FRONTEND=noninteractive $command_line >/dev/null 2>&1 && return
    $as_root apt-get update >/dev/null 2>&1 || true
    $as_root env DEBIAN_FRONTEND=noninteractive $command_line >/dev/null && return
    printf '%s\n' "That did not work. Please type, $why: sudo $command_line" >&2
    return 1
}
