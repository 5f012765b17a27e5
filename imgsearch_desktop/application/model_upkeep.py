"""What models need when photos were indexed: labels by the starter, and figures that fit the library's size.

The starter goes on with every new photo, from its thumbnail, whichever model searches: Explore keeps its
labels, going back needs no encoding, and it can stand in where the active model's files are gone (ADR 9).
"""

from __future__ import annotations

from imgsearch_desktop.application.active_model import ActiveModel
from imgsearch_desktop.application.calibrate_model import CalibrateModel
from imgsearch_desktop.application.encode_library import EncodeLibrary
from imgsearch_desktop.application.tasks import ProgressMeter, TaskControl
from imgsearch_desktop.domain.errors import ModelError


class ModelUpkeep:
    """Brings models up to the photos.

    Args:
        models: which one searches, and the starter.
        encode: encodes photos.
        calibrate: estimates where results end.
    """

    def __init__(self, models: ActiveModel, encode: EncodeLibrary, calibrate: CalibrateModel) -> None:
        self._models = models
        self._encode = encode
        self._calibrate = calibrate

    def run(self, control: TaskControl, meter: ProgressMeter) -> list[str]:
        """Do what has to be done; mostly that is nothing.

        Returns:
            Sentences on what could not be done: photos can be searched all the same.

        Raises:
            Cancelled: stopped by the user; the next run goes on.
        """
        active, starter = self._models.now(), self._models.starter()
        notes = []
        if active.spec.vectors_id != starter.spec.vectors_id:
            try:
                self._encode.run(starter, [active.feed], control, meter, originals=False)
            except ModelError as error:
                notes.append(f"New photos have no labels yet: {error}")
        try:
            self._calibrate.bring_up(active, control, meter)
        except ModelError as error:
            notes.append(f"Where results end could not be measured anew: {error}")
        return notes
