"""Turns a model into what Elasticsearch can run, by eland, in a process of its own.

torch takes seconds to load and half a gigabyte: both go with the process, and killing it is how this stops.
"""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import sys
import threading
from dataclasses import dataclass
from multiprocessing import Pipe, get_context, parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from imgsearch_desktop.application.tasks import TaskControl
from imgsearch_desktop.domain.errors import ModelError

GLANCE_S = 0.1
"""How late a cancellation is noticed."""

NEEDED = ("eland", "sentence_transformers", "transformers", "torch")


@dataclass(frozen=True, slots=True)
class TracedModel:
    """A model as it is uploaded.

    Attributes:
        definition: file with the TorchScript model.
        vocabulary: JSON file for its tokeniser.
        config: what kind of model it is, as Elasticsearch wants to know it.
    """

    definition: Path
    vocabulary: Path
    config: dict[str, Any]


def trace_model(
    source: str, folder: Path, version: tuple[int, int, int], control: TaskControl
) -> TracedModel:
    """Prepare a model for the server.

    Args:
        source: its name at the hub, or a folder on this computer.
        folder: where the files go; it is there and empty.
        version: of Elasticsearch.
        control: cancels, at once.

    Raises:
        ModelError: the extra is not installed, or the model cannot be read or prepared.
        Cancelled: stopped by the user.
    """
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise ModelError(
            f"Uploading a model needs an extra that is not installed ({', '.join(missing)}). Install it with:"
            " pip install 'imgsearch-desktop[eland]'"
        )
    ours, theirs = Pipe(duplex=False)
    process = get_context("spawn").Process(
        target=_run, args=(theirs, source, folder, version), name="imgsearch-trace", daemon=True
    )
    try:
        process.start()
    finally:
        theirs.close()
    try:
        while not ours.poll(GLANCE_S):
            control.checkpoint()
        told = ours.recv()
    except EOFError:
        told = "the process that prepares it has ended; there may be too little memory"
    finally:
        ours.close()
        process.kill()
        process.join()
        process.close()
    if isinstance(told, TracedModel):
        return told
    raise ModelError(f"The model {source} cannot be prepared for Elasticsearch: {told}.")


def _run(connection: Connection, source: str, folder: Path, version: tuple[int, int, int]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which then ends this
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _silence()
    with connection:
        try:
            connection.send(_traced(source, folder, version))
        except Exception as error:  # hub, transformers, torch and eland each have their own kinds
            first = str(error).strip().partition("\n")[0].rstrip(".")
            connection.send(f"{first or type(error).__name__}")


def _traced(source: str, folder: Path, version: tuple[int, int, int]) -> TracedModel:
    from eland.ml.pytorch.transformers import TransformerModel

    model = TransformerModel(model_id=source, task_type="text_embedding", es_version=version)
    definition, config, vocabulary = model.save(str(folder))
    told = json.loads(json.dumps(config.to_dict()))
    told["description"] = (
        f"Model {Path(source).name} for searches of ImgSearch Desktop"  # no path of this computer
    )
    return TracedModel(Path(definition), Path(vocabulary), told)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def _silence() -> None:
    """Print nothing: stdout belongs to the commands, stderr to their messages."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream, descriptor in ((sys.stdout, 1), (sys.stderr, 2)):
        if stream is not None:
            os.dup2(nowhere, descriptor)
    os.close(nowhere)
