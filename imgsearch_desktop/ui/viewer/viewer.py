"""One photo over the whole window: look closely, go on to the next, come back to the same place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from imgsearch_desktop.domain.photo import Photo
from imgsearch_desktop.ui.words.photo_details import details_of, photo_name
from imgsearch_desktop.ui.viewer.canvas import PictureCanvas
from imgsearch_desktop.ui.viewer.details_overlay import DetailsOverlay
from imgsearch_desktop.ui.viewer.geometry import ZOOM_STEP
from imgsearch_desktop.ui.viewer.viewer_bar import ViewerBar
from imgsearch_desktop.workers.contract import Problem
from imgsearch_desktop.workers.pictures import PictureLoader, Renditions

SLIDE_MS = 5000
PAN_STEP = 80.0


class Viewer(QWidget):
    """Shows the photos of a list one at a time.

    The thumbnail is there at once, the full resolution as soon as it is read; the next and the previous photo
    are read ahead. Keys: arrows and Page keys step, Home and End jump, + and - zoom, 0 fits, 1 shows 100 %,
    F11 full screen, F5 slideshow, I details, Escape closes.

    Args:
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
        loader: PictureLoader,
        thumbnail_of: Callable[[int], QImage | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._loader = loader
        self._thumbnail_of = thumbnail_of
        self._ids: Sequence[int] = ()
        self._index = 0
        self._sharp = False
        self._build()
        self._slides = QTimer(self, interval=SLIDE_MS)
        self._slides.timeout.connect(self._next_slide)
        loader.loaded.connect(self._on_loaded)
        loader.failed.connect(self._on_failed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Photo viewer"))
        self.hide()

    def _build(self) -> None:
        self.canvas = PictureCanvas(self)
        self.bar = ViewerBar(self)
        self.message = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.message.setObjectName("viewerMessage")
        self.message.hide()
        self.details = DetailsOverlay(self)
        self.details.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.canvas, 1)
        self.bar.close_clicked.connect(self.close_viewer)
        self.bar.previous_clicked.connect(lambda: self.step(-1))
        self.bar.next_clicked.connect(lambda: self.step(1))
        self.bar.fit_clicked.connect(self.canvas.toggle_actual_size)
        self.bar.details_toggled.connect(self._show_details)
        self.bar.slideshow_toggled.connect(self.run_slideshow)
        self.bar.full_screen_clicked.connect(self.full_screen_requested)
        self.bar.similar_clicked.connect(lambda: self.similar_requested.emit(self.photo_id))
        self.canvas.zoomed.connect(self.bar.set_scale)

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
        self.canvas.setAccessibleName(name)
        if not self._sharp:
            self._show_thumbnail(QSize(photo.facts.width, photo.facts.height))

    def set_background(self, colour: QColor) -> None:
        """The colour beside the photo."""
        self.canvas.set_background(colour)

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
            self.message.setText(problem.message)
            self.message.show()
            self.message.raise_()
            self._place_overlays()

    def _show_details(self, show: bool) -> None:
        self.details.setVisible(show)
        self._place_overlays()

    def _place_overlays(self) -> None:
        area = self.canvas.geometry()
        width = min(360, max(area.width() - 32, 0))
        at_left = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = area.left() + 16 if at_left else area.right() - width - 16
        self.details.setGeometry(left, area.top() + 16, width, max(area.height() - 32, 0))
        self.details.raise_()
        height = self.message.heightForWidth(min(area.width() - 64, 560)) + 32
        middle = area.center()
        self.message.setGeometry(middle.x() - 280, middle.y() - height // 2, 560, height)
