"""What this machine's processor can do, as far as quantised model files are made for it."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib import import_module

from imgsearch_desktop.domain.model_list import CpuKind

_ARM = {"arm64", "aarch64"}


def this_cpu() -> CpuKind:
    """The best kind of quantised file for this machine."""
    return cpu_kind(platform.machine(), _features())


def cpu_kind(machine: str, features: Mapping[str, bool]) -> CpuKind:
    """The best kind of quantised file for a machine.

    Args:
        machine: as `platform.machine` names it.
        features: by numpy's names for them.
    """
    if machine.lower() in _ARM:
        return CpuKind.ARM64
    if features.get("AVX512_ICL") or features.get("AVX512VNNI"):
        return CpuKind.AVX512_VNNI
    return CpuKind.AVX2 if features.get("AVX2") or features.get("X86_V3") else CpuKind.PLAIN


def _features() -> Mapping[str, bool]:
    """What numpy found, on any system; nothing where it cannot be asked: then full precision serves."""
    try:
        found: Mapping[str, bool] = import_module("numpy._core._multiarray_umath").__cpu_features__
    except (ImportError, AttributeError):
        return {}
    return found
