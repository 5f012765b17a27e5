#!/bin/sh
# Whether a change has to pass `make test-torch`: exit 0 and the reason, or 1 and why not.
#
# It has to where the environment is there, and where models, engines or lock files differ from what the change
# started from: CI_BASE where that is set, else where the branch left the one it follows, else the last commit.
# Torch takes 7 GB: without room for it the comparison is left out, and said to be.
cd "$(dirname "$0")/.." || exit 1

touched() {
    base=${CI_BASE:-$(git merge-base HEAD '@{upstream}' 2>/dev/null)}
    # A fresh clone has nothing of its own: there the last commit is what is looked at.
    [ -n "$base" ] && [ "$base" != "$(git rev-parse HEAD)" ] || base=$(git rev-parse 'HEAD^' 2>/dev/null) || return 1
    git diff --quiet "$base" -- imgsearch_desktop/adapters/models imgsearch_desktop/adapters/embedded \
        imgsearch_desktop/adapters/elasticsearch tests/torch tests/support/small_models 'requirements*.lock' && return 1
    return 0
}

free_gb() { df -Pk . | awk 'NR == 2 { print int($4 / 1048576) }'; }

if [ -x .venv-torch/bin/python ]; then
    echo "test-torch: .venv-torch is there."
elif ! touched; then
    echo "test-torch left out: no .venv-torch, and no model, engine or lock file has changed."
    exit 1
elif [ "$(free_gb)" -lt 12 ]; then
    echo "test-torch left out: torch needs 7 GB, and $(free_gb) GB are free."
    exit 1
else
    echo "test-torch: models, engines or lock files have changed."
fi
