"""The table of actions: words, keys, and place in the menus of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark a text for translation in a context; it is translated where it is shown."""
    return text


class Menu(Enum):
    """The menus in their order; the values are their words."""

    FILE = QT_TRANSLATE_NOOP("Menu", "File")
    PHOTO = QT_TRANSLATE_NOOP("Menu", "Photo")
    VIEW = QT_TRANSLATE_NOOP("Menu", "View")
    GO = QT_TRANSLATE_NOOP("Menu", "Go")
    HELP = QT_TRANSLATE_NOOP("Menu", "Help")


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    Attributes:
        key: its name in the program.
        words: for people, translated in the context "Action".
        menu: where it stands.
        keys: shortcuts in Qt's portable form.
        icon: Phosphor's name, "" for none.
        on_photos: it acts on the selected photos and stands in their right-click menu.
        group: a line stands between actions of different groups.
        checkable: it is on or off.
        in_grid: its keys are the grid's own; they are shown here, the grid listens to them.
    """

    key: str
    words: str
    menu: Menu
    keys: tuple[str, ...] = ()
    icon: str = ""
    on_photos: bool = False
    group: int = 0
    checkable: bool = False
    in_grid: bool = False


_A = ActionSpec

ACTIONS: tuple[ActionSpec, ...] = (
    _A(
        "add_folder",
        QT_TRANSLATE_NOOP("Action", "Add a folder…"),
        Menu.FILE,
        ("Ctrl+Shift+O",),
        "folder-plus",
    ),
    _A(
        "search_picture",
        QT_TRANSLATE_NOOP("Action", "Search with a picture…"),
        Menu.FILE,
        ("Ctrl+O",),
        "camera",
    ),
    _A(
        "paste",
        QT_TRANSLATE_NOOP("Action", "Search with the picture in the clipboard"),
        Menu.FILE,
        ("Ctrl+V",),
    ),
    _A(
        "rescan",
        QT_TRANSLATE_NOOP("Action", "Look for new photos"),
        Menu.FILE,
        ("Ctrl+R",),
        "arrow-counter-clockwise",
        group=1,
    ),
    _A("pause", QT_TRANSLATE_NOOP("Action", "Pause or go on indexing"), Menu.FILE, (), "pause", group=1),
    _A(
        "failures",
        QT_TRANSLATE_NOOP("Action", "Files that could not be read"),
        Menu.FILE,
        (),
        "warning",
        group=1,
    ),
    _A(
        "forget_searches",
        QT_TRANSLATE_NOOP("Action", "Forget earlier searches"),
        Menu.FILE,
        (),
        "",
        group=2,
    ),
    _A(
        "preferences", QT_TRANSLATE_NOOP("Action", "Preferences"), Menu.FILE, ("Ctrl+,",), "gear-six", group=2
    ),
    _A("quit", QT_TRANSLATE_NOOP("Action", "Quit"), Menu.FILE, ("Ctrl+Q",), "", group=3),
    _A(
        "view",
        QT_TRANSLATE_NOOP("Action", "View"),
        Menu.PHOTO,
        ("Return", "Space"),
        "arrows-out",
        on_photos=True,
        in_grid=True,
    ),
    _A(
        "similar",
        QT_TRANSLATE_NOOP("Action", "Find similar photos"),
        Menu.PHOTO,
        ("Shift+Return",),
        "sparkle",
        on_photos=True,
        in_grid=True,
    ),
    _A(
        "as_query",
        QT_TRANSLATE_NOOP("Action", "Add to the search"),
        Menu.PHOTO,
        ("Ctrl+E",),
        "magnifying-glass",
        on_photos=True,
    ),
    _A(
        "details",
        QT_TRANSLATE_NOOP("Action", "Details"),
        Menu.VIEW,
        ("Ctrl+I",),
        "info",
        checkable=True,
        group=1,
    ),
    _A("copy", QT_TRANSLATE_NOOP("Action", "Copy"), Menu.PHOTO, ("Ctrl+C",), "copy", on_photos=True, group=1),
    _A(
        "copy_path",
        QT_TRANSLATE_NOOP("Action", "Copy path"),
        Menu.PHOTO,
        ("Ctrl+Shift+C",),
        "link",
        on_photos=True,
        group=1,
    ),
    _A(
        "reveal",
        QT_TRANSLATE_NOOP("Action", "Show in folder"),
        Menu.PHOTO,
        ("Ctrl+Shift+R",),
        "folder-open",
        on_photos=True,
        group=2,
    ),
    _A(
        "open_with",
        QT_TRANSLATE_NOOP("Action", "Open with the default program"),
        Menu.PHOTO,
        ("Ctrl+Return",),
        "export",
        on_photos=True,
        group=2,
    ),
    _A(
        "copy_files",
        QT_TRANSLATE_NOOP("Action", "Copy to a folder…"),
        Menu.PHOTO,
        ("Ctrl+Shift+S",),
        "folder-plus",
        on_photos=True,
        group=2,
    ),
    _A(
        "export_list",
        QT_TRANSLATE_NOOP("Action", "Export the list of paths…"),
        Menu.PHOTO,
        ("Ctrl+Shift+E",),
        "list",
        on_photos=True,
        group=2,
    ),
    _A(
        "correct_date",
        QT_TRANSLATE_NOOP("Action", "Correct the date…"),
        Menu.PHOTO,
        ("Ctrl+D",),
        "pencil-simple",
        on_photos=True,
        group=3,
    ),
    _A(
        "trash",
        QT_TRANSLATE_NOOP("Action", "Move to the trash"),
        Menu.PHOTO,
        ("Del",),
        "trash",
        on_photos=True,
        group=3,
        in_grid=True,
    ),
    _A(
        "undo",
        QT_TRANSLATE_NOOP("Action", "Undo"),
        Menu.PHOTO,
        ("Ctrl+Z",),
        "arrow-counter-clockwise",
        group=4,
    ),
    _A(
        "select_all",
        QT_TRANSLATE_NOOP("Action", "Select all"),
        Menu.PHOTO,
        ("Ctrl+A",),
        "",
        group=5,
        in_grid=True,
    ),
    _A("search", QT_TRANSLATE_NOOP("Action", "Search"), Menu.VIEW, ("Ctrl+F",), "magnifying-glass"),
    _A("sidebar", QT_TRANSLATE_NOOP("Action", "Sidebar"), Menu.VIEW, ("F9",), "", checkable=True, group=1),
    _A("larger", QT_TRANSLATE_NOOP("Action", "Larger tiles"), Menu.VIEW, ("Ctrl++", "Ctrl+="), "", group=2),
    _A("smaller", QT_TRANSLATE_NOOP("Action", "Smaller tiles"), Menu.VIEW, ("Ctrl+-",), "", group=2),
    _A("fill", QT_TRANSLATE_NOOP("Action", "Fill the tiles"), Menu.VIEW, (), "", checkable=True, group=2),
    _A("full_screen", QT_TRANSLATE_NOOP("Action", "Full screen"), Menu.VIEW, ("F11",), "", group=3),
    _A("back", QT_TRANSLATE_NOOP("Action", "Back"), Menu.GO, ("Alt+Left",), "arrow-left"),
    _A("forward", QT_TRANSLATE_NOOP("Action", "Forward"), Menu.GO, ("Alt+Right",), "arrow-right"),
    _A("all", QT_TRANSLATE_NOOP("Action", "All photos"), Menu.GO, ("Ctrl+1",), "image", group=1),
    _A("recent", QT_TRANSLATE_NOOP("Action", "Recently added"), Menu.GO, ("Ctrl+2",), "clock", group=1),
    _A("duplicates", QT_TRANSLATE_NOOP("Action", "Duplicates"), Menu.GO, ("Ctrl+3",), "copy", group=1),
    _A("away", QT_TRANSLATE_NOOP("Action", "Away"), Menu.GO, ("Ctrl+4",), "hard-drive", group=1),
    _A("shortcuts", QT_TRANSLATE_NOOP("Action", "Keyboard shortcuts"), Menu.HELP, ("F1",), "keyboard"),
)
