"""Whatever happens to a library and to the server: fed, the engine holds what the catalogue holds."""

from __future__ import annotations

import itertools
import shutil
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from elasticsearch import Elasticsearch
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from imgsearch_desktop.adapters.catalogue.catalogue import SqliteCatalogue
from imgsearch_desktop.adapters.catalogue.database import LibraryFiles, remove_database
from imgsearch_desktop.adapters.catalogue.migrations import migrate
from imgsearch_desktop.adapters.elasticsearch import mapping
from imgsearch_desktop.adapters.elasticsearch.bulk import Patience
from imgsearch_desktop.adapters.elasticsearch.connection import ElasticsearchConnection
from imgsearch_desktop.adapters.elasticsearch.index import ElasticsearchIndex
from imgsearch_desktop.adapters.elasticsearch.index_names import names_of
from imgsearch_desktop.adapters.elasticsearch.photo_document import photo_source
from imgsearch_desktop.application.ports import CatalogueWriter, IndexPosition, IndexRequest, SortOrder
from imgsearch_desktop.application.sync_engine import SyncEngine
from imgsearch_desktop.domain.embedding import STARTER, Calibration, EncoderInput, ModelSpec
from imgsearch_desktop.domain.errors import EngineError
from imgsearch_desktop.domain.filters import NO_FILTERS
from imgsearch_desktop.domain.photo import Photo, PhotoId, PhotoMetadata, PhotoUid
from tests.adapters.catalogue.sample import DIMS, ROOT, VOLUME, add, record, vectors
from tests.support.elasticsearch import faults
from tests.support.elasticsearch.proxy import Proxy

SPEC = ModelSpec(STARTER, "Histories", DIMS, DIMS, EncoderInput(8, None), Calibration(), "Apache-2.0")
QUICK = Patience(attempts=2, first_s=0.001)
WORDS = st.sampled_from(["dog", "cat", "red dog", "Straße am Meer", None])
FED = st.sampled_from([True, True, False])
FOLDERS = st.sampled_from([b"", b"a/", b"a/b/", "ä/".encode()])


