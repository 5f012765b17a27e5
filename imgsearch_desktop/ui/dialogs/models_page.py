"""The page of the preferences about the models."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from imgsearch_desktop.application.settings import Settings
from imgsearch_desktop.domain.embedding import ModelId
from imgsearch_desktop.ui.dialogs.model_card import ModelCard, ShownModel, WorkUnderWay
from imgsearch_desktop.ui.dialogs.preferences_page import PreferencesPage
from imgsearch_desktop.ui.theme.tokens import SPACE


class ModelsPage(PreferencesPage):
    """Which models there are, which one searches, how others come and go.

    Signals:
        use_asked, download_asked, faster_asked, verify_asked, remove_asked: id of the model.
        folder_chosen: path (text) of a model's folder on this computer.
        pause_asked, cancel_asked: of the work under way.
    """

    use_asked = Signal(str)
    download_asked = Signal(str)
    faster_asked = Signal(str)
    verify_asked = Signal(str)
    remove_asked = Signal(str)
    folder_chosen = Signal(str)
    pause_asked = Signal()
    cancel_asked = Signal()
    icon = "brain"

    def __init__(self) -> None:
        super().__init__()
        self.cards: dict[ModelId, ModelCard] = {}
        self.said = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.said.hide()
        self.folder = QPushButton(self.tr("Take a model from a folder…"))
        self.folder.setAccessibleName(self.folder.text().rstrip("…"))
        self.folder.clicked.connect(self._choose_folder)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, SPACE.s, 0)
        self._column.setSpacing(SPACE.s)
        self._column.addStretch(1)
        self._lay_out()

    def _lay_out(self) -> None:
        content = QWidget()
        content.setLayout(self._column)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(SPACE.s)
        page.addWidget(area, 1)
        page.addWidget(self.said)
        page.addWidget(self.folder, 0, Qt.AlignmentFlag.AlignLeft)

    def title(self) -> str:
        """Name of the page."""
        return self.tr("Models")

    def show_settings(self, settings: Settings) -> None:
        """The library, not the settings, says which model searches."""

    def applied_to(self, settings: Settings) -> Settings:
        """The settings as they are."""
        return settings

    # --- what it shows ---------------------------------------------------------------------------------

    def show_models(self, models: Sequence[ShownModel]) -> None:
        """Show these, in this order; what is asked in a card goes on."""
        there = {shown.stored.model_id for shown in models}
        for model_id in [model_id for model_id in self.cards if model_id not in there]:
            self.cards.pop(model_id).deleteLater()
        for place, shown in enumerate(models):
            card = self.cards.get(shown.stored.model_id)
            if card is None:
                self._column.insertWidget(place, self._new_card(shown))
            else:
                card.show_model(shown)

    def show_work(self, model_id: ModelId | None, work: WorkUnderWay | None) -> None:
        """Show what is being done.

        Args:
            model_id: with which model; None for one that is only coming from a folder.
            work: None for nothing.
        """
        for of, card in self.cards.items():
            mine = work is not None and of == model_id
            card.show_work(work if mine else None, others_busy=work is not None and not mine)
        self.folder.setEnabled(work is None)

    def say(self, words: str, *, warn: bool = False) -> None:
        """Show a sentence about what came of something; "" hides it."""
        self.said.setText(words)
        self.said.setProperty("tone", "warn" if warn else "plain")
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)
        self.said.setVisible(bool(words))

    def _new_card(self, shown: ShownModel) -> ModelCard:
        card = ModelCard(shown)
        model_id = shown.stored.model_id
        card.use_asked.connect(lambda: self.use_asked.emit(model_id))
        card.download_asked.connect(lambda: self.download_asked.emit(model_id))
        card.faster_asked.connect(lambda: self.faster_asked.emit(model_id))
        card.verify_asked.connect(lambda: self.verify_asked.emit(model_id))
        card.remove_asked.connect(lambda: self.remove_asked.emit(model_id))
        card.pause_asked.connect(self.pause_asked)
        card.cancel_asked.connect(self.cancel_asked)
        self.cards[model_id] = card
        return card

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("A model's folder"))
        if folder:
            self.folder_chosen.emit(folder)
