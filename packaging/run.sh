#!/bin/sh
# `make run`: the window, or without a display the same work in the terminal.
set -eu
cd "$(dirname "$0")/.."

# A shell that does not expand the ~ of `make run PHOTOS=~/Pictures` leaves that to us.
case ${PHOTOS:-} in
    "~" | "~/"*) PHOTOS=$HOME${PHOTOS#"~"} ;;
esac

if why=$(.venv/bin/python -m imgsearch_desktop.runtime.display); then
    exec .venv/bin/imgsearch-desktop ${PHOTOS:+"$PHOTOS"}
fi
printf '%s\n' "$why The work is done here in the terminal instead." >&2
if [ -z "${PHOTOS:-}" ]; then
    exec .venv/bin/python packaging/demo.py
fi
.venv/bin/imgsearch index "$PHOTOS"
printf '\n%s\n' "Now ask, in any language:  .venv/bin/imgsearch search \"a dog on the beach\"" >&2
