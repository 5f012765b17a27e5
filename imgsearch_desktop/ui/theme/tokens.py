"""The design tokens: colours of both themes, space, radius, type scale; whatever is drawn takes them here."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one theme as "#RRGGBB".

    Attributes:
        bg: window and grid.
        side: sidebar and panels.
        surface: fields, cards.
        raised: chips, menus.
        line: hairlines.
        text: what is read first.
        muted: what steps back, still readable.
        accent: focus, selection, primary action; the only accent.
        on_accent: text on accent.
        ok: something went well.
        warn: something needs attention.
        dark: whether light text stands on dark ground.
    """

    bg: str
    side: str
    surface: str
    raised: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    ok: str
    warn: str
    dark: bool

    @property
    def selected(self) -> str:
        """Ground of a selected row in the sidebar or a list."""
        return mix(self.side, self.accent, 0.20 if self.dark else 0.08)

    @property
    def hover(self) -> str:
        """Ground of what the pointer is over."""
        return mix(self.side, self.text, 0.04)

    @property
    def pressed(self) -> str:
        """Ground of what is being pressed."""
        return mix(self.side, self.text, 0.06)

    @property
    def accent_hover(self) -> str:
        """A primary button under the pointer."""
        return mix(self.accent, self.on_accent if self.dark else self.text, 0.10)

    @property
    def edge(self) -> str:
        """Outline of the drop zone and of fields: clearer than a hairline, still quiet."""
        return mix(self.line, self.muted, 0.25)

    def colours(self) -> dict[str, str]:
        """Every colour by name, derived ones included."""
        given = {name: value for name, value in asdict(self).items() if name != "dark"}
        derived = ("selected", "hover", "pressed", "accent_hover", "edge")
        return given | {name: getattr(self, name) for name in derived}


DARK = Palette(
    bg="#0F1113", side="#14171A", surface="#1A1E22", raised="#22272C", line="#2B3138", text="#E8EBEE",
    muted="#9BA5AF", accent="#6C9BFF", on_accent="#0B1220", ok="#5FC98B", warn="#F0B45A", dark=True,
)  # fmt: skip

LIGHT = Palette(
    bg="#F6F7F9", side="#EEF0F3", surface="#FFFFFF", raised="#FFFFFF", line="#DDE1E6", text="#1A1D21",
    muted="#5B6570", accent="#2459E0", on_accent="#FFFFFF", ok="#187A42", warn="#9A5B00", dark=False,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Space:
    """Distances in logical pixels, on a grid of 4."""

    xs: int = 4
    s: int = 8
    m: int = 12
    l: int = 16  # noqa: E741 - the scale's own name
    xl: int = 24
    xxl: int = 32


@dataclass(frozen=True, slots=True)
class Size:
    """Sizes in logical pixels.

    Attributes:
        target: least side of anything that can be clicked.
        search_bar: height of the top bar.
        filter_bar: height of the filter row.
        status_bar: height of the status bar.
        sidebar: usual width of the sidebar, which can be dragged from least to most.
        sidebar_least: see sidebar.
        sidebar_most: see sidebar.
        sidebar_icons: width of the sidebar when it shows icons only.
        panel: usual width of the similar panel, which can be dragged from least to most.
        panel_least: see panel.
        panel_most: see panel.
        field: height of the search field.
        search: greatest width of the search field.
        narrow: below this window width the panel takes the grid's place and the sidebar shows icons.
    """

    target: int = 28
    search_bar: int = 64
    filter_bar: int = 48
    status_bar: int = 32
    sidebar: int = 208
    sidebar_least: int = 168
    sidebar_most: int = 440
    sidebar_icons: int = 52
    panel: int = 336
    panel_least: int = 272
    panel_most: int = 720
    field: int = 40
    search: int = 860
    narrow: int = 1100


@dataclass(frozen=True, slots=True)
class Radius:
    """Corner radii in logical pixels."""

    small: int = 6
    normal: int = 8
    search: int = 10
    drop: int = 18


@dataclass(frozen=True, slots=True)
class Type:
    """Font sizes in logical pixels; weights are 400 and 600."""

    caption: int = 11
    small: int = 12
    body: int = 13
    title: int = 16
    display: int = 20


SPACE = Space()
SIZE = Size()
RADIUS = Radius()
TYPE = Type()


def mix(under: str, over: str, amount: float) -> str:
    """Lay `amount` (0 to 1) of one colour over another."""
    a, b = _rgb(under), _rgb(over)
    return "#" + "".join(f"{round(x + (y - x) * amount):02X}" for x, y in zip(a, b, strict=True))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    channels = [value / 255 for value in _rgb(colour)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
