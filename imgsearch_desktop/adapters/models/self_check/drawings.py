"""A dozen drawings that anybody would call by the same name, and those names in six languages."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np
from PIL import Image, ImageDraw

from imgsearch_desktop.domain.embedding import Pixels

_SCALE = 4
"""Drawn so many times larger and then reduced, for smooth edges."""

_Draw = Callable[[ImageDraw.ImageDraw, int], None]


def drawings(side: int) -> Pixels:
    """All drawings in the order of `NAMES`, uint8 (n, side, side, 3)."""
    return np.stack([_drawn(draw, side) for draw in _DRAWINGS])


def _drawn(draw: _Draw, side: int) -> Pixels:
    large = side * _SCALE
    picture = Image.new("RGB", (large, large), "white")
    draw(ImageDraw.Draw(picture), large)
    return np.asarray(picture.resize((side, side), Image.Resampling.BOX), dtype=np.uint8)


def _square(side: int, inset: float) -> tuple[float, float, float, float]:
    return (side * inset, side * inset, side * (1 - inset), side * (1 - inset))


def _points(side: int, *points: tuple[float, float]) -> list[tuple[float, float]]:
    return [(side * x, side * y) for x, y in points]


def _red_circle(draw: ImageDraw.ImageDraw, side: int) -> None:
    draw.ellipse(_square(side, 0.18), fill="#d81e1e")


def _blue_square(draw: ImageDraw.ImageDraw, side: int) -> None:
    draw.rectangle(_square(side, 0.2), fill="#1f4fd8")


def _green_triangle(draw: ImageDraw.ImageDraw, side: int) -> None:
    draw.polygon(_points(side, (0.5, 0.15), (0.88, 0.82), (0.12, 0.82)), fill="#1c9a3c")


def _yellow_star(draw: ImageDraw.ImageDraw, side: int) -> None:
    corners = []
    for corner in range(10):
        radius = 0.42 if corner % 2 == 0 else 0.17
        angle = math.pi * (corner / 5 - 0.5)
        corners.append((0.5 + radius * math.cos(angle), 0.53 + radius * math.sin(angle)))
    draw.polygon(_points(side, *corners), fill="#f2c200")


def _heart(draw: ImageDraw.ImageDraw, side: int) -> None:
    turns = [2 * math.pi * step / 120 for step in range(120)]
    outline = [
        (
            0.5 + 0.024 * 16 * math.sin(t) ** 3,
            0.47 - 0.024 * (13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)),
        )
        for t in turns
    ]
    draw.polygon(_points(side, *outline), fill="#e0245e")


def _chessboard(draw: ImageDraw.ImageDraw, side: int) -> None:
    cell = side / 8
    for row in range(8):
        for column in range(8):
            if (row + column) % 2:
                draw.rectangle(
                    (column * cell, row * cell, (column + 1) * cell, (row + 1) * cell), fill="black"
                )


def _rainbow(draw: ImageDraw.ImageDraw, side: int) -> None:
    draw.rectangle((0, 0, side, side), fill="#9fd3f5")
    colours = ("#e02424", "#f58a1f", "#f7e01d", "#2fae3f", "#2467d6", "#6a2fb0")
    for ring, colour in enumerate(colours):
        radius = 0.46 - 0.045 * ring
        box = (0.5 - radius, 0.75 - radius, 0.5 + radius, 0.75 + radius)
        draw.pieslice([side * edge for edge in box], 180, 360, fill=colour)
    box = (0.5 - 0.19, 0.75 - 0.19, 0.5 + 0.19, 0.75 + 0.19)
    draw.pieslice([side * edge for edge in box], 180, 360, fill="#9fd3f5")


def _smiling_face(draw: ImageDraw.ImageDraw, side: int) -> None:
    draw.ellipse(_square(side, 0.1), fill="#ffd93b", outline="black", width=side // 60)
    for x in (0.36, 0.64):
        draw.ellipse([side * e for e in (x - 0.05, 0.33, x + 0.05, 0.47)], fill="black")
    draw.arc([side * e for e in (0.27, 0.35, 0.73, 0.78)], 20, 160, fill="black", width=side // 30)


def _house(draw: ImageDraw.ImageDraw, side: int) -> None:
    draw.rectangle((0, 0, side, side), fill="#bfe3ff")
    draw.rectangle((0, side * 0.82, side, side), fill="#58a84b")
    draw.rectangle([side * e for e in (0.22, 0.45, 0.78, 0.85)], fill="#e8c99b")
    draw.polygon(_points(side, (0.15, 0.47), (0.5, 0.15), (0.85, 0.47)), fill="#b23a2a")
    draw.rectangle([side * e for e in (0.43, 0.6, 0.57, 0.85)], fill="#6b4226")
    for x in (0.28, 0.62):
        draw.rectangle([side * e for e in (x, 0.54, x + 0.1, 0.64)], fill="#fff7c2", outline="#6b4226")


def _tree(draw: ImageDraw.ImageDraw, side: int) -> None:
    draw.rectangle((0, side * 0.85, side, side), fill="#8fce7a")
    draw.rectangle([side * e for e in (0.44, 0.5, 0.56, 0.88)], fill="#6b4226")
    for x, y, radius in ((0.5, 0.3, 0.2), (0.35, 0.4, 0.17), (0.65, 0.4, 0.17), (0.5, 0.47, 0.17)):
        draw.ellipse([side * e for e in (x - radius, y - radius, x + radius, y + radius)], fill="#2c7d32")


def _sun(draw: ImageDraw.ImageDraw, side: int) -> None:
    draw.rectangle((0, 0, side, side), fill="#6fb7f2")
    for ray in range(12):
        angle = math.pi * ray / 6
        ends = [(0.5 + r * math.cos(angle), 0.5 + r * math.sin(angle)) for r in (0.27, 0.43)]
        draw.line(_points(side, *ends), fill="#ffce1f", width=side // 28)
    draw.ellipse(_square(side, 0.28), fill="#ffce1f")


def _night_sky(draw: ImageDraw.ImageDraw, side: int) -> None:
    draw.rectangle((0, 0, side, side), fill="#0b1238")
    draw.ellipse([side * e for e in (0.3, 0.2, 0.75, 0.65)], fill="#f4efc8")
    draw.ellipse([side * e for e in (0.42, 0.14, 0.85, 0.57)], fill="#0b1238")
    for x, y in ((0.15, 0.2), (0.2, 0.7), (0.8, 0.75), (0.5, 0.85), (0.85, 0.2), (0.1, 0.45)):
        draw.ellipse([side * e for e in (x - 0.012, y - 0.012, x + 0.012, y + 0.012)], fill="white")


_DRAWINGS: tuple[_Draw, ...] = (
    _red_circle,
    _blue_square,
    _green_triangle,
    _yellow_star,
    _heart,
    _chessboard,
    _rainbow,
    _smiling_face,
    _house,
    _tree,
    _sun,
    _night_sky,
)

NAMES: Mapping[str, tuple[str, ...]] = {
    "en": (
        "a red circle",
        "a blue square",
        "a green triangle",
        "a yellow star",
        "a heart",
        "a chessboard",
        "a rainbow",
        "a smiling face",
        "a house",
        "a tree",
        "the sun",
        "the moon and stars at night",
    ),
    "de": (
        "ein roter Kreis",
        "ein blaues Quadrat",
        "ein grünes Dreieck",
        "ein gelber Stern",
        "ein Herz",
        "ein Schachbrett",
        "ein Regenbogen",
        "ein lachendes Gesicht",
        "ein Haus",
        "ein Baum",
        "die Sonne",
        "Mond und Sterne in der Nacht",
    ),
    "fr": (
        "un cercle rouge",
        "un carré bleu",
        "un triangle vert",
        "une étoile jaune",
        "un cœur",
        "un échiquier",
        "un arc-en-ciel",
        "un visage souriant",
        "une maison",
        "un arbre",
        "le soleil",
        "la lune et les étoiles la nuit",
    ),
    "es": (
        "un círculo rojo",
        "un cuadrado azul",
        "un triángulo verde",
        "una estrella amarilla",
        "un corazón",
        "un tablero de ajedrez",
        "un arcoíris",
        "una cara sonriente",
        "una casa",
        "un árbol",
        "el sol",
        "la luna y las estrellas de noche",
    ),
    "ru": (
        "красный круг",
        "синий квадрат",
        "зелёный треугольник",
        "жёлтая звезда",
        "сердце",
        "шахматная доска",
        "радуга",
        "улыбающееся лицо",
        "дом",
        "дерево",
        "солнце",
        "луна и звёзды ночью",
    ),
    "zh": (
        "红色的圆形",
        "蓝色的正方形",
        "绿色的三角形",
        "黄色的星星",
        "一颗爱心",
        "国际象棋棋盘",
        "彩虹",
        "笑脸",
        "房子",
        "一棵树",
        "太阳",
        "夜晚的月亮和星星",
    ),
}
"""By language; what each drawing is called, in the same order everywhere."""
