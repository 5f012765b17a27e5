#!/bin/sh
# Compile the lock files from pyproject.toml, for every system and Python at once, with hashes and without any
# registry address. `sh packaging/lock.sh --upgrade` takes the newest versions; without it, pins stay where they fit.
set -eu
cd "$(dirname "$0")/.."

compile() {
    .venv/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate \
        --python-version 3.11 --custom-compile-command "make lock" "$@"
}

compile pyproject.toml --output-file requirements.lock "$@"
compile --group build --constraint requirements.lock --output-file requirements-build.lock "$@"
compile pyproject.toml --group dev --constraint requirements.lock --constraint requirements-build.lock \
    --output-file requirements-dev.lock "$@"
# The demo looks into two wheels for their pictures and installs neither: what they need in turn is left out.
compile --group demo --no-deps --output-file requirements-demo.lock "$@"
# Of its own: transformers wants older tokenizers and huggingface-hub than users get. All else is as in the tests.
[ -e requirements-torch.lock ] || cp requirements-dev.lock requirements-torch.lock
compile pyproject.toml --extra sentence-transformers --extra eland --group dev \
    --output-file requirements-torch.lock "$@"
