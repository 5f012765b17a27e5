"""Generated photos with the statistics of a 12-megapixel camera, for measuring without anybody's pictures.

4000 x 3000, luminance with a 1/f amplitude spectrum (Field 1987), hard edges, coloured areas and sensor
noise, quality 90 with 4:2:0 chroma. The noise decides the size of the file: one set near 1.6 MB, one near
3.4 MB.
"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

WIDTH, HEIGHT = 4000, 3000
SETS = {"1.6 MB": 0.6, "3.4 MB": 5.5}
"""Name of a set and the standard deviation of its sensor noise, in levels of 255."""

BASES = 6
CONTRAST = 28.0
"""Standard deviation of the 1/f luminance, in levels of 255."""
LENS_CUTOFF = 0.08
"""Cycles per pixel at which lens and demosaicing have taken most of the contrast."""
CACHE = Path(__file__).parents[1] / ".cache" / "bench"


def camera_photos(set_name: str, count: int) -> Path:
    """Make (once) a folder of generated photos.

    Args:
        set_name: a key of `SETS`.
        count: how many different photos.

    Returns:
        The folder.
    """
    folder = CACHE / f"12mp-{set_name.replace(' ', '')}-{count}"
    if (folder / "complete").exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(1987)
    bases = [_base(rng) for _ in range(BASES)]
    for number in range(count):
        pixels = _variation(bases[number % BASES], number, SETS[set_name], rng)
        buffer = io.BytesIO()
        Image.fromarray(pixels).save(buffer, "JPEG", quality=90, subsampling="4:2:0")
        (folder / f"IMG_{number:04d}.jpg").write_bytes(buffer.getvalue())
    (folder / "complete").touch()
    return folder


def _pink(rng: np.random.Generator) -> NDArray[np.float32]:
    spectrum = np.fft.rfft2(rng.standard_normal((HEIGHT, WIDTH)).astype(np.float32))
    fy = np.fft.fftfreq(HEIGHT)[:, None] * HEIGHT
    fx = np.fft.rfftfreq(WIDTH)[None, :] * WIDTH
    frequency = np.maximum(np.hypot(fy, fx), 1.0)
    lens = np.exp(-((frequency / (LENS_CUTOFF * WIDTH)) ** 2))
    field = np.fft.irfft2(spectrum / frequency * lens, s=(HEIGHT, WIDTH)).astype(np.float32)
    scaled: NDArray[np.float32] = (field - field.mean()) / field.std()
    return scaled


def _base(rng: np.random.Generator) -> NDArray[np.float32]:
    canvas = Image.new("RGB", (WIDTH // 4, HEIGHT // 4), tuple(rng.integers(60, 200, 3).tolist()))
    draw = ImageDraw.Draw(canvas)
    for _ in range(40):
        corner = rng.integers(0, [WIDTH // 4, HEIGHT // 4])
        size = rng.integers(20, 260, 2)
        box = [*corner.tolist(), *(corner + size).tolist()]
        shape = draw.rectangle if rng.random() < 0.5 else draw.ellipse
        shape(box, fill=tuple(rng.integers(0, 255, 3).tolist()))
    areas = np.asarray(canvas.resize((WIDTH, HEIGHT), Image.Resampling.NEAREST), np.float32)
    return np.asarray(0.55 * areas + 50 + CONTRAST * _pink(rng)[..., None], np.float32)


def _variation(
    base: NDArray[np.float32], number: int, noise: float, rng: np.random.Generator
) -> NDArray[np.uint8]:
    shifted = np.roll(base, (number * 331 % HEIGHT, number * 577 % WIDTH), axis=(0, 1))
    grain = rng.standard_normal((HEIGHT, WIDTH), dtype=np.float32)[..., None] * noise
    return np.clip(shifted + grain, 0, 255).astype(np.uint8)
