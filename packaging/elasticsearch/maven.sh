#!/bin/sh
# See that Maven is there: status 0 when it is, 3 when it is not and cannot be installed.
set -eu
cd "$(dirname "$0")/../.."
. packaging/apt.sh

command -v mvn >/dev/null || apt_install "to fetch an Elasticsearch server for the tests" maven || exit 3
