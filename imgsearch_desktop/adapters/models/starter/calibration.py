"""Where results of the starter model end, see `domain.result_end`.

Measured by `benchmarks/calibrate_starter.py` on labelled photos; to be run again when the vectors change.
"""

from __future__ import annotations

from imgsearch_desktop.domain.embedding import Calibration

CALIBRATION = Calibration(
    {
        "words_floor": 0.0372,
        "words_reach": 0.74,
        "words_floor_alone": 0.209,
        "words_small": 0.0143,
        "words_null": 0.0,
        "words_drop": 0.80,
        "less_allowance": 0.05,
        "beyond_reach": 0.2046,
        "pictures_floor": 0.50,
        "pictures_null": 0.185,
        "pictures_drop": 0.60,
        "mixed_floor": 0.464,
        "mixed_null": 0.185,
        "mixed_drop": 0.75,
    }
)
