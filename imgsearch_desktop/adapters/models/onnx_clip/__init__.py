"""CLIP and its kin in ONNX Runtime: towers that lie in a folder, encoders without torch."""
