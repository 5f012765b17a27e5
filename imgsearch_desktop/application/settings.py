"""What can be set, as frozen values; where they are stored is an adapter's business."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class IndexingSettings:
    """How folders are read.

    Attributes:
        workers: decode processes, None for one per core.
        encode_batch: pictures per encoder call.
        file_deadline_s: a file that takes longer is given up and its worker restarted.
        worker_memory_mb: address space a worker may take for one file.
        thumbnail_side: longest side of stored thumbnails, pixels.
        exclude: glob patterns of folder or file names that are left out, beside the built-in ones.
    """

    workers: int | None = None
    encode_batch: int = 16
    file_deadline_s: float = 30.0
    worker_memory_mb: int = 2048
    thumbnail_side: int = 384
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """Which engine answers, and where Elasticsearch is. Secrets are kept elsewhere, see `secret_name`.

    Attributes:
        engine: "embedded" or "elasticsearch".
        elasticsearch_url: where the cluster is, None for none.
        cloud_id: of a hosted deployment, instead of a URL.
        user: name to sign in with; None where an API key or nothing at all is asked for.
        ca_certificate: file with the certificate of the authority that signed the server's.
        fingerprint: SHA-256 of that certificate in hex, instead of the file.
        shards: parts of an index that are searched side by side; counts from the next rebuild on.
        replicas: copies of each part, for when a node fails; counts from the next rebuild on.
        text_model: id of the model on that server that encodes texts, None where this computer does.
    """

    engine: str = "embedded"
    elasticsearch_url: str | None = None
    cloud_id: str | None = None
    user: str | None = None
    ca_certificate: str | None = None
    fingerprint: str | None = None
    shards: int = 1
    replicas: int = 0
    text_model: str | None = None

    @property
    def on_server(self) -> bool:
        """Whether Elasticsearch is chosen."""
        return self.engine == "elasticsearch"

    @property
    def place(self) -> str:
        """Names the server, "" for none."""
        return self.cloud_id or self.elasticsearch_url or ""

    def of_server(self, url: str | None, cloud_id: str | None) -> EngineSettings:
        """These settings for a server named anew, without what was said of the one before."""
        named = replace(self, elasticsearch_url=url, cloud_id=cloud_id)
        return replace(named, user=None, ca_certificate=None, fingerprint=None).moved_from(self)

    def moved_from(self, before: EngineSettings) -> EngineSettings:
        """These settings without what belongs to the server that they named before."""
        return self if self.place == before.place else replace(self, text_model=None)

    @property
    def secret_name(self) -> str:
        """Under which the password or API key is kept: one for each server, so that none goes astray."""
        return f"password of {self.user} at {self.place}" if self.user else f"API key for {self.place}"


@dataclass(frozen=True, slots=True)
class WindowSettings:
    """How the window looks.

    Attributes:
        theme: "system", "light" or "dark".
        language: "system" or a language code ("en", "de").
        tile_size: side of a grid tile, logical pixels.
        tile_fill: tiles are cut to squares instead of showing the whole picture.
        cache_mb: memory for decoded thumbnails.
        sidebar: the sidebar is shown.
        sidebar_width: its width while it shows words, logical pixels.
        panel_width: width of the similar panel and of the details in its place, logical pixels.
        unfinished: indexing was under way when the window was closed; it goes on at the next start.
        better_search_offered: the better model was offered; it is not offered by itself again.
        geometry: where the window was, as Qt writes it, base64; "" for nowhere yet.
        searches: what was searched, the latest first; offered again while typing.
    """

    theme: str = "system"
    language: str = "system"
    tile_size: int = 176
    tile_fill: bool = False
    cache_mb: int = 256
    sidebar: bool = True
    sidebar_width: int = 208
    panel_width: int = 336
    unfinished: bool = False
    better_search_offered: bool = False
    geometry: str = ""
    searches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set."""

    indexing: IndexingSettings = field(default_factory=IndexingSettings)
    engine: EngineSettings = field(default_factory=EngineSettings)
    window: WindowSettings = field(default_factory=WindowSettings)