class Histories(RuleBasedStateMachine):
    """A library, the program that feeds Elasticsearch from it, and the way there.

    Attributes:
        directory: where libraries are made.
        proxy: the way to the server.
        server: the server itself.
    """

    directory: Path
    proxy: Proxy
    server: Elasticsearch
    numbers = itertools.count(1)

    @initialize()
    def begin(self) -> None:
        self.files = LibraryFiles(self.directory / str(next(self.numbers)))
        self.name = uuid.uuid4().hex
        self.paths = itertools.count(1)
        self.back_up_file: Path | None = None
        self.away = False
        self.open()
        self.root_id = self.catalogue.write(lambda writer: writer.add_root(ROOT, VOLUME))
        self.photos_are_added([b"", b"a/", b"a/b/"], "dog", encoded=True, fed=True)

    def open(self) -> None:
        self.catalogue = SqliteCatalogue(self.files.directory)
        connection = ElasticsearchConnection(self.proxy.url, answer_s=20, write_s=20)
        self.index = ElasticsearchIndex(connection, self.name, patience=QUICK)
        self.sync = SyncEngine(self.catalogue, self.index, SPEC)

    def close(self) -> None:
        self.index.close()
        self.catalogue.close()

    def photos(self) -> Sequence[Photo]:
        return self.catalogue.photos(
            sorted(photo_id for _, photo_id in self.catalogue.uids(PhotoUid(""), 1000))
        )

    def chosen(self, data: st.DataObject) -> Photo:
        return data.draw(st.sampled_from(self.photos()), "photo")

    def new_path(self, folder: bytes) -> bytes:
        return folder + b"%d.jpg" % next(self.paths)

    @rule(folders=st.lists(FOLDERS, min_size=1, max_size=4), title=WORDS, encoded=st.booleans(), fed=FED)
    def photos_are_added(self, folders: list[bytes], title: str | None, encoded: bool, fed: bool) -> None:
        def work(writer: CatalogueWriter) -> None:
            metadata = PhotoMetadata(title=title, camera="Leica")
            added = [add(writer, self.root_id, self.new_path(folder), metadata) for folder in folders]
            if encoded:
                seed = int(added[0])
                rows = [(photo_id, 0) for photo_id in added]
                writer.set_embeddings(rows, STARTER, vectors(len(added), seed))

        self.changed(work, fed)

    @precondition(lambda self: self.photos())
    @rule(data=st.data(), fed=FED)
    def a_photo_is_encoded_anew(self, data: st.DataObject, fed: bool) -> None:
        photo_id = self.chosen(data).photo_id
        seed = data.draw(st.integers(0, 1000))
        self.changed(lambda writer: writer.set_embeddings([(photo_id, 0)], STARTER, vectors(1, seed)), fed)

    @precondition(lambda self: self.photos())
    @rule(data=st.data(), title=WORDS, fed=FED)
    def a_photo_is_edited(self, data: st.DataObject, title: str | None, fed: bool) -> None:
        photo_id = self.chosen(data).photo_id
        self.changed(lambda writer: writer.set_metadata(photo_id, PhotoMetadata(title=title)), fed)

    @precondition(lambda self: self.photos())
    @rule(data=st.data(), folder=FOLDERS, fed=FED)
    def a_file_is_moved(self, data: st.DataObject, folder: bytes, fed: bool) -> None:
        file = self.chosen(data).files[0]
        there = record(self.root_id, self.new_path(folder), seed=file.relative_path)
        self.changed(lambda writer: writer.move_file(file.file_id, there), fed)

    @precondition(lambda self: self.photos())
    @rule(data=st.data(), folder=FOLDERS, fed=FED)
    def a_photo_is_copied(self, data: st.DataObject, folder: bytes, fed: bool) -> None:
        photo_id, there = self.chosen(data).photo_id, record(self.root_id, self.new_path(folder))
        self.changed(lambda writer: writer.put_file(photo_id, there), fed)

    @precondition(lambda self: self.photos())
    @rule(data=st.data(), forgotten=st.booleans(), fed=FED)
    def a_photo_is_gone(self, data: st.DataObject, forgotten: bool, fed: bool) -> None:
        mine = [file.file_id for file in self.chosen(data).files]
        self.changed(lambda writer: (writer.forget_files if forgotten else writer.mark_missing)(mine), fed)

    @precondition(lambda self: not self.away)
    @rule(data=st.data())
    def trouble_comes(self, data: st.DataObject) -> None:
        data.draw(
            st.sampled_from(
                [
                    self.the_server_goes_away,
                    self.batches_are_disturbed,
                    self.somebody_deletes_the_index,
                    self.the_program_is_restarted,
                    self.the_back_up_is_put_back,
                ]
            ),
            "trouble",
        )(data)

    def the_server_goes_away(self, data: st.DataObject) -> None:
        self.away = True
        self.proxy.add(
            data.draw(st.sampled_from([faults.cut, faults.cut_after, faults.too_busy, faults.not_ready]))
        )
        self.proxy.cut_all()

    def batches_are_disturbed(self, data: st.DataObject) -> None:
        faulty = [faults.cut, faults.cut_after, faults.busy_items(2), faults.too_busy]
        self.proxy.add(data.draw(st.sampled_from(faulty)), on="_bulk", times=1)

    def somebody_deletes_the_index(self, _: st.DataObject) -> None:
        self.server.indices.delete(index=f"imgsearch-{self.name}-*")

    def the_program_is_restarted(self, _: st.DataObject) -> None:
        self.close()
        self.open()

    def the_back_up_is_put_back(self, _: st.DataObject) -> None:
        if self.back_up_file is not None:
            self.close()
            remove_database(self.files.catalogue)
            shutil.copy(self.back_up_file, self.files.catalogue)
            self.open()

    @precondition(lambda self: self.away)
    @rule()
    def the_server_is_back(self) -> None:
        self.away = False
        self.proxy.mend()

    @rule()
    def the_library_is_backed_up(self) -> None:
        self.close()
        self.back_up_file = Path(shutil.copy(migrate(self.files, ()), self.files.directory / "back-up"))
        self.open()

    def changed(self, work: Callable[[CatalogueWriter], object], fed: bool) -> None:
        """Change the catalogue; the engine hears of it at once, or with what comes later."""
        self.catalogue.write(work)
        if fed:
            self.the_engine_is_fed(settle=False)

    @rule(settle=st.booleans())
    def the_engine_is_fed(self, settle: bool) -> None:
        """With `settle` the change log is trimmed: what is needed later comes from the catalogue itself."""
        try:
            self.sync.catch_up(settle=settle)
        except EngineError:
            assert self.away
        else:
            self.both_are_equal()

    def both_are_equal(self) -> None:
        wanted = {document.uid: document for document in self.documents()}
        stored = self.stored()
        assert stored.keys() == wanted.keys()
        for uid, document in wanted.items():
            source = photo_source(document)
            embedding = source.pop("image_embedding")
            del source["words"]
            assert stored[uid][0] == source
            assert np.allclose(stored[uid][1], embedding, atol=1e-6)
        position = self.index.position(STARTER)
        catalogue = self.catalogue
        assert position == IndexPosition(catalogue.library_id, catalogue.epoch, catalogue.latest_change())
        asked = IndexRequest(STARTER, vector=vectors(1)[0])
        answer = self.index.search(asked)
        assert sorted(answer.photo_ids.tolist()) == sorted(document.photo_id for document in wanted.values())
        assert answer.searched == len(wanted)

    def documents(self) -> Any:
        ids = [PhotoId(int(photo_id)) for photo_id in self.catalogue.browse(NO_FILTERS, SortOrder.ADDED)]
        return self.catalogue.documents(ids, STARTER)

    def stored(self) -> dict[str, tuple[dict[str, Any], list[float]]]:
        """What lies on the server, past the engine: source and embedding of each photo."""
        name = names_of(self.name, STARTER, mapping.VERSION).index
        self.server.indices.refresh(index=name)
        query, fields = {"term": {"kind": mapping.PHOTO}}, [{"field": "image_embedding"}]
        found = self.server.search(index=name, query=query, fields=fields, size=1000)["hits"]["hits"]
        return {hit["_id"]: (hit["_source"], hit["fields"]["image_embedding"]) for hit in found}

    def teardown(self) -> None:
        self.the_server_is_back()
        try:
            self.the_engine_is_fed(settle=True)
        finally:
            self.close()
            self.server.indices.delete(index=f"imgsearch-{self.name}-*")


def test_engine_and_catalogue_end_equal(
    tmp_path: Path, elasticsearch_url: str, elasticsearch_proxy: Callable[..., Proxy]
) -> None:
    with ElasticsearchConnection(elasticsearch_url).client() as server:
        around = {"directory": tmp_path, "proxy": elasticsearch_proxy(), "server": server}
        run_state_machine_as_test(
            type("Histories", (Histories,), around),
            settings=settings(
                max_examples=6,
                stateful_step_count=12,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
