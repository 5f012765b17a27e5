"""ImgSearch Desktop: find photos by describing them, on your own computer."""

__version__ = "0.1.0"
