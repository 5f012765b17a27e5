"""Where results of the starter model end."""

from __future__ import annotations

from imgsearch_desktop.domain.embedding import Calibration

CALIBRATION = Calibration()
