"""One photo over the whole window: look closely, go on to the next, come back to the same place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QImage, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from imgsearch_desktop.domain.photo import Photo
from imgsearch_desktop.ui.theme.theme import Theme
from imgsearch_desktop.ui.viewer.canvas import PictureCanvas
from imgsearch_desktop.ui.viewer.details_overlay import DetailsOverlay
from imgsearch_desktop.ui.viewer.geometry import ZOOM_STEP
from imgsearch_desktop.ui.viewer.viewer_bar import ViewerBar
from imgsearch_desktop.ui.words.photo_details import details_of, photo_name
from imgsearch_desktop.ui.words.spoken import spoken
from imgsearch_desktop.workers.contract import Problem
from imgsearch_desktop.workers.pictures import PictureLoader, Renditions

SLIDE_MS = 5000
PAN_STEP = 80.0
REST_MS = 2500
"""In full screen the bar goes when the mouse has rested for so long."""
DETAILS_WIDTH = 360
MESSAGE_WIDTH = 560


class Viewer(QWidget):
    """Shows the photos of a list one at a time.

    The thumbnail is there at once, the full resolution as soon as it is read; the next and the previous photo
    are read ahead. Keys: arrows and Page keys step, Home and End jump, + and - zoom, 0 fits, 1 shows 100 %,
    F11 full screen, F5 slideshow, I details, Escape closes.

    Args:
        theme: colours.
        loader: gives the full pictures.
        thumbnail_of: a thumbnail that is in memory already, None where there is none.
        parent: the window it covers.
    """

    closed = Signal(int)
    """The photo that was looked at last."""
    shown = Signal(int)
    """A photo came up; `set_photo` is expected with what is known about it."""
    similar_requested = Signal(int)
    full_screen_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        loader: PictureLoader,
        thumbnail_of: Callable[[int], QImage | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._loader = loader
        self._thumbnail_of = thumbnail_of
        self._ids: Sequence[int] = ()
        self._index = 0
        self._sharp = False
        self._full_screen = False
        self._pointer = QPointF()
        self._build()
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self._hide_bar)
        theme.changed.connect(self._draw)
        self._draw()
        self._slides = QTimer(self, interval=SLIDE_MS)
        self._slides.timeout.connect(self._next_slide)
        loader.loaded.connect(self._on_loaded)
        loader.failed.connect(self._on_failed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Photo viewer"))
        self.hide()

    def _build(self) -> None:
        self.canvas = PictureCanvas(self)
        self.bar = ViewerBar(self._theme, self)
        self.message = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.message.setObjectName("viewerMessage")
        self.message.hide()
        self.details = DetailsOverlay(self)
        self.details.hide()
        for part in (self, self.canvas):
            part.setMouseTracking(True)
            part.installEventFilter(self)
        self.bar.close_clicked.connect(self.close_viewer)
        self.bar.previous_clicked.connect(lambda: self.step(-1))
        self.bar.next_clicked.connect(lambda: self.step(1))
        self.bar.fit_clicked.connect(self.canvas.toggle_actual_size)
        self.bar.details_toggled.connect(self._show_details)
        self.bar.slideshow_toggled.connect(self.run_slideshow)
        self.bar.full_screen_clicked.connect(self.full_screen_requested)
        self.bar.similar_clicked.connect(lambda: self.similar_requested.emit(self.photo_id))
        self.canvas.zoomed.connect(self._on_zoomed)

    @property
    def photo_id(self) -> int:
        """The photo that is looked at, -1 for none."""
        return int(self._ids[self._index]) if len(self._ids) else -1

    def open(self, photo_ids: Sequence[int], index: int) -> None:
        """Cover the window and show a photo of a list."""
        self._ids = photo_ids
        self._index = min(max(index, 0), max(len(photo_ids) - 1, 0))
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_current()

    def close_viewer(self) -> None:
        """Uncover the window."""
        if not self.isVisible():
            return
        self.run_slideshow(False)
        self._show_bar()
        self._rest.stop()
        self.hide()
        self.canvas.clear()
        last = self.photo_id
        self._loader.clear()
        self.closed.emit(last)

    def step(self, by: int) -> None:
        """Go on or back; stops at either end."""
        self.jump(self._index + by)

    def jump(self, index: int) -> None:
        """Go to a place in the list; beyond the ends means the ends."""
        target = min(max(index, 0), len(self._ids) - 1)
        if target != self._index and len(self._ids):
            self._index = target
            self._show_current()

    def remove(self, photo_id: int) -> None:
        """A photo is gone (moved to the trash): show the one after it, close after the last."""
        shown = self.photo_id
        self._ids = [one for one in self._ids if one != photo_id]
        if not self._ids:
            self.close_viewer()
        elif shown == photo_id:
            self._index = min(self._index, len(self._ids) - 1)
            self._show_current()
        else:
            self._index = list(self._ids).index(shown)

    def set_photo(self, photo: Photo) -> None:
        """What is known about the photo that came up; others are ignored."""
        if photo.photo_id != self.photo_id:
            return
        name = photo_name(photo)
        self.bar.set_photo(name, self._index + 1, len(self._ids))
        self.details.set_rows(details_of(photo))
        self._place_overlays()
        self.canvas.setAccessibleName(name)
        if not self._sharp:
            self._show_thumbnail(QSize(photo.facts.width, photo.facts.height))

    def set_full_screen(self, full: bool) -> None:
        """The window fills the screen now, or does so no more; the bar then hides while nobody moves."""
        self._full_screen = full
        self.bar.set_full_screen(full)
        self.setProperty("fullScreen", full)
        self._show_bar()
        self._place_overlays()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever moves the mouse sees the bar."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            pointer = event.globalPosition()
            if pointer != self._pointer:  # Qt also tells of moves when what lies under the pointer changes
                self._pointer = pointer
                self._show_bar()
        return super().eventFilter(watched, event)

    @property
    def slideshow_running(self) -> bool:
        """Whether photos change by themselves."""
        return self._slides.isActive()

    def run_slideshow(self, run: bool) -> None:
        """Start or stop changing photos every five seconds, from the end back to the start."""
        if run:
            self._slides.start()
        else:
            self._slides.stop()
        self.bar.set_slideshow(run)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The viewer's keys; what it does not know goes to the window."""
        steps = {
            Qt.Key.Key_PageDown: lambda: self.step(1),
            Qt.Key.Key_PageUp: lambda: self.step(-1),
            Qt.Key.Key_Space: lambda: self.step(1),
            Qt.Key.Key_Backspace: lambda: self.step(-1),
            Qt.Key.Key_Right: lambda: self._right_or_pan(1),
            Qt.Key.Key_Left: lambda: self._right_or_pan(-1),
            Qt.Key.Key_Down: lambda: self.canvas.pan(0, -PAN_STEP),
            Qt.Key.Key_Up: lambda: self.canvas.pan(0, PAN_STEP),
            Qt.Key.Key_Home: lambda: self.jump(0),
            Qt.Key.Key_End: lambda: self.jump(len(self._ids) - 1),
            Qt.Key.Key_Plus: lambda: self.canvas.zoom(ZOOM_STEP),
            Qt.Key.Key_Equal: lambda: self.canvas.zoom(ZOOM_STEP),
            Qt.Key.Key_Minus: lambda: self.canvas.zoom(1 / ZOOM_STEP),
            Qt.Key.Key_0: self.canvas.fit,
            Qt.Key.Key_1: self.canvas.show_actual_size,
            Qt.Key.Key_I: self.bar.toggle_details,
            Qt.Key.Key_F5: lambda: self.run_slideshow(not self.slideshow_running),
            Qt.Key.Key_F11: self.full_screen_requested.emit,
            Qt.Key.Key_Escape: self.close_viewer,
        }
        action = steps.get(Qt.Key(event.key()))
        if action is None:
            super().keyPressEvent(event)
            return
        action()
        if event.key() == Qt.Key.Key_I:
            self._show_bar()
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep message and details in their places."""
        super().resizeEvent(event)
        self._place_overlays()

    def _right_or_pan(self, direction: int) -> None:
        forward = direction if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else -direction
        if self.canvas.fits:
            self.step(forward)
        else:
            self.canvas.pan(-direction * PAN_STEP, 0)

    def _next_slide(self) -> None:
        self.jump((self._index + 1) % len(self._ids) if len(self._ids) else 0)

    def _show_current(self) -> None:
        self._sharp = False
        self.message.hide()
        self.bar.set_photo("", self._index + 1, len(self._ids))
        self.details.set_rows([])
        self._show_thumbnail(None)
        self.shown.emit(self.photo_id)
        neighbours = [self._index + 1, self._index - 1]
        ahead = [int(self._ids[place]) for place in neighbours if 0 <= place < len(self._ids)]
        self._loader.want(self.photo_id, ahead)

    def _show_thumbnail(self, photo_size: QSize | None) -> None:
        thumbnail = self._thumbnail_of(self.photo_id)
        if thumbnail is None:
            self.canvas.clear()
            return
        self.canvas.show_picture([thumbnail], photo_size or thumbnail.size(), keep_view=False)

    def _on_loaded(self, photo_id: int, pictures: Renditions) -> None:
        if photo_id != self.photo_id or not self.isVisible():
            return
        zoomed_in = not self.canvas.fits
        self._sharp = True
        self.message.hide()
        self.canvas.show_picture(pictures, pictures[0].size(), keep_view=zoomed_in)

    def _on_failed(self, photo_id: int, problem: Problem) -> None:
        if photo_id == self.photo_id:
            self.message.setText(spoken(problem.message))
            self.message.show()
            self.message.raise_()
            self._place_overlays()

    def _show_details(self, show: bool) -> None:
        self.details.setVisible(show)
        self._place_overlays()

    def _draw(self) -> None:
        self.canvas.set_background(self._theme.colour("bg"))

    def _on_zoomed(self, scale: float) -> None:
        self.bar.set_scale(scale)
        self.bar.set_fits(self.canvas.fits and scale < 1.0)

    def _show_bar(self) -> None:
        self.bar.show()
        self.unsetCursor()
        if self._full_screen and self.isVisible():
            self._rest.start()
        else:
            self._rest.stop()

    def _hide_bar(self) -> None:
        over = self.bar.geometry().contains(self.mapFromGlobal(QCursor.pos()))
        if over or self.bar.isAncestorOf(QApplication.focusWidget() or self):
            self._rest.start()
        elif self._full_screen:
            self.bar.hide()
            self.setCursor(Qt.CursorShape.BlankCursor)

    def _place_overlays(self) -> None:
        """The bar lies on the photo in full screen, so that the photo stays where it is when the bar goes."""
        height = self.bar.sizeHint().height()
        self.bar.setGeometry(0, 0, self.width(), height)
        self.canvas.setGeometry(self.rect().adjusted(0, 0 if self._full_screen else height, 0, 0))
        self.bar.raise_()
        area = self.rect().adjusted(0, height, 0, 0)
        width = min(DETAILS_WIDTH, max(area.width() - 32, 0))
        at_left = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = area.left() + 16 if at_left else area.right() - width - 16
        tall = min(self.details.wanted_height(width), max(area.height() - 32, 0))
        self.details.setGeometry(left, area.top() + 16, width, tall)
        self.details.raise_()
        width = min(area.width() - 64, MESSAGE_WIDTH)
        height = self.message.heightForWidth(width)
        self.message.setGeometry(area.center().x() - width // 2, area.bottom() - 32 - height, width, height)
