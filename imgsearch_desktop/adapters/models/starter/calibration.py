"""Where results of the starter model end, see `domain.result_end`.

Measured by `benchmarks/calibrate_starter.py` on labelled photos; to be run again when the vectors change.
"""

from __future__ import annotations

from imgsearch_desktop.domain.embedding import Calibration

CALIBRATION = Calibration(
    {
        "words_floor": 0.0396,
        "words_reach": 0.73,
        "words_floor_alone": 0.21,
        "words_small": 0.0144,
        "words_null": 0.0,
        "words_drop": 0.80,
        "less_allowance": 0.037,
        "beyond_reach": 0.202,
        "pictures_floor": 0.50,
        "pictures_null": 0.185,
        "pictures_drop": 0.60,
        "mixed_floor": 0.464,
        "mixed_null": 0.185,
        "mixed_drop": 0.75,
    }
)
