"""An index as it lies on the server: made, read, emptied."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from imgsearch_desktop.adapters.elasticsearch import mapping
from imgsearch_desktop.adapters.elasticsearch.errors import (
    IndexGoneError,
    ServerBusyError,
    reason_of,
    refusal_in_words,
)
from imgsearch_desktop.adapters.elasticsearch.index_names import IndexNames
from imgsearch_desktop.adapters.elasticsearch.server import Server
from imgsearch_desktop.application.ports import IndexPosition
from imgsearch_desktop.domain.embedding import ModelId, ModelSpec
from imgsearch_desktop.domain.errors import EngineError

_ATTEMPTS = 5


class NothingThereError(IndexGoneError):
    """There is no index."""


class ForeignIndexError(EngineError):
    """Under the name of our index lies one that is not ours; it is not touched."""


@dataclass(frozen=True, slots=True)
class StoredIndex:
    """What is noted with an index.

    Attributes:
        names: of it.
        generation: random, new whenever it is emptied.
        library_id: of which library.
        epoch: of that library.
        dims: length of an embedding.
        text_dims: a text query is zero beyond these.
        refreshed: whether what is written is found by and by, as it is after the first load.
    """

    names: IndexNames
    generation: str
    library_id: str
    epoch: str
    dims: int
    text_dims: int
    refreshed: bool

    @property
    def alias(self) -> str:
        """What reading and writing goes through."""
        return self.names.generation(self.generation)

    def at(self, change_id: int) -> IndexPosition:
        """Its position, once the change log is applied up to a change."""
        return IndexPosition(self.library_id, self.epoch, change_id, self.generation)


def read_index(server: Server, names: IndexNames) -> StoredIndex | None:
    """The index as it is now, None where there is none.

    Raises:
        ForeignIndexError: under its name lies an index of somebody else.
        EngineError: the server cannot be reached or refuses.
    """
    try:
        with server.asked() as client:
            found = client.indices.get(
                index=names.index,
                filter_path=[
                    "*.mappings._meta",
                    "*.settings.index.uuid",
                    "*.settings.index.refresh_interval",
                ],
            ).body
    except IndexGoneError:
        return None
    if set(found) != {names.index}:
        raise _foreign(server, names, "is an alias of another index")
    meta = found[names.index].get("mappings", {}).get("_meta", {})
    if meta.get("product") != mapping.PRODUCT:
        raise _foreign(server, names, "was not made by ImgSearch Desktop")
    if (meta.get("mapping_version"), meta.get("model")) != (names.version, names.model):
        raise _foreign(server, names, "holds photos as another model or version sees them")
    interval = found[names.index].get("settings", {}).get("index", {}).get("refresh_interval")
    return StoredIndex(
        names,
        generation=str(meta["generation"]),
        library_id=str(meta["library_id"]),
        epoch=str(meta["epoch"]),
        dims=int(meta["dims"]),
        text_dims=int(meta["text_dims"]),
        refreshed=interval != "-1",
    )


def make_index(
    server: Server,
    names: IndexNames,
    model: ModelSpec,
    owner: tuple[str, str],
    settings: Mapping[str, Any],
) -> StoredIndex:
    """Make an index anew, empty; what was there under its name goes, and so do its older versions.

    Args:
        server: where.
        names: of the index.
        model: whose embeddings it will hold.
        owner: library id and epoch.
        settings: of the index.

    Raises:
        EngineError: the server cannot be reached or refuses.
    """
    made = StoredIndex(names, uuid.uuid4().hex, *owner, model.dims, model.text_dims, refreshed=False)
    meta = {
        "product": mapping.PRODUCT,
        "mapping_version": names.version,
        "model": names.model,
        "generation": made.generation,
        "library_id": made.library_id,
        "epoch": made.epoch,
        "dims": made.dims,
        "text_dims": made.text_dims,
    }
    aliases: dict[str, Any] = {names.alias: {}, made.alias: {}}
    for _ in range(_ATTEMPTS):
        with server.worked() as client:
            client.indices.delete(index=_up_to_this_version(server, names), ignore_unavailable=True)
            answer = client.options(ignore_status=400).indices.create(
                index=names.index,
                settings=settings,
                mappings=mapping.mapping(model.dims, meta),
                aliases=aliases,
            )
        error = answer.body.get("error")
        if error is None:
            return made
        if error.get("type") != "resource_already_exists_exception":
            raise EngineError(
                f"Elasticsearch at {server.address} cannot make the index {names.index}: {reason_of(error)}."
            )
    raise ServerBusyError(
        f"The index {names.index} is being built by several programs at the same time. Wait until they have"
        " finished and try again."
    )


def delete_index(server: Server, names: IndexNames) -> None:
    """Delete an index and its older versions; nothing happens where there is none.

    Raises:
        ForeignIndexError: under its name lies an index of somebody else.
        EngineError: the server cannot be reached or refuses.
    """
    if read_index(server, names) is None:
        return
    with server.worked() as client:
        client.indices.delete(index=_up_to_this_version(server, names), ignore_unavailable=True)


def read_position(server: Server, stored: StoredIndex) -> IndexPosition:
    """Up to where an index is fed.

    Raises:
        IndexGoneError: it has been emptied or deleted.
        EngineError: the server cannot be reached or refuses.
    """
    with server.asked() as client:
        (answer,) = client.mget(index=stored.alias, ids=[mapping.POSITION_ID])["docs"]
    if "error" in answer:
        raise refusal_in_words(404, answer["error"], server.address)
    return stored.at(int(answer["_source"]["change_id"]) if answer["found"] else 0)


def nothing_for(model_id: ModelId) -> NothingThereError:
    """What is said where a model was never fed to the engine."""
    return NothingThereError(
        f"The search index holds nothing for the model {model_id}. It is built from the library at the next"
        " indexing."
    )


def refresh_regularly(server: Server, stored: StoredIndex) -> None:
    """End the first load: from now on what is written is found within a second."""
    with server.asked() as client:
        client.indices.put_settings(index=stored.alias, settings={"index.refresh_interval": None})


def _up_to_this_version(server: Server, names: IndexNames) -> list[str]:
    """The index itself, there or not, and those of older versions of the mapping."""
    with server.asked() as client:
        found = client.indices.get(index=names.any_version, filter_path="*.mappings._meta").body
    metas = {index: content["mappings"]["_meta"] for index, content in found.items()}
    ours = {
        index: meta["mapping_version"]
        for index, meta in metas.items()
        if (meta.get("product"), meta.get("model")) == (mapping.PRODUCT, names.model)
    }
    return [names.index, *(index for index, version in ours.items() if version < names.version)]


def _foreign(server: Server, names: IndexNames, what: str) -> ForeignIndexError:
    return ForeignIndexError(
        f"The index {names.index} on Elasticsearch at {server.address} {what}. It is left as it is: delete or"
        " rename it there if photos are to be searched with Elasticsearch."
    )
