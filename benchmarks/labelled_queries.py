"""Queries whose right answers are known from the labels of the test photos.

A query has *core* labels (a photo with one of them must be found) and labels that are *fine* as well (finding
such a photo is no mistake: a street for "buildings", a polo shirt for "t-shirt").
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

_APPLES = "golden delicious,granny smith,pink lady,red delicious,royal gala"
_PEPPERS = "green bell pepper,orange bell pepper,red bell pepper,yellow bell pepper"
_MELONS = "cantaloupe,galia melon,honeydew melon,watermelon"
_SNEAKERS = "shoes,shiny sneaker,colorful sneaker"
_TOPS = "polo,top,undershirt,longsleeve,shirt,body,blouse"

_TABLE = f"""
dog|Hund|собака|狗|犬|perro: dog; backpack dog,wolf plushie
cat|Katze|gato: cat
banana|香蕉: banana
apple|Apfel: {_APPLES}; nectarine,peach,pomegranate
pear: anjou,conference,kaiser; {_APPLES}
lemon|limón: lemon; lime,orange
orange: orange,satsumas,red grapefruit; lemon
pineapple|ananas: pineapple
melon: {_MELONS}
mushrooms|грибы: brown cap mushroom
bell pepper|Paprika: {_PEPPERS}
cucumber: cucumber; zucchini
tomatoes: beef tomato,regular tomato,vine tomato
potatoes: floury potato,solid potato,sweet potato; red beet,ginger
cabbage: cabbage
garlic: garlic
carrots: carrots
eggplant: aubergine
pomegranate: pomegranate; {_APPLES}
zucchini: zucchini; cucumber
shoes|zapatos|鞋子|sneakers: {_SNEAKERS}; fancy boot
t-shirt: t-shirt; {_TOPS}
dress|Kleid: dress; skirt,top,blouse
hat: hat
skirt: skirt; dress,shorts
trousers: pants; shorts
shorts: shorts; pants
jacket: blazer,outwear; hoodie,shirt,longsleeve
hoodie: hoodie; outwear,longsleeve
sea|Meer|море|大海: sea; glacier
mountain|Berg|montagne|山: mountain; glacier
glacier: glacier; mountain
forest|Wald|bosque: forest
street|Straße: street; buildings
buildings|skyscraper: buildings; street
beach: sea
snow covered mountains: mountain,glacier
a path through the forest: forest
backpack|Rucksack: backpack,backpack dog
teddy bear: bear plushie,wolf plushie,grey sloth plushie; monster toy
vase: vase
teapot: teapot
clock|alarm clock: clock
sunglasses: pink sunglasses
toy car: rc car
candle: candle
boots: fancy boot; shoes
"""


@dataclass(frozen=True, slots=True)
class LabelledQuery:
    """A query and the labels that answer it."""

    text: str
    core: frozenset[str]
    fine: frozenset[str]


def labelled_queries() -> list[LabelledQuery]:
    """Every query with its labels; `fine` includes `core`."""
    queries = []
    for line in _TABLE.strip().splitlines():
        texts, _, answers = line.partition(": ")
        core, _, fine = answers.partition("; ")
        cores = frozenset(core.split(","))
        queries += [
            LabelledQuery(text, cores, cores | frozenset(fine.split(","))) for text in texts.split("|")
        ]
    return queries


@dataclass(frozen=True, slots=True)
class PhotoLabel:
    """What `labels.csv` says about a photo: its label, and the group within which it counts."""

    label: str
    group: str


def read_labels(photos: Path) -> dict[str, PhotoLabel]:
    """Labels by relative path; groups are "subject:dog2" (one and the same dog), "scene", "clothing" ..."""
    with (photos / "labels.csv").open(encoding="utf-8", newline="") as file:
        return {row["path"]: PhotoLabel(row["label"], row["group"]) for row in csv.DictReader(file)}
