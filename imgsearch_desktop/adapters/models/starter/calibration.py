"""Where results of the starter model end, see `domain.result_end`.

Measured by `benchmarks/calibrate_starter.py` on labelled photos; to be run again when the vectors change.
"""

from __future__ import annotations

from imgsearch_desktop.domain.embedding import Calibration

CALIBRATION = Calibration(
    {
        "words_floor": 0.0312,
        "words_reach": 0.75,
        "words_floor_alone": 0.21,
        "words_small": 0.016,
        "words_null": 0.0,
        "words_drop": 0.78,
        "beyond_reach": 0.205,
        "pictures_floor": 0.55,
        "pictures_null": 0.22,
        "pictures_drop": 0.65,
        "mixed_floor": 0.40,
        "mixed_null": 0.21,
        "mixed_drop": 0.65,
    }
)
