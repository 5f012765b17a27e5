"""Every text of the window exists in English and German, and the compiled files are what the sources say."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QLocale

from imgsearch_desktop.ui.language import LANGUAGES, speak
from imgsearch_desktop.ui.words.spoken import CONTEXT
from tests.support.core_texts import as_source, core_texts
from tests.support.repository import ROOT

I18N = ROOT / "resources" / "i18n"
SOURCES = [ROOT / "imgsearch_desktop" / room for room in ("ui", "workers", "bootstrap")]
PROGRAMS = Path(sys.executable).parent
PLACEHOLDER = re.compile(r"\{\w*\}|%n")


def messages(path):
    """(context, source) -> the translations: one, or one per number."""
    found = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            assert translation.get("type") is None, (message.findtext("source"), translation.get("type"))
            forms = [form.text or "" for form in translation.iter("numerusform")]
            key = (context.findtext("name"), message.findtext("source"))
            found[key] = forms or [translation.text or ""]
    return found


def texts_in_sources():
    """Every text that is handed to `tr`, `translate` or `QT_TRANSLATE_NOOP`, found by Python's own parser."""
    found = set()
    for path in (path for room in SOURCES for path in room.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
                place = {"tr": 0, "translate": 1, "QT_TRANSLATE_NOOP": 1}.get(name or "")
                if place is not None and len(node.args) > place:
                    argument = node.args[place]
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        found.add(argument.value)
    return found


@pytest.fixture(scope="module")
def gathered(tmp_path_factory):
    """What lupdate finds in the sources now, and what the core says."""
    path = tmp_path_factory.mktemp("texts") / "now.ts"
    core = path.with_name("core.py")
    core.write_text(as_source(core_texts().templates), "utf-8")
    rooms = [str(room) for room in (*SOURCES, core)]
    command = [str(PROGRAMS / "pyside6-lupdate"), "-silent", "-extensions", "py", *rooms, "-ts", str(path)]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    root = ElementTree.parse(path).getroot()
    return {
        (context.findtext("name"), message.findtext("source")): message.get("numerus") == "yes"
        for context in root.iter("context")
        for message in context.iter("message")
    }


def test_every_text_of_the_core_is_gathered_for_the_window(gathered):
    assert {source for context, source in gathered if context == CONTEXT} == core_texts().templates
    listed = json.loads((I18N / "core_sentences.json").read_text("utf-8"))
    assert listed == sorted(core_texts().templates), "run: make translations"


def test_every_text_of_the_sources_is_seen_by_lupdate(gathered):
    unseen = texts_in_sources() - {source for _, source in gathered}
    assert not unseen


def test_german_has_every_text_and_no_other(gathered):
    german = messages(I18N / "imgsearch_de.ts")
    assert set(german) == set(gathered), "run: make translations, and translate what is new"
    empty = [key for key, forms in german.items() if not all(forms)]
    assert not empty


def test_english_has_the_forms_for_numbers(gathered):
    english = messages(I18N / "imgsearch_en.ts")
    assert set(english) == {key for key, numerus in gathered.items() if numerus}
    assert all(len(forms) == 2 and all(forms) for forms in english.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_those_of_the_source(language):
    wrong = [
        (source, form)
        for (_, source), forms in messages(I18N / f"imgsearch_{language}.ts").items()
        for form in forms
        if sorted(PLACEHOLDER.findall(form)) != sorted(PLACEHOLDER.findall(source))
    ]
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_file_is_up_to_date(language, tmp_path):
    compiled = tmp_path / "now.qm"
    source = I18N / f"imgsearch_{language}.ts"
    release = str(PROGRAMS / "pyside6-lrelease")
    subprocess.run([release, "-silent", str(source), "-qm", str(compiled)], check=True)
    assert compiled.read_bytes() == (I18N / f"imgsearch_{language}.qm").read_bytes(), "run: make translations"


def test_a_text_with_a_number_has_its_forms(gathered):
    """`translate` gets none from lupdate, `tr` does."""
    assert [source for (_, source), numerus in gathered.items() if "%n" in source and not numerus] == []


def test_a_plural_form_is_never_shown_raw():
    """No form of any language keeps the "(s)" of the source."""
    raw = [
        form
        for language in LANGUAGES
        for forms in messages(I18N / f"imgsearch_{language}.ts").values()
        for form in forms
        if "(s)" in form or "(es)" in form
    ]
    assert not raw


@pytest.mark.usefixtures("language")
def test_language_islanguage_and_exchanged(qapp):
    assert speak(qapp, "de") == "de"
    assert qapp.translate("Action", "Quit") == "Beenden"
    assert qapp.translate("BrowserPresenter", "%n photo(s)", "", 1) == "1 Foto"
    assert QLocale().toString(12410) == "12.410"
    assert speak(qapp, "en") == "en"
    assert qapp.translate("Action", "Quit") == "Quit"
    assert qapp.translate("BrowserPresenter", "%n photo(s)", "", 2) == "2 photos"


@pytest.mark.usefixtures("language")
def test_unknown_language_means_one_that_exists(qapp):
    assert speak(qapp, "tlh") in LANGUAGES
