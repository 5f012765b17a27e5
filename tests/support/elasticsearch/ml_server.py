"""Plays the machine learning of Elasticsearch in front of a real node: what a free server lacks.

It answers exactly what the product and eland ask below `/_ml/trained_models`, as Elasticsearch documents it:
it keeps what is uploaded, starts deployments, and has the uploaded model encode.
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tests.support.elasticsearch.exchange import Answer, Request

ML = "/_ml/trained_models/"
DEFINITION, VOCABULARY, CONFIG = "model.pt", "vocabulary.json", "config.json"

Encode = Callable[[Path, Sequence[str]], list[list[float]]]
"""Encodes texts with what was uploaded into a folder."""


@dataclass
class Uploaded:
    """A model on the server.

    Attributes:
        folder: where its parts lie.
        config: as it was put.
        parts: of the definition, by number.
        total: parts that there are to be.
        vocabulary: it has one.
        state: of its deployment, None while there is none.
        reason: why it is in that state.
    """

    folder: Path
    config: dict[str, Any]
    parts: dict[int, bytes] = field(default_factory=dict)
    total: int = 0
    vocabulary: bool = False
    state: str | None = None
    reason: str = ""

    @property
    def whole(self) -> bool:
        """Whether every part is here."""
        return self.vocabulary and bool(self.total) and len(self.parts) == self.total


class MlServer:
    """A gate of the proxy.

    Args:
        folder: for what is uploaded.
        encode: runs an uploaded model.
        refusal: what it answers to everything instead: a server without licence or machine learning.
        starts: state and reason of deployments that are started.
        looks: how often one may look at a starting deployment before it has started.
    """

    def __init__(
        self,
        folder: Path,
        encode: Encode,
        refusal: Answer | None = None,
        starts: tuple[str, str] = ("started", ""),
        looks: int = 1,
    ) -> None:
        self.folder, self.encode, self.refusal = folder, encode, refusal
        self.starts, self.looks = starts, looks
        self.models: dict[str, Uploaded] = {}
        self.encoded: list[str] = []
        self._lock = threading.Lock()

    def __call__(self, request: Request) -> Answer | None:
        path = request.path.partition("?")[0]
        if not path.startswith(ML):
            return None
        if self.refusal is not None:
            return self.refusal
        model_id, _, rest = unquote(path.removeprefix(ML)).partition("/")
        body = json.loads(request.body) if request.body else {}
        with self._lock:
            return self._answer(request.method, model_id, rest, body)

    def deployed(self, model_id: str) -> None:
        """Have a model without any parts, started."""
        self.models[model_id] = Uploaded(self.folder, {}, state="started")

    def _answer(self, method: str, model_id: str, rest: str, body: Any) -> Answer:
        if method == "PUT" and not rest:
            return self._put(model_id, body)
        model = self.models.get(model_id)
        if model is None:
            return _refused(
                404, "resource_not_found_exception", f"No known trained model with id [{model_id}]"
            )
        match method, rest.split("/"):
            case "GET", [""]:
                config = {"model_id": model_id, "model_type": "pytorch", "fully_defined": model.whole}
                return Answer.of(200, {"count": 1, "trained_model_configs": [config | model.config]})
            case "GET", ["_stats"]:
                self._go_on_starting(model)
                return Answer.of(200, {"count": 1, "trained_model_stats": [_stats(model_id, model)]})
            case "PUT", ["definition", number]:
                return _take_part(model, int(number), body)
            case "PUT", ["vocabulary"]:
                (model.folder / VOCABULARY).write_text(json.dumps(body), encoding="utf-8")
                model.vocabulary = True
                return Answer.of(200, {"acknowledged": True})
            case "POST", ["deployment", "_start"]:
                return self._start(model_id, model)
            case "POST", ["_infer"]:
                return self._infer(model_id, model, body)
            case "DELETE", [""]:
                del self.models[model_id]
                return Answer.of(200, {"acknowledged": True})
        raise AssertionError(f"not played: {method} {rest}")

    def _put(self, model_id: str, config: Any) -> Answer:
        if model_id in self.models:
            reason = f"Trained machine learning model [{model_id}] already exists"
            return _refused(400, "resource_already_exists_exception", reason)
        folder = self.folder / model_id
        folder.mkdir(parents=True, exist_ok=True)
        (folder / CONFIG).write_text(json.dumps(config), encoding="utf-8")
        self.models[model_id] = Uploaded(folder, config)
        return Answer.of(200, {"model_id": model_id, **config})

    def _start(self, model_id: str, model: Uploaded) -> Answer:
        if not model.whole:
            reason = (
                f"Model definition truncated. Unable to deserialize trained model definition [{model_id}]"
            )
            return _refused(400, "status_exception", reason)
        state, reason = self.starts
        if state == "refused":
            return _refused(429, "status_exception", reason)
        content = b"".join(model.parts[number] for number in range(model.total))
        (model.folder / DEFINITION).write_bytes(content)
        model.state, model.reason = state, reason
        return Answer.of(200, {"assignment": {"assignment_state": "starting"}})

    def _go_on_starting(self, model: Uploaded) -> None:
        if model.state == "starting":
            self.looks -= 1
            model.state = "started" if self.looks <= 0 else "starting"

    def _infer(self, model_id: str, model: Uploaded, body: Any) -> Answer:
        if model.state != "started":
            reason = (
                f"Model [{model_id}] must be deployed to use. Please deploy with the start trained model"
                " deployment API."
            )
            return _refused(409, "status_exception", reason)
        texts = [doc["text_field"] for doc in body["docs"]]
        self.encoded += texts
        results = [{"predicted_value": vector} for vector in self.encode(model.folder, texts)]
        return Answer.of(200, {"inference_results": results})


def without_licence() -> Answer:
    """As a server with a basic licence answers."""
    return _refused(403, "security_exception", "current license is non-compliant for [ml]")


def _take_part(model: Uploaded, number: int, body: Any) -> Answer:
    model.parts[number] = base64.b64decode(body["definition"])
    model.total = body["total_parts"]
    return Answer.of(200, {"acknowledged": True})


def _stats(model_id: str, model: Uploaded) -> dict[str, Any]:
    stats: dict[str, Any] = {"model_id": model_id}
    if model.state:
        stats["deployment_stats"] = {"model_id": model_id, "state": model.state, "reason": model.reason}
    return stats


def _refused(status: int, kind: str, reason: str) -> Answer:
    cause = {"type": kind, "reason": reason}
    return Answer.of(status, {"error": {"root_cause": [cause], **cause}, "status": status})
