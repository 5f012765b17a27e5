"""The estimate of where results end, on real photos, against what was measured for the starter model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.labelled_queries import read_labels
from imgsearch_desktop.adapters.models.starter.calibration import CALIBRATION
from imgsearch_desktop.application.ports import CatalogueWriter, Model, SortOrder
from imgsearch_desktop.application.tasks import ProgressMeter, TaskControl
from imgsearch_desktop.bootstrap.core import Core, build_core
from imgsearch_desktop.domain.embedding import Calibration
from imgsearch_desktop.domain.filters import NO_FILTERS
from imgsearch_desktop.domain.photo import Label, PhotoId
from imgsearch_desktop.runtime.paths import app_paths
from tests.support.photos import PHOTOS, needs_photos

pytestmark = needs_photos


def label_as_people_did(core: Core) -> None:
    """What a model labelled tells nothing about itself: another one's place is taken by people."""
    vectors_id = core.models.starter().spec.vectors_id
    given = {
        core.catalogue.photo_at(bytes(PHOTOS / path)): at.label for path, at in read_labels(PHOTOS).items()
    }

    def label(writer: CatalogueWriter) -> None:
        for photo_id in core.catalogue.browse(NO_FILTERS, SortOrder.ADDED).tolist():
            name = given.get(photo_id)
            labels = [Label(name, 1.0)] if name is not None else []
            writer.set_labels(PhotoId(photo_id), vectors_id, labels)

    core.catalogue.write(label)


def test_the_estimate_comes_near_to_what_was_measured(own_real_library: Path, loaded_model: Model) -> None:
    with build_core(app_paths(own_real_library)) as core:
        core.models.wrap(lambda _: loaded_model)
        starter = core.models.starter()
        label_as_people_did(core)
        unknown = replace(starter, spec=replace(starter.spec, calibration=Calibration()))
        core.calibrate_model().bring_up(unknown, TaskControl(), ProgressMeter(lambda _: None))
        stored = core.catalogue.calibration(starter.spec.model_id)
        searchable = core.catalogue.searchable(starter.spec.vectors_id)
    assert stored is not None
    assert stored.photos == searchable
    estimated, measured = stored.calibration.parameters, CALIBRATION.parameters
    for figure, about in (
        ("words_null", 0.03),
        ("words_drop", 0.10),
        ("pictures_null", 0.05),
        ("pictures_floor", 0.08),
    ):
        assert estimated[figure] == pytest.approx(measured[figure], abs=about), figure
    # What the measured floor is for words as near to the model's world as those of the estimate are.
    assert estimated["words_floor"] == pytest.approx(measured["words_floor_alone"], abs=0.04)
