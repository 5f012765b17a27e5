from __future__ import annotations

import platform

import pytest

from imgsearch_desktop.adapters.models.cpu import cpu_kind, this_cpu
from imgsearch_desktop.domain.model_list import CpuKind


@pytest.mark.parametrize(
    ("machine", "features", "kind"),
    [
        ("x86_64", {"AVX2": True, "AVX512_ICL": True}, CpuKind.AVX512_VNNI),
        ("AMD64", {"AVX2": True, "AVX512VNNI": True}, CpuKind.AVX512_VNNI),
        ("AMD64", {"AVX2": True, "AVX512F": True, "AVX512_ICL": False}, CpuKind.AVX2),
        ("x86_64", {"X86_V3": True}, CpuKind.AVX2),
        ("x86_64", {"X86_V2": True}, CpuKind.PLAIN),
        ("x86_64", {}, CpuKind.PLAIN),
        ("arm64", {"NEON": True}, CpuKind.ARM64),
        ("aarch64", {}, CpuKind.ARM64),
        ("riscv64", {}, CpuKind.PLAIN),
    ],
)
def test_each_processor_gets_its_files(machine: str, features: dict[str, bool], kind: CpuKind) -> None:
    assert cpu_kind(machine, features) is kind


def test_this_machine_is_told_as_the_system_tells_it() -> None:
    try:
        with open("/proc/cpuinfo", encoding="ascii") as file:  # noqa: PTH123 - no file of ours
            flags = next((line for line in file if line.startswith("flags")), "").split()
    except OSError:
        pytest.skip("only Linux tells")
    if platform.machine() != "x86_64":
        pytest.skip("flags have other names elsewhere")
    expected = CpuKind.AVX512_VNNI if "avx512_vnni" in flags else CpuKind.AVX2 if "avx2" in flags else None
    assert this_cpu() is (expected or CpuKind.PLAIN)
