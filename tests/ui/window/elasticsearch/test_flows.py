"""What is done every day in the window, with Elasticsearch answering: the embedded engine's tests again."""

from __future__ import annotations

import pytest

from tests.ui.window.test_doing import (
    test_a_corrected_date_moves_the_photo,
    test_delete_takes_the_tile_away_at_once_and_ctrl_z_brings_it_back,
)
from tests.ui.window.test_main_job import (
    test_a_double_click_opens_the_panel_and_the_trail_grows_and_leads_back,
    test_a_dropped_folder_is_added,
    test_a_dropped_picture_is_searched_and_its_folder_offered,
    test_a_photo_of_the_grid_can_be_dropped_on_the_slot_alone,
    test_finished_minus_words_become_chips_that_backspace_removes,
    test_history_goes_back_and_forward_through_searches,
    test_the_anchor_becomes_a_query,
    test_the_filter_row_composes_with_the_search,
    test_typing_searches_and_escape_goes_back_to_where_one_was,
)
from tests.ui.window.test_searching import test_the_answer_to_an_older_question_is_dropped

WITHOUT_SEARCHING = {
    test_a_corrected_date_moves_the_photo.__name__,
    test_a_dropped_folder_is_added.__name__,
    test_delete_takes_the_tile_away_at_once_and_ctrl_z_brings_it_back.__name__,
    test_finished_minus_words_become_chips_that_backspace_removes.__name__,  # may end before the answer
}

__all__ = [
    "test_a_corrected_date_moves_the_photo",
    "test_a_double_click_opens_the_panel_and_the_trail_grows_and_leads_back",
    "test_a_dropped_folder_is_added",
    "test_a_dropped_picture_is_searched_and_its_folder_offered",
    "test_a_photo_of_the_grid_can_be_dropped_on_the_slot_alone",
    "test_delete_takes_the_tile_away_at_once_and_ctrl_z_brings_it_back",
    "test_finished_minus_words_become_chips_that_backspace_removes",
    "test_history_goes_back_and_forward_through_searches",
    "test_the_anchor_becomes_a_query",
    "test_the_answer_to_an_older_question_is_dropped",
    "test_the_filter_row_composes_with_the_search",
    "test_typing_searches_and_escape_goes_back_to_where_one_was",
]


@pytest.fixture(autouse=True)
def _answered_by_the_server(request, proxy):
    """The server is what was asked, and it had no trouble."""
    yield
    searched = [line for line in proxy.asked if "_msearch" in line]
    assert searched or request.node.name in WITHOUT_SEARCHING
