"""Where an Elasticsearch server is and how to sign in to it: the fields of a form."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from imgsearch_desktop.application.settings import EngineSettings
from imgsearch_desktop.ui.dialogs.preferences_page import FIELD_WIDTH, choice_of, form_of, select
from imgsearch_desktop.ui.theme.theme import Theme

NONE, PASSWORD, API_KEY = "none", "password", "api-key"
"""Ways to sign in."""


class ServerForm(QWidget):
    """`edited` is sent when the user changes a field. A secret that was kept is never shown.

    Args:
        theme: colours.
        engine: stands above the fields, in line with them.
    """

    edited = Signal()

    def __init__(self, theme: Theme, engine: QWidget) -> None:
        super().__init__()
        self._engine = engine
        self._shown = True
        self.url = self._field(self.tr("Address"), "https://localhost:9200")
        self.sign_in = choice_of(
            theme,
            self.tr("Sign in"),
            (
                (NONE, self.tr("Not at all")),
                (PASSWORD, self.tr("User and password")),
                (API_KEY, self.tr("API key")),
            ),
        )
        self.user = self._field(self.tr("User"))
        self.secret = self._field(self.tr("Password or key"), self.tr("as it was kept"))
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.cloud_id = self._field(self.tr("Cloud ID"), self.tr("instead of an address"))
        self.certificate = self._field(self.tr("Certificate"), self.tr("PEM file"))
        self.fingerprint = self._field(self.tr("Fingerprint"), self.tr("SHA-256, instead of the file"))
        self.shards = self._number(self.tr("Parts of the index"), 1, 1024)
        self.replicas = self._number(self.tr("Copies of each part"), 0, 16)
        self.more = QPushButton(self.tr("More…"))
        self.more.setProperty("kind", "link")
        self.more.setCheckable(True)
        self._form = self._laid_out()
        self.sign_in.activated.connect(self._on_sign_in)
        self.more.toggled.connect(self._show_rows)
        self._show_rows()

    def _field(self, name: str, example: str = "") -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setPlaceholderText(example)
        field.setMinimumWidth(FIELD_WIDTH)
        field.textEdited.connect(self.edited)
        return field

    def _number(self, name: str, least: int, most: int) -> QLineEdit:
        field = self._field(name)
        field.setValidator(QIntValidator(least, most, field))
        field.setMinimumWidth(0)
        field.setFixedWidth(72)
        return field

    def _laid_out(self) -> QFormLayout:
        form = form_of(self)
        choose = QPushButton(self.tr("Choose…"))
        choose.clicked.connect(self._choose_certificate)
        self._certificate_row = QWidget()
        row = QHBoxLayout(self._certificate_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.certificate, 1)
        row.addWidget(choose)
        self.certificate.setMinimumWidth(FIELD_WIDTH // 2)
        rows: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Engine"), self._engine),
            (self.tr("Address"), self.url),
            (self.tr("Sign in"), self.sign_in),
            (self.tr("User"), self.user),
            (self.tr("Password or key"), self.secret),
            ("", self.more),
            (self.tr("Cloud ID"), self.cloud_id),
            (self.tr("Certificate"), self._certificate_row),
            (self.tr("Fingerprint"), self.fingerprint),
            (self.tr("Parts of the index"), self.shards),
            (self.tr("Copies of each part"), self.replicas),
        )
        for words, widget in rows:
            form.addRow(words, widget)
        return form

    # --- settings --------------------------------------------------------------------------------------

    def show_settings(self, settings: EngineSettings) -> None:
        """Set the fields."""
        self.url.setText(settings.elasticsearch_url or "")
        select(self.sign_in, PASSWORD if settings.user else NONE)
        self.user.setText(settings.user or "")
        self.secret.clear()
        self.cloud_id.setText(settings.cloud_id or "")
        self.certificate.setText(settings.ca_certificate or "")
        self.fingerprint.setText(settings.fingerprint or "")
        self.shards.setText(str(settings.shards))
        self.replicas.setText(str(settings.replicas))
        self._show_rows()

    def applied_to(self, settings: EngineSettings) -> EngineSettings:
        """The settings with what the fields say, Elasticsearch chosen."""
        signs_in = self.sign_in.currentData() == PASSWORD
        return replace(
            settings,
            engine="elasticsearch",
            elasticsearch_url=self.url.text().strip() or None,
            cloud_id=self.cloud_id.text().strip() or None,
            user=(self.user.text().strip() or None) if signs_in else None,
            ca_certificate=self.certificate.text().strip() or None,
            fingerprint=self.fingerprint.text().strip() or None,
            shards=_number_in(self.shards, settings.shards),
            replicas=_number_in(self.replicas, settings.replicas),
        ).moved_from(settings)

    @property
    def typed_secret(self) -> str | None:
        """The password or API key that was typed, None for the one that is kept."""
        typed = self.secret.text() if self.sign_in.currentData() != NONE else ""
        return typed or None

    # --- what is shown ---------------------------------------------------------------------------------

    def _on_sign_in(self) -> None:
        self._show_rows()
        self.edited.emit()

    def show_server(self, shown: bool) -> None:
        """Show the fields, or the engine alone."""
        self._shown = shown
        self._show_rows()

    def _show_rows(self) -> None:
        way, more = self.sign_in.currentData(), self._shown and self.more.isChecked()
        always: tuple[QWidget, ...] = (self.url, self.sign_in, self.more)
        for widget in always:
            self._form.setRowVisible(widget, self._shown)
        self._form.setRowVisible(self.user, self._shown and way == PASSWORD)
        self._form.setRowVisible(self.secret, self._shown and way != NONE)
        seldom = (self.cloud_id, self._certificate_row, self.fingerprint, self.shards, self.replicas)
        for widget in seldom:
            self._form.setRowVisible(widget, more)
        self.more.setText(self.tr("Less") if more else self.tr("More…"))

    def _choose_certificate(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, self.tr("Certificate of the authority"))
        if chosen:
            self.certificate.setText(chosen)
            self.edited.emit()


def _number_in(field: QLineEdit, before: int) -> int:
    """What the field says, what held before where that is no number within its bounds."""
    return int(field.text()) if field.hasAcceptableInput() else before
