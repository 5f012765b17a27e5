import numpy as np
import pytest

from imgsearch_desktop.domain.errors import PhotoUnreadableError
from imgsearch_desktop.workers import threads
from imgsearch_desktop.workers.pictures import KEPT, PictureLoader, renditions


def pixels(photo_id, height=30, width=40):
    return np.full((height, width, 3), (photo_id, 2, 3), np.uint8)


@pytest.fixture
def loads():
    return []


@pytest.fixture
def loader(qtbot, loads):
    def load(photo_id):
        loads.append(photo_id)
        if photo_id == 99:
            raise PhotoUnreadableError("The file is cut off.")
        return pixels(photo_id)

    made = PictureLoader(load)
    yield made
    made.close()
    assert threads.wait()


def test_renditions_halve_and_keep_the_colours():
    made = renditions(np.full((2400, 4100, 3), (10, 20, 30), np.uint8))
    assert [(image.width(), image.height()) for image in made] == [(4100, 2400), (2050, 1200), (1025, 600)]
    assert {image.pixelColor(5, 5).name() for image in made} == {"#0a141e"}


def test_a_row_that_is_no_multiple_of_four_bytes_long_is_not_skewed():
    rows = np.zeros((4, 5, 3), np.uint8)
    rows[:, 0] = 255
    image = renditions(rows)[0]
    assert [image.pixelColor(0, y).red() for y in range(4)] == [255] * 4
    assert [image.pixelColor(1, y).red() for y in range(4)] == [0] * 4


def test_the_wanted_one_comes_first_and_its_neighbours_after_it(loader, loads, qtbot):
    arrived = []
    loader.loaded.connect(lambda photo_id, _: arrived.append(photo_id))
    loader.want(5, ahead=[6, 4])
    qtbot.waitUntil(lambda: arrived == [5, 6, 4])
    assert loads == [5, 6, 4]


def test_a_kept_picture_is_handed_out_at_once_without_reading(loader, loads, qtbot):
    with qtbot.waitSignals([loader.loaded, loader.loaded]):
        loader.want(5, ahead=[6])
    with qtbot.waitSignal(loader.loaded) as signal:
        loader.want(6)
    assert signal.args[0] == 6
    assert loads == [5, 6]


def test_a_picture_that_cannot_be_read_fails_in_words_and_the_next_one_loads(loader, qtbot):
    with qtbot.waitSignal(loader.failed) as signal, qtbot.waitSignal(loader.loaded) as next_one:
        loader.want(99, ahead=[7])
    assert signal.args[0] == 99
    assert signal.args[1].message == "The file is cut off."
    assert next_one.args[0] == 7


def test_only_a_few_pictures_are_kept(loader, loads, qtbot):
    for photo_id in range(KEPT + 2):
        with qtbot.waitSignal(loader.loaded):
            loader.want(photo_id)
    with qtbot.waitSignal(loader.loaded):
        loader.want(0)
    assert loads.count(0) == 2
