"""Assessments a second on every shipped story, warm, and what durable-rules costs beside the interpreter, as a ratio.

python benchmarks/engines.py
"""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from typing import Any

from enplan import data
from enplan.assess import assess
from enplan.casefile import load_case
from enplan.corpus import Corpus, load
from enplan.report import Report
from enplan.scenarios import files


@cache
def _corpus() -> Corpus:
    return load()


@cache
def _runs() -> list[tuple[Any, Any]]:
    """Every run of every story, tables and single provisions left out."""
    corpus = _corpus()
    folder = data.folder("scenarios")
    stories = [path for path in files((folder,)) if path.parent.name not in ("tabeller", "bestemmelser")]
    cases = [load_case(path, corpus) for path in stories]
    return [(case, run) for case in cases for run in case.expect]


def _assess_all(second: bool = False, trace: bool = False) -> int:
    corpus = _corpus()
    for case, run in _runs():
        regime = run.regime or "gaeldende-ret"
        result = assess(case, corpus, regime=regime, on=run.date, assume=run.assume, second_engine=second)
        if trace:
            Report(result, case, corpus).data()
    return len(_runs())


def _median(call: Callable[[], Any], times: int) -> float:
    call()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _beside_each_other(workers: int) -> float:
    """Seconds for one assessment when each core runs a process of its own, started and warm."""
    with ProcessPoolExecutor(workers) as pool:
        every_worker = [False] * workers

        def round_of_all() -> None:
            list(pool.map(_assess_all, every_worker))

        return _median(round_of_all, 5) / (len(_runs()) * workers)


def main() -> None:
    """Print milliseconds for an assessment with its trace: with one engine, with both, and written out as data.

    The trace (every literal with its value and facts, every step of every date) is always made: it is what an assessment is.
    """
    count = len(_runs())
    alone, both, traced = (_median(call, 5) / count for call in (
        _assess_all, lambda: _assess_all(True), lambda: _assess_all(True, trace=True)))  # fmt: skip
    workers = os.cpu_count() or 1
    spread = _beside_each_other(workers)
    print(f"{count} runs of the stories, {len(_corpus().requirements)} requirements")
    print(f"Python {platform.python_version()}, {platform.python_compiler()}, {workers} cores")
    for name, taken in (("interpreter alone", alone), ("with durable-rules", both), ("and the trace as data", traced),
                        (f"interpreter, {workers} processes", spread)):  # fmt: skip
        print(f"{name:24} {taken * 1000:6.2f} ms   {1 / taken:4.0f} a second   {taken / alone:.2f} times the first")


if __name__ == "__main__":
    main()
