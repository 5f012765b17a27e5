import pytest
from hypothesis import given
from hypothesis import strategies as st

from imgsearch_desktop.ui.viewer import geometry
from imgsearch_desktop.ui.viewer.geometry import Size

lengths = st.integers(1, 8000)
sizes = st.builds(Size, lengths, lengths)
factors = st.floats(0.1, 10)


@given(sizes, sizes)
def test_fitted_picture_lies_inside_the_viewport_and_is_centred(picture, viewport):
    rect = geometry.target(geometry.fitted(picture, viewport), picture, viewport)
    assert rect.width <= viewport.width + 1e-6
    assert rect.height <= viewport.height + 1e-6
    assert rect.left == pytest.approx((viewport.width - rect.width) / 2, abs=1e-6)
    assert rect.top == pytest.approx((viewport.height - rect.height) / 2, abs=1e-6)


def test_small_pictures_are_not_blown_up():
    assert geometry.fitted(Size(40, 30), Size(800, 600)).scale == 1


def test_zoom_keeps_the_picture_pixel_under_the_pointer():
    picture, viewport = Size(4000, 3000), Size(800, 600)
    view = geometry.zoomed(geometry.fitted(picture, viewport), 4, (400, 300), picture, viewport)
    at = (500, 350)

    def under_pointer(v):
        return v.x + (at[0] - 400) / v.scale, v.y + (at[1] - 300) / v.scale

    closer = geometry.zoomed(view, 1.5, at, picture, viewport)
    assert under_pointer(closer) == pytest.approx(under_pointer(view))
    assert closer.scale == pytest.approx(view.scale * 1.5)


@given(sizes, sizes, factors, st.floats(-3000, 3000), st.floats(-3000, 3000))
def test_no_edge_of_a_large_picture_comes_inside(picture, viewport, factor, dx, dy):
    view = geometry.zoomed(geometry.fitted(picture, viewport), factor, (10, 10), picture, viewport)
    rect = geometry.target(geometry.panned(view, dx, dy, picture, viewport), picture, viewport)
    if rect.width > viewport.width:
        assert rect.left <= 1e-3
        assert rect.left + rect.width >= viewport.width - 1e-3
    if rect.height > viewport.height:
        assert rect.top <= 1e-3
        assert rect.top + rect.height >= viewport.height - 1e-3


@given(sizes, sizes, factors)
def test_zooming_out_ends_at_the_fitted_view(picture, viewport, factor):
    view = geometry.zoomed(geometry.fitted(picture, viewport), factor, (0, 0), picture, viewport)
    out = geometry.zoomed(view, 1e-6, (0, 0), picture, viewport)
    assert out == geometry.fitted(picture, viewport)


def test_a_fitted_view_follows_the_window_and_a_zoomed_one_keeps_its_scale():
    picture = Size(4000, 3000)
    fitted = geometry.fitted(picture, Size(800, 600))
    assert geometry.resized(fitted, picture, Size(1600, 1200)).scale == pytest.approx(0.4)
    zoomed = geometry.zoomed(fitted, 5, (0, 0), picture, Size(800, 600))
    assert geometry.resized(zoomed, picture, Size(1000, 700)).scale == zoomed.scale


def test_the_full_resolution_takes_the_place_of_the_thumbnail_unnoticed():
    small, large, viewport = Size(384, 288), Size(4000, 3000), Size(800, 600)
    view = geometry.View(2.0, 100, 90, fit=False)
    before = geometry.target(view, small, viewport)
    after = geometry.target(geometry.rescaled(view, small, large), large, viewport)
    assert after.left == pytest.approx(before.left)
    assert after.top == pytest.approx(before.top)
    assert after.width == pytest.approx(before.width)
