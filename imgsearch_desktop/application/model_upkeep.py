"""What models need when photos were indexed: labels by the starter, and figures that fit the library's size.

The starter goes on with every new photo, from its thumbnail, whichever model searches: Explore keeps its
labels, going back needs no encoding, and it can stand in where the active model's files are gone (ADR 9).
"""

from __future__ import annotations

from imgsearch_desktop.application.active_model import ActiveModel
from imgsearch_desktop.application.calibrate_model import CalibrateModel
from imgsearch_desktop.application.encode_library import EncodeLibrary
from imgsearch_desktop.application.tasks import ProgressMeter, TaskControl


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

    def run(self, control: TaskControl, meter: ProgressMeter) -> None:
        """Do what has to be done; mostly that is nothing.

        Raises:
            ModelError: a model cannot be loaded.
            Cancelled: stopped by the user; the next run goes on.
        """
        active, starter = self._models.now(), self._models.starter()
        if active.spec.vectors_id != starter.spec.vectors_id:
            self._encode.run(starter, [active.feed], control, meter, originals=False)
        self._calibrate.bring_up(active, control, meter)
