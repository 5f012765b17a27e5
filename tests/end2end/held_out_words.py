"""Words that nothing was tuned on.

Every word was checked against the pictures, not against any score. Of all that were collected, those with the
smallest SHA-256 are these; the others are what `benchmarks/calibrate_starter.py` measures with.
"""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in text.split(";"))


PRESENT = _words("""
    a mountain reflected in a lake; Wolkenkratzer; las; asparagus; nectarines; bus; pantalon;
    leather boots; snow covered mountains; ananas; mare; rainforest; sneaker; floresta; tomates;
    sunset; ginger cat; pug; cabbage; 海; Hochhaus; miniskirt; flip flops; улица; hooded sweatshirt;
    small bird on a branch; coastline; яблоки; stuffed animal; a boat on the sea
""")
"""30 things that are on the photos."""

ABSENT = _words("""
    monkey; 剪刀; 蜘蛛; violin; igloo; เสือ; electric drill; crocodile; hair dryer; vliegtuig;
    hedgehog; 飛行機; a penguin on the ice; fax machine; stork; penguin; popcorn; flamingo; fire
    engine; elefante; fireworks; borboleta; crown; microscope; airplane; broom; samolot; owl; steam
    locomotive; nijlpaard
""")
"""30 things that are nowhere on them."""

BEYOND = _words("""
    grandpa; birthday; a happy couple; my brother; carnival mood; farewell party; anger; family reunion;
    homesickness; teenagers dancing; a lonely child; anniversary dinner; boredom; my boss; Abschlussfeier;
    Großmutter; tristesse; fiesta de cumpleaños; друзья; 家人
""")
"""20 people, events and moods."""

THINGS = _words("""
    puppy; kitten; horse; eagle; goldfish; lemon; pizza; coffee cup; bread; pumpkin; bicycle; train; sailboat;
    airplane; tractor; guitar; piano; laptop; camera; clock; table; bed; lamp; umbrella; boots; hat; river;
    castle; bridge; snow on trees; Auto; Fahrrad; oiseau; fleurs; barco; árbol; корабль; 船; 自行车; 꽃
""")
"""40 things, on the photos or not."""
