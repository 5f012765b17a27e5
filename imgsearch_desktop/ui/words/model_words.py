"""Models in the language of the window: names, what each is good for, where it stands."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale

from imgsearch_desktop.application.ports import ModelState, StoredModel
from imgsearch_desktop.application.tasks import Progress
from imgsearch_desktop.domain.model_list import MANY_LANGUAGES, ModelEntry
from imgsearch_desktop.ui.words.spoken import spoken

_CONTEXT = "ModelWords"

_TEXTS = (
    QT_TRANSLATE_NOOP("ModelWords", "CLIP, multilingual"),
    QT_TRANSLATE_NOOP("ModelWords", "CLIP, multilingual, full precision"),
    QT_TRANSLATE_NOOP("ModelWords", "XLM-RoBERTa CLIP"),
    QT_TRANSLATE_NOOP("ModelWords", "SigLIP 2, B/16"),
    QT_TRANSLATE_NOOP(
        "ModelWords",
        "Part of the program, works offline. Knows things, animals, food and scenes; "
        "not people, events or moods.",
    ),
    QT_TRANSLATE_NOOP(
        "ModelWords",
        "Understands people, events and moods too, in more than 50 languages. The smallest download.",
    ),
    QT_TRANSLATE_NOOP(
        "ModelWords",
        "The same model with photos encoded in full precision, as in the published recipe.",
    ),
    QT_TRANSLATE_NOOP(
        "ModelWords",
        "Equally good over many languages, rare ones too. A large text encoder; photos as fast as with CLIP.",
    ),
    QT_TRANSLATE_NOOP(
        "ModelWords", "Finds finer details, in many languages. Large, and several times slower per photo."
    ),
    QT_TRANSLATE_NOOP("ModelWords", "MIT and Apache-2.0"),
    QT_TRANSLATE_NOOP("ModelWords", "licence unknown"),
)
"""What `resources/models.toml` says in English; a test holds that the two are the same."""


def _tr(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)


def name_of(entry: ModelEntry) -> str:
    """What a model is called."""
    known = _tr(entry.name)
    return known if known != entry.name else spoken(entry.name)


def summary_of(entry: ModelEntry) -> str:
    """What a model is good for."""
    known = _tr(entry.summary)
    return known if known != entry.summary else spoken(entry.summary)


def licence_of(entry: ModelEntry) -> str:
    """The name of a model's licence; of a model that came from a folder nothing is known of it."""
    return _tr("licence unknown" if entry.licence == "unknown" else entry.licence)


def facts_of(entry: ModelEntry) -> str:
    """Languages, licence, speed and memory, one line."""
    facts = [_languages_of(entry), licence_of(entry)]
    locale = QLocale()
    if entry.photos_per_s:
        words = QCoreApplication.translate("ModelWords", "about {count} photos/s")
        facts.append(words.format(count=locale.toString(entry.photos_per_s)))
    if entry.memory_mb:
        words = QCoreApplication.translate("ModelWords", "{size} of memory")
        facts.append(words.format(size=megabytes(entry.memory_mb)))
    return " · ".join(facts)


def _languages_of(entry: ModelEntry) -> str:
    if MANY_LANGUAGES in entry.languages:
        return QCoreApplication.translate("ModelWords", "many languages")
    one, more = (
        QCoreApplication.translate("ModelWords", "1 language"),
        QCoreApplication.translate("ModelWords", "{count} languages"),
    )
    count = len(entry.languages)
    return one if count == 1 else more.format(count=QLocale().toString(count))


def megabytes(size: int) -> str:
    """A size in MB, as the language writes numbers."""
    return QCoreApplication.translate("ModelWords", "{size} MB").format(size=QLocale().toString(size))


def state_of(stored: StoredModel) -> str:
    """How far a model is on this computer."""
    match stored.state:
        case ModelState.READY:
            return QCoreApplication.translate("ModelWords", "On this computer")
        case ModelState.PARTIAL:
            words = QCoreApplication.translate("ModelWords", "{here} of {size} here")
            here = megabytes(round(stored.bytes_here / 1e6))
            return words.format(here=here, size=megabytes(stored.entry.download_mb))
        case ModelState.DAMAGED:
            return QCoreApplication.translate("ModelWords", "Damaged")
        case ModelState.REFUSED:
            return QCoreApplication.translate("ModelWords", "Not usable")
        case ModelState.ABSENT:
            words = QCoreApplication.translate("ModelWords", "{size} to download")
            return words.format(size=megabytes(stored.entry.download_mb))


def reason_of(stored: StoredModel) -> str:
    """Why a model that is here cannot be used, a sentence; "" for one that can or is not here."""
    if stored.state is ModelState.DAMAGED:
        return QCoreApplication.translate("ModelWords", "Some of its files are missing or damaged.")
    check = stored.check
    if stored.state is not ModelState.REFUSED or check is None:
        return ""
    if check.problem is not None:
        return spoken(check.problem)
    failed = (one for one in check.languages if one.claimed and not one.passed)
    recognised = ", ".join(f"{one.language} {one.right}/{one.drawings}" for one in failed)
    words = QCoreApplication.translate(
        "ModelWords", "Its pictures and words do not match each other (drawings recognised: {numbers})."
    )
    return words.format(numbers=recognised)


def progress_of(progress: Progress) -> str:
    """How far work on a model's files is."""
    phases = {
        "connecting": QCoreApplication.translate("ModelWords", "Connecting…"),
        "downloading": QCoreApplication.translate("ModelWords", "Downloading"),
        "copying": QCoreApplication.translate("ModelWords", "Copying"),
        "verifying": QCoreApplication.translate("ModelWords", "Verifying"),
        "reading": QCoreApplication.translate("ModelWords", "Looking at your photos…"),
        "converting": QCoreApplication.translate("ModelWords", "Converting and comparing…"),
        "checking": QCoreApplication.translate("ModelWords", "Trying it on drawings…"),
        "removing": QCoreApplication.translate("ModelWords", "Removing…"),
    }
    words = phases.get(progress.phase, "")
    if progress.phase in ("downloading", "copying", "verifying") and progress.total:
        of = QCoreApplication.translate("ModelWords", "{phase}: {done} of {total}")
        words = of.format(
            phase=words,
            done=QLocale().formattedDataSize(progress.done, 1, QLocale.DataSizeFormat.DataSizeSIFormat),
            total=QLocale().formattedDataSize(progress.total, 1, QLocale.DataSizeFormat.DataSizeSIFormat),
        )
    return words
