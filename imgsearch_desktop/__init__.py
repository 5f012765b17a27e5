"""ImgSearch Desktop: find photos by describing them, on your own computer."""

import os

__version__ = "0.1.0"

# ONNX Runtime's official builds report to their maker unless this is set before they are loaded. Nothing
# leaves this computer: it is set before any other part of the program, and child processes inherit it.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
