"""What a grid shows, less some photos."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from imgsearch_desktop.ui.grid.contents import Contents

CONTENTS = Contents(np.array([9, 8, 7, 3, 2]), np.array([0, 1, 3]), ("June", "May", "April"))


def test_sections_that_run_empty_go_with_their_photos():
    left = CONTENTS.without([9, 7, 100])
    assert left.ids.tolist() == [8, 3, 2]
    assert left.starts is not None
    assert left.starts.tolist() == [0, 1]
    assert left.titles == ("May", "April")


def test_without_headings_only_photos_go():
    left = Contents(np.array([3, 1, 2])).without([1])
    assert left.ids.tolist() == [3, 2]
    assert left.starts is None


def test_nothing_may_be_left():
    left = CONTENTS.without([9, 8, 7, 3, 2])
    assert left.starts is not None
    assert (len(left.ids), len(left.starts), left.titles) == (0, 0, ())


@given(st.sets(st.integers(0, 12)))
def test_every_photo_stays_under_its_heading(gone):
    def headed(contents):
        sizes = [contents.section_size(place) for place in range(len(contents.titles))]
        return list(zip(np.repeat(contents.titles, sizes).tolist(), contents.ids.tolist(), strict=True))

    assert headed(CONTENTS.without(sorted(gone))) == [
        (title, photo) for title, photo in headed(CONTENTS) if photo not in gone
    ]
