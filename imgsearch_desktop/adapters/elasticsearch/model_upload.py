"""Models on the cluster: uploaded as eland prepares them, started, waited for."""

from __future__ import annotations

import base64
import contextlib
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imgsearch_desktop.adapters.elasticsearch.connection import ElasticsearchConnection
from imgsearch_desktop.adapters.elasticsearch.errors import IndexGoneError
from imgsearch_desktop.adapters.elasticsearch.model_errors import deployment_trouble, told_of_model
from imgsearch_desktop.adapters.elasticsearch.server import Server
from imgsearch_desktop.adapters.elasticsearch.traced_model import TracedModel, trace_model
from imgsearch_desktop.application.tasks import Progress, ProgressMeter, TaskControl
from imgsearch_desktop.application.upload_model import PREPARING, STARTING, UPLOADING
from imgsearch_desktop.domain.errors import EngineError

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

CHUNK = 1 << 20
"""Bytes in a part of the definition, as eland sends them."""

LOOK_S = 0.5
"""Between two looks at a deployment that starts."""

Trace = Callable[[str, Path, tuple[int, int, int], TaskControl], TracedModel]


class ElasticsearchModels:
    """Fulfils `ModelHost`.

    eland prepares what is sent; it is sent from here, so that it can be watched and stopped.

    Args:
        connection: the server.
        trace: prepares a model.
    """

    def __init__(self, connection: ElasticsearchConnection, trace: Trace = trace_model) -> None:
        self._server = Server(connection)
        self._trace = trace

    def deploy(
        self, source: str, model_id: str, control: TaskControl, report: Callable[[Progress], None]
    ) -> None:
        """See `ModelHost.deploy`."""
        meter = ProgressMeter(report)
        known = self._known(model_id)
        if known is None or not known.get("fully_defined", True):
            with tempfile.TemporaryDirectory(prefix="imgsearch-model-") as folder:
                meter.update(PREPARING, 0, force=True)
                traced = self._trace(source, Path(folder), self._version(), control)
                control.checkpoint()
                if known is not None:
                    self._delete(model_id)
                self._upload(traced, model_id, control, meter)
        self._start(model_id, control, meter)

    def close(self) -> None:
        """Let go of the server; safe to call twice."""
        self._server.close()

    @contextlib.contextmanager
    def _asked(self, model_id: str) -> Iterator[Elasticsearch]:
        with self._server.worked() as client, told_of_model(self._server.address, model_id):
            yield client

    def _known(self, model_id: str) -> dict[str, Any] | None:
        """What the server knows of a model, None if it does not have it."""
        with self._asked(model_id) as client:
            answer = client.options(ignore_status=404).ml.get_trained_models(
                model_id=model_id, include="definition_status"
            )
        if answer.meta.status == 404:
            return None
        configs = answer.body.get("trained_model_configs") or [{}]
        return dict(configs[0])

    def _version(self) -> tuple[int, int, int]:
        """Of the server; the oldest one that is supported where it may not be asked."""
        with self._server.asked() as client:
            answer = client.options(ignore_status=(400, 403, 405)).info().body
        number = str(answer.get("version", {}).get("number") or "9.0.0").partition("-")[0]
        parts = [int(part) for part in number.split(".")[:3] if part.isdigit()]
        major, minor, patch = (*parts, 0, 0, 0)[:3]
        return major, minor, patch

    def _upload(self, traced: TracedModel, model_id: str, control: TaskControl, meter: ProgressMeter) -> None:
        """Send everything; what is cut short is taken away again.

        Raises:
            Cancelled: stopped by the user.
        """
        with self._asked(model_id) as client:
            client.ml.put_trained_model(model_id=model_id, **traced.config)
        try:
            self._send_definition(traced.definition, model_id, control, meter)
            vocabulary = json.loads(traced.vocabulary.read_text(encoding="utf-8"))
            with self._asked(model_id) as client:
                client.ml.put_trained_model_vocabulary(model_id=model_id, **vocabulary)
        except BaseException:
            with contextlib.suppress(EngineError):  # the next upload takes it away
                self._delete(model_id)
            raise

    def _send_definition(
        self, definition: Path, model_id: str, control: TaskControl, meter: ProgressMeter
    ) -> None:
        size = definition.stat().st_size
        parts = -(-size // CHUNK)
        with definition.open("rb") as file:
            for number in range(parts):
                control.checkpoint()
                meter.update(UPLOADING, number * CHUNK, size)
                chunk = base64.b64encode(file.read(CHUNK)).decode()
                with self._asked(model_id) as client:
                    client.ml.put_trained_model_definition_part(
                        model_id=model_id,
                        part=number,
                        definition=chunk,
                        total_definition_length=size,
                        total_parts=parts,
                    )
        meter.update(UPLOADING, size, size, force=True)

    def _start(self, model_id: str, control: TaskControl, meter: ProgressMeter) -> None:
        """Start a model unless it runs, and wait for it.

        Raises:
            EngineError: it cannot be started; the server's own words are told.
        """
        meter.update(STARTING, 0, force=True)
        state, reason = self._state(model_id)
        if state is None:
            with self._asked(model_id) as client:
                client.ml.start_trained_model_deployment(model_id=model_id, wait_for="starting")
            state, reason = self._state(model_id)
        while state != "started":
            if state != "starting":
                raise EngineError(deployment_trouble(reason, self._server.address, model_id))
            control.checkpoint()
            self._server.wait(LOOK_S)
            state, reason = self._state(model_id)

    def _state(self, model_id: str) -> tuple[str | None, str]:
        """State and reason of the deployment, None where there is none."""
        with self._asked(model_id) as client:
            answer = client.ml.get_trained_models_stats(model_id=model_id)
        stats = (answer.get("trained_model_stats") or [{}])[0].get("deployment_stats")
        return (None, "") if not stats else (str(stats.get("state")), str(stats.get("reason") or ""))

    def _delete(self, model_id: str) -> None:
        with contextlib.suppress(IndexGoneError), self._server.worked() as client:
            client.ml.delete_trained_model(model_id=model_id, force=True)
