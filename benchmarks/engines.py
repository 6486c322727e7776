"""What durable-rules costs beside the interpreter, warm, on every shipped story: one run, one machine, as a ratio.

python benchmarks/engines.py
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from enplan import data
from enplan.assess import assess
from enplan.casefile import load_case
from enplan.corpus import load
from enplan.report import Report
from enplan.scenarios import files


def _median(call: Callable[[], Any], times: int) -> float:
    call()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    """Print milliseconds for an assessment with its trace: with one engine, with both, and written out as data.

    The trace (every literal with its value and facts, every step of every date) is always made: it is what an assessment is.
    """
    corpus = load()
    stories = [
        path for path in files((data.folder("scenarios"),)) if path.parent.name not in ("tabeller", "bestemmelser")
    ]
    cases = [load_case(path, corpus) for path in stories]
    runs = [(case, run) for case in cases for run in case.expect]

    def all_runs(second: bool, trace: bool = False) -> None:
        for case, run in runs:
            result = assess(case, corpus, regime=run.regime or "gaeldende-ret", on=run.date, second_engine=second)
            if trace:
                Report(result, case, corpus).data()

    alone, both, traced = (_median(call, 5) / len(runs) for call in (
        lambda: all_runs(False), lambda: all_runs(True), lambda: all_runs(True, trace=True)))  # fmt: skip
    print(f"{len(runs)} assessments of {len(cases)} scenarios, {len(corpus.requirements)} requirements")
    for name, taken in (("interpreter alone", alone), ("with durable-rules", both), ("and the trace as data", traced)):
        print(
            f"{name:22} {taken * 1000:6.2f} ms   {1 / taken:4.0f} a second   {taken / alone:.2f} times the interpreter alone"
        )


if __name__ == "__main__":
    main()
