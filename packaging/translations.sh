#!/bin/sh
# Gather the window's texts into resources/i18n/*.ts and compile these to the .qm files the program loads.
#
# English needs an entry for texts with a number only ("1 photo", "2 photos"); the others stand in the source. What the
# core says in English is gathered, too (core_sentences.py), so that the window can say it in another language.
set -eu
cd "$(dirname "$0")/.."
bin=.venv/bin
gathered=$(mktemp -d)
trap 'rm -r "$gathered"' EXIT
sources="imgsearch_desktop/ui imgsearch_desktop/workers imgsearch_desktop/bootstrap $gathered"
common="-silent -extensions py -locations none -no-obsolete -source-language en"

$bin/python packaging/core_sentences.py "$gathered/core.py"
# shellcheck disable=SC2086 # lists of words
$bin/pyside6-lupdate $common $sources -ts resources/i18n/imgsearch_de.ts -target-language de
# shellcheck disable=SC2086
$bin/pyside6-lupdate $common $sources -pluralonly -ts resources/i18n/imgsearch_en.ts -target-language en
for ts in resources/i18n/*.ts; do
    $bin/pyside6-lrelease -silent "$ts" -qm "${ts%.ts}.qm"
done
