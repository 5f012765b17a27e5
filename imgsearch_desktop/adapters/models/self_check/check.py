"""Tries a model on drawings and their names before anything is trusted to it."""

from __future__ import annotations

import logging

from imgsearch_desktop.adapters.models.self_check.drawings import NAMES, drawings
from imgsearch_desktop.application.ports import Model
from imgsearch_desktop.domain.errors import KnownError
from imgsearch_desktop.domain.self_check import SelfCheckReport, judge

log = logging.getLogger(__name__)


def check_model(model: Model, claimed: tuple[str, ...]) -> SelfCheckReport:
    """Whether the model's pictures and words match each other.

    Args:
        model: loaded by this.
        claimed: languages it is said to understand; those that are not tried here do not matter.

    Returns:
        The verdict; a model that cannot be loaded or run fails, with the reason.
    """
    try:
        pictures = model.image_encoder.encode(drawings(model.spec.encoder_input.size)).vectors
        cosines = {
            language: pictures @ model.text_encoder.encode(names).vectors.T
            for language, names in NAMES.items()
        }
    except KnownError as error:
        return SelfCheckReport(problem=str(error))
    except Exception as error:  # whatever a runtime raises over files it cannot make sense of
        log.info("The self-check of %s failed", model.spec.model_id, exc_info=error)
        return SelfCheckReport(problem=f"the model cannot be run ({type(error).__name__})")
    return judge(cosines, claimed)
