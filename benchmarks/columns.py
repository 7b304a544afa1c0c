"""300, 5,000, 50,000 and a million people × 60 lines scored, composed, ranked and nominated. Peers: plain Decimal Python, duckdb, the memory itself.

``python -m benchmarks.columns [PEOPLE]``; each way runs in a process of its own, whose peak memory includes the data. Ratios are of
numbers measured in the same run. Exits with 1 where two ways disagree, or a way takes more processor time or memory than its limit: what
others do on the machine meanwhile lengthens the hours by the wall, and is nobody's fault here.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.peers import plain
from benchmarks.peers.arguments import arguments
from benchmarks.peers.bureaus import Bureau, bureau
from services.scoring.kernel.bureau import Result, score

SIZES = (300, 5_000, 50_000, 1_000_000)
LIMITS = {"numpy": (1.5, 4.0)}  # processor seconds and GB at a million
REPEATS = 5
FIRST = 1000


def main(sizes: tuple[int, ...] = SIZES) -> int:
    return max(_compare(people) for people in sizes)


def _compare(people: int) -> int:
    ways = ["memory", "numpy", "duckdb", "decimal"]
    found = {way: _apart(way, people) for way in ways}
    sys.stdout.write(
        f"  {people:,} people, {found['numpy']['lines']:,} lines, {found['memory']['bytes'] / 1e6:,.0f} MB of columns\n"
    )
    for way, one in found.items():
        own = one["seconds"]
        ratios = f"{own / found['memory']['seconds']:>9.1f} × reading the memory"
        against = "".join(
            f"{found[peer]['seconds'] / own:>10.1f} × faster than {peer}"
            for peer in ("duckdb", "decimal")
            if way in LIMITS
        )
        sys.stdout.write(
            f"    {way:<9}{own:>10.4f} s ({one['processor']:.3f} s of processor time){one['gigabytes']:>7.2f} GB{ratios}{against}{one.get('note', '')}\n"
        )
    same = [found[way]["digest"] for way in ("numpy", "duckdb")]
    agreed = len({json.dumps(digest) for digest in same}) == 1 and found["decimal"]["agrees"]
    if not agreed:
        sys.stdout.write("    THE WAYS DISAGREE\n")
    return 0 if agreed and (people < SIZES[-1] or _within_limits(found)) else 1


def _within_limits(found: dict[str, Any]) -> bool:
    passed = [
        way for way, (seconds, size) in LIMITS.items()
        if way in found and (found[way]["processor"] > seconds or found[way]["gigabytes"] > size)
    ]  # fmt: skip
    for way in passed:
        sys.stdout.write(f"    {way} PASSED ITS LIMIT of {LIMITS[way][0]} s of processor time or {LIMITS[way][1]} GB\n")
    return not passed


def _apart(way: str, people: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.columns", way, str(people)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, Any] = json.loads(output.splitlines()[-1])
    return found


def _measure(way: str, people: int) -> dict[str, Any]:
    made = bureau(people)
    found = {"memory": _memory, "duckdb": _duckdb, "decimal": _decimal}.get(way, _kernel)(way, made)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9
    return {"lines": made.lines, "gigabytes": peak, **found}


def _memory(_: str, made: Bureau) -> dict[str, Any]:
    """The lower bound: every byte of the columns read once."""
    words = [one[: len(one) // 8 * 8].view(np.int64) for one in made.arrays()]
    times, _result = _best(lambda: sum(int(one.sum()) for one in words))
    return {**times, "bytes": sum(one.nbytes for one in made.arrays())}


def _kernel(_: str, made: Bureau) -> dict[str, Any]:
    vetoed = np.zeros(made.subjects, bool)
    times, result = _best(lambda: _score(made, vetoed))
    return {**times, "digest": _digest(made, result)}


def _score(made: Bureau, vetoed: Any) -> Result:
    return score(made.blocks, made.organisation, made.rules, vetoed)


def _digest(made: Bureau, result: Result) -> list[Any]:
    """The first thousand persons with final and rank."""
    persons = made.organisation.persons
    finals, ranks = result.finals[persons], result.rankings["person"].rank
    order = np.lexsort((persons, ranks))[:FIRST]
    return [[int(persons[one]), int(finals[one]), int(ranks[one])] for one in order]


def _duckdb(_: str, made: Bureau) -> dict[str, Any]:
    from benchmarks.peers import sql

    base = sql.load(made)
    times, rows = _best(lambda: sql.finals(base, made.rules.composite), repeats=2)
    return {**times, "digest": [list(map(int, row)) for row in rows]}


def _decimal(_: str, made: Bureau) -> dict[str, Any]:
    """The layer scores of a sample, extrapolated; they have to be the kernel's to the hundredth."""
    chosen = plain.sample(made)
    times, found = _best(lambda: plain.scores(chosen), repeats=1)
    sheets = _score(made, np.zeros(made.subjects, bool)).sheets
    expected = [int(sheets.score[block.subjects[row]]) for block, row in chosen]
    agrees = [-1 if one is None else int(one * 100) for one in found] == expected
    factor = made.people / len(chosen)
    note = f"   (extrapolated from {len(chosen):,} people)" if factor > 1 else ""
    return {**{name: one * factor for name, one in times.items()}, "agrees": agrees, "note": note}


def _best(work: Callable[[], Any], repeats: int = REPEATS) -> tuple[dict[str, float], Any]:
    """The least of each: by the wall, and of the processors' time."""
    seconds, processor, result = [], [], None
    for _ in range(repeats):
        started, used = time.perf_counter(), time.process_time()
        result = work()
        seconds.append(time.perf_counter() - started)
        processor.append(time.process_time() - used)
    return {"seconds": min(seconds), "processor": min(processor)}, result


if __name__ == "__main__":
    if len(sys.argv) == 3 and not sys.argv[1].isdecimal():
        sys.stdout.write(json.dumps(_measure(sys.argv[1], int(sys.argv[2]))) + "\n")
    else:
        sys.exit(main(tuple(arguments(__doc__, numbers="PEOPLE").numbers) or SIZES))
