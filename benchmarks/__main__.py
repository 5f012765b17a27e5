"""Runs measurements: ``python -m benchmarks`` for all, ``python -m benchmarks index_speed`` for one."""

from __future__ import annotations

import argparse
import importlib
import time

from benchmarks.figures import write_results, write_table

TOPICS = (
    "start_up",
    "index_speed",
    "recipe_speed",
    "catalogue_size",
    "search_speed",
    "encoder_speed",
    "window_speed",
    "elasticsearch_scale",
)


def main() -> None:
    """Measure what was asked for and write it down."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("topics", nargs="*", metavar="TOPIC", help=f"one of {', '.join(TOPICS)}; default all")
    for topic in parser.parse_args().topics or TOPICS:
        started = time.perf_counter()
        figures = importlib.import_module(f"benchmarks.{topic}").measure()
        if figures:
            write_results(topic, figures)
        for figure in figures:
            budget = "" if figure.budget is None else f"   budget {figure.budget:g}: {figure.verdict}"
            print(f"{figure.name:58s} {figure.value:12.4g} {figure.unit}{budget}", flush=True)
        print(f"({topic}: {time.perf_counter() - started:.0f} s)\n", flush=True)
    print(f"Written: {write_table()}")


if __name__ == "__main__":
    main()
