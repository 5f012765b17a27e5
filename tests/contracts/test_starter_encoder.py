from collections.abc import Callable

import pytest

from imgsearch_desktop.adapters.models.starter.model import StarterModel
from imgsearch_desktop.application.ports import Model
from tests.contracts.encoder_contract import EncoderContract
from tests.support.starter import CACHE, starter_model


class TestStarterEncoder(EncoderContract):
    @pytest.fixture
    def model(self) -> Model:
        return starter_model()

    @pytest.fixture
    def fresh_model(self) -> Callable[[], Model]:
        return lambda: StarterModel(CACHE, threads=1)
