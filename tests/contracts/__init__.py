"""Contract suites: one per port, run on every adapter."""

import pytest

pytest.register_assert_rewrite(
    "tests.contracts.photo_index_feeding",
    "tests.contracts.photo_index_vectors",
    "tests.contracts.photo_index_keywords",
    "tests.contracts.photo_index_filters",
)
