"""What may stand in the settings file, with bounds; turned into the frozen values the application knows."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from imgsearch_desktop.application.settings import EngineSettings, IndexingSettings, Settings, WindowSettings

_INDEXING = IndexingSettings()
_ENGINE = EngineSettings()
_WINDOW = WindowSettings()


class _Section(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)


class IndexingModel(_Section):
    """See `IndexingSettings`."""

    workers: Annotated[int, Field(ge=1, le=256)] | None = _INDEXING.workers
    encode_batch: Annotated[int, Field(ge=1, le=1024)] = _INDEXING.encode_batch
    file_deadline_s: Annotated[float, Field(gt=0, le=3600)] = _INDEXING.file_deadline_s
    worker_memory_mb: Annotated[int, Field(ge=256, le=1_048_576)] = _INDEXING.worker_memory_mb
    thumbnail_side: Annotated[int, Field(ge=64, le=2048)] = _INDEXING.thumbnail_side
    exclude: Annotated[list[str], Field(max_length=1000)] = list(_INDEXING.exclude)


class EngineModel(_Section):
    """See `EngineSettings`."""

    engine: Literal["embedded", "elasticsearch"] = "embedded"
    elasticsearch_url: str | None = _ENGINE.elasticsearch_url
    cloud_id: str | None = _ENGINE.cloud_id
    user: str | None = _ENGINE.user
    ca_certificate: str | None = _ENGINE.ca_certificate
    fingerprint: str | None = _ENGINE.fingerprint
    shards: Annotated[int, Field(ge=1, le=1024)] = _ENGINE.shards
    replicas: Annotated[int, Field(ge=0, le=16)] = _ENGINE.replicas
    text_model: Annotated[str, Field(min_length=1, max_length=64)] | None = _ENGINE.text_model


class WindowModel(_Section):
    """See `WindowSettings`."""

    theme: Literal["system", "light", "dark"] = "system"
    language: Annotated[str, Field(min_length=2, max_length=16)] = _WINDOW.language
    tile_size: Annotated[int, Field(ge=48, le=1024)] = _WINDOW.tile_size
    tile_fill: bool = _WINDOW.tile_fill
    cache_mb: Annotated[int, Field(ge=16, le=65_536)] = _WINDOW.cache_mb
    sidebar: bool = _WINDOW.sidebar
    sidebar_width: Annotated[int, Field(ge=48, le=2000)] = _WINDOW.sidebar_width
    panel_width: Annotated[int, Field(ge=48, le=4000)] = _WINDOW.panel_width
    unfinished: bool = _WINDOW.unfinished
    better_search_offered: bool = _WINDOW.better_search_offered
    geometry: Annotated[str, Field(max_length=4096, pattern=r"^[A-Za-z0-9+/=]*$")] = _WINDOW.geometry
    searches: Annotated[list[Annotated[str, Field(max_length=1000)]], Field(max_length=200)] = list(
        _WINDOW.searches
    )


class SettingsModel(_Section):
    """The whole file; keys it does not name are left alone by `SettingsFile`."""

    indexing: IndexingModel = Field(default_factory=IndexingModel)
    engine: EngineModel = Field(default_factory=EngineModel)
    window: WindowModel = Field(default_factory=WindowModel)

    def settings(self) -> Settings:
        """The frozen values."""
        indexing = self.indexing.model_dump()
        indexing["exclude"] = tuple(indexing["exclude"])
        window = self.window.model_dump()
        window["searches"] = tuple(window["searches"])
        return Settings(
            indexing=IndexingSettings(**indexing),
            engine=EngineSettings(**self.engine.model_dump()),
            window=WindowSettings(**window),
        )
