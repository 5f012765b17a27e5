"""Puts the engines together: which one is chosen, what talks to its server, where its secrets are kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from imgsearch_desktop.adapters.config.secrets import api_key_of_environment
from imgsearch_desktop.application.active_model import ModelSource
from imgsearch_desktop.application.cluster_text import ClusterTextEncoder
from imgsearch_desktop.application.engine_feeds import EngineFeeds
from imgsearch_desktop.application.manage_engine import ManageEngine
from imgsearch_desktop.application.ports import (
    CatalogueReader,
    EngineProbe,
    ForeignIndex,
    ModelHost,
    PhotoIndex,
    Secrets,
)
from imgsearch_desktop.application.settings import EngineSettings

if TYPE_CHECKING:
    from imgsearch_desktop.adapters.elasticsearch.connection import ElasticsearchConnection


@dataclass(frozen=True, slots=True)
class Waits:
    """How long a server may take before another engine answers and changes wait.

    Attributes:
        answer_s: for a search or a question.
        write_s: for a batch of photos or a new index.
        attempts: to send a batch.
    """

    answer_s: float = 5.0
    write_s: float = 30.0
    attempts: int = 3


class ElasticsearchServers:
    """Fulfils `EngineServers`; the driver is imported when a server is first talked to.

    Args:
        catalogue: whose photos are indexed.
        secrets: where passwords and keys are kept.
        waits: how long a server may take.
    """

    def __init__(self, catalogue: CatalogueReader, secrets: Secrets, waits: Waits | None = None) -> None:
        self._catalogue = catalogue
        self.secrets = secrets
        self._waits = waits or Waits()

    def index(self, settings: EngineSettings) -> PhotoIndex:
        """See `EngineServers.index`."""
        from imgsearch_desktop.adapters.elasticsearch.bulk import Patience
        from imgsearch_desktop.adapters.elasticsearch.index import ElasticsearchIndex, IndexLayout

        return ElasticsearchIndex(
            self._connection(settings, None),
            self._catalogue.library_id,
            layout=IndexLayout(settings.shards, settings.replicas),
            patience=Patience(attempts=self._waits.attempts),
        )

    def probe(self, settings: EngineSettings, secret: str | None) -> EngineProbe:
        """See `EngineServers.probe`."""
        from imgsearch_desktop.adapters.elasticsearch.probe import ElasticsearchProbe

        return ElasticsearchProbe(self._connection(settings, secret), self._catalogue.library_id)

    def text_encoder(self, settings: EngineSettings, dims: int) -> ClusterTextEncoder:
        """What has texts encoded by the model on a server that the settings name."""
        from imgsearch_desktop.adapters.elasticsearch.text_encoder import ElasticsearchTextEncoder

        connection = self._connection(settings, None)
        return ElasticsearchTextEncoder(connection, settings.text_model or "", dims)

    def models(self, settings: EngineSettings) -> ModelHost:
        """What runs models on the server that the settings name."""
        from imgsearch_desktop.adapters.elasticsearch.model_upload import ElasticsearchModels

        return ElasticsearchModels(self._connection(settings, None))

    def foreign_index(self, settings: EngineSettings, name: str) -> ForeignIndex:
        """An index on that server which the recipe's own script made."""
        from imgsearch_desktop.adapters.elasticsearch.recipe_index import RecipeIndex

        return RecipeIndex(self._connection(settings, None), name)

    def _connection(self, settings: EngineSettings, secret: str | None) -> ElasticsearchConnection:
        from imgsearch_desktop.adapters.elasticsearch.connection import ElasticsearchConnection

        place = ElasticsearchConnection(
            url=settings.elasticsearch_url or "",
            cloud_id=settings.cloud_id,
            ca_certificate=Path(settings.ca_certificate) if settings.ca_certificate else None,
            fingerprint=settings.fingerprint,
            answer_s=self._waits.answer_s,
            write_s=self._waits.write_s,
        )
        if secret is None and (key := api_key_of_environment()) is not None:
            return replace(place, api_key=key)
        secret = secret or self.secrets.read(settings.secret_name)
        if settings.user:
            return replace(place, user=settings.user, password=secret)
        return replace(place, api_key=secret)


def chosen_engine(
    stored: EngineSettings, engine: str | None, elasticsearch_url: str | None
) -> EngineSettings:
    """What the settings say, with the options of a command line over it.

    An address alone chooses Elasticsearch there; a cloud id of the settings gives way to it.
    """
    if elasticsearch_url is not None:
        other = elasticsearch_url != stored.elasticsearch_url
        at = replace(stored, elasticsearch_url=elasticsearch_url, cloud_id=None)
        if other:
            at = replace(at, user=None, ca_certificate=None, fingerprint=None).moved_from(stored)
        return replace(at, engine=engine or "elasticsearch")
    return replace(stored, engine=engine or stored.engine)


def manage_engine(
    feeds: EngineFeeds,
    models: ModelSource,
    servers: ElasticsearchServers,
    stored: EngineSettings,
    chosen: EngineSettings,
) -> ManageEngine:
    """The engines as they are chosen.

    Args:
        feeds: the engines of the library.
        models: says which model is active.
        servers: makes what talks to a server.
        stored: what the settings file says.
        chosen: what holds for this run.
    """
    managed = ManageEngine(feeds, models, servers, servers.secrets, stored)
    managed.switch(chosen, for_this_run=chosen != stored)
    return managed
