"""The office's sheets: import with all checks, validation alone and export, for libraries of 250 to 20,000 items, and staff
of 300 to 50,000. Each in a process of its own, so that its memory is its own. Peer: openpyxl reading the same workbook.
Limits are of processor time; where the machine is so busy that even that grows, a limit counts as kept up to twice the peer's own time.
The clock's time stands beside it.

``python -m benchmarks.library``; exits with 1 where a limit is passed.
"""

import base64
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from benchmarks.peers.arguments import arguments
from services.targets.service import TargetsService
from shared.actor import Actor, Grant
from shared.database import open_sessions
from tests.support import big_library as big
from tests.support.measuring import postgres
from tests.unit.targets.reference import as_csv, as_xlsx, rows, sheet

BUREAU, YEAR = "BH", "2026"
OFFICE = Actor("office", "office", BUREAU, grants=(Grant("office", "bureau"), Grant("admin", "installation")))
LINES = (0, 2, 20)  # 0: the reference itself
STAFF = (300, 5_000, 50_000)
# (seconds, megabytes above the bare process) by what and size
LIMITS = {
    ("import .xlsx", 250): (1, 300),
    ("import .csv", 250): (1, 300),
    ("check draft", 250): (0.5, 300),
    ("import .xlsx", 20_030): (10, 300),
    ("import .csv", 20_030): (10, 300),
    ("check draft", 20_030): (10, 300),
    ("import staff .csv", 50_000): (60, 400),
}


_TIMES_THE_PEER = 2  # an import read, checked and stored by openpyxl took that


def main() -> int:
    kept, peers = True, dict[int, float]()
    with postgres("targets") as url:
        for what, size, told in chain(_libraries(url), _staffs(url)):
            if what.startswith("peer"):
                peers[size] = told["cpu"]
            kept &= _tell(what, size, told, peers.get(size, 0))
    return 0 if kept else 1


def _tell(what: str, size: int, told: dict[str, float], peer: float) -> bool:
    """One line of the report; whether the limits are kept. ``peer``: what plainly reading the same sheet took."""
    seconds, megabytes = LIMITS.get((what, size), (float("inf"), float("inf")))
    kept = told["cpu"] <= max(seconds, _TIMES_THE_PEER * peer) and told["megabytes"] <= megabytes
    limit = f"   limit {seconds:g} s, {megabytes:g} MB" if (what, size) in LIMITS else ""
    a_thousand = 1000 * told["cpu"] / size  # grows with the size where it should not
    times = f"{told['cpu']:>7.2f} s {a_thousand:>6.3f} s/1000 {told['seconds']:>7.2f} s by the clock"
    line = f"{what:<18}{size:>7} {times} {told['megabytes']:>5.0f} MB{limit}"
    sys.stdout.write(line + ("" if kept else "   PASSED OVER") + "\n")
    sys.stdout.flush()
    return kept


def _libraries(url: str) -> Iterator[tuple[str, int, dict[str, float]]]:
    for lines in LINES:
        size = len(rows("indicators")) if not lines else len(big.indicators(lines))
        for what in ("peer: read .xlsx", "import .xlsx", "import .csv", "check draft", "export .xlsx"):
            yield what, size, _measured(url, what, lines)


def _staffs(url: str) -> Iterator[tuple[str, int, dict[str, float]]]:
    for number in STAFF:
        for what in ("import staff .csv", "who was where"):
            yield what, number, _measured(url, what, number)


def _measured(url: str, what: str, size: int) -> dict[str, float]:
    """In a process that has seen nothing but what it is given, so that its peak is the work's own."""
    with tempfile.NamedTemporaryFile("w+", suffix=".json") as given:
        json.dump(_given(url, what, size), given)
        given.flush()
        command = [sys.executable, "-m", "benchmarks.library", url, what, str(size), given.name]
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return told


def _given(url: str, what: str, size: int) -> dict[str, str]:
    """The sheets that the work is given, and a bureau that is ready for them."""
    world = _World(url, size)
    if what.startswith("import staff"):
        world.set_up()
        return _coded({"persons": as_csv(big.persons(size))})
    if what in ("who was where", "check draft", "export .xlsx"):
        return {}
    table = big.indicators(size) if size else rows("indicators")
    data = as_csv(table) if what.endswith(".csv") else as_xlsx(table)
    if what.startswith("peer"):
        return _coded({"indicators": data})
    world.set_up()
    return _coded({**world.library(), "indicators": data})


class _World:
    """The service in this process; a bureau of its own for every size."""

    def __init__(self, url: str, size: int) -> None:
        self.lines, self.actor = size, Actor(**{**vars(OFFICE), "bureau": f"{BUREAU}{size}"})
        self._service = TargetsService()
        self._service.database = open_sessions(url, "targets")

    def call(self, method: str, **body: Any) -> dict[str, Any]:
        answer: dict[str, Any] = getattr(self._service, method)(self.actor, body)
        return answer

    def set_up(self) -> None:
        """The organisation and an empty year, where they are not there yet."""
        if self.call("list_bureaus", limit=500)["items"] and self._known():
            return
        self.call("create_bureau", bureau=self.actor.bureau, name="基准分局")
        self.call("import_organisation", sheets=_coded(self.organisation()))
        self.call("create_cycle", cycle=YEAR)

    def _known(self) -> bool:
        return any(one["bureau"] == self.actor.bureau for one in self.call("list_bureaus", limit=500)["items"])

    def organisation(self) -> dict[str, bytes]:
        if self.lines not in LINES or not self.lines:
            return {name: sheet(name) for name in ("organisation", "positions")}
        tables = {"lines": big.lines, "organisation": big.organisation, "positions": big.positions}
        return {name: as_csv(make(self.lines)) for name, make in tables.items()}

    def library(self) -> dict[str, bytes]:
        if not self.lines:
            return {name: sheet(name) for name in ("indicators", "models", "composite", "machine_figures")}
        made = {"indicators": big.indicators, "models": big.models, "composite": big.composite}
        return {name: as_csv(make(self.lines)) for name, make in made.items()}


def _coded(sheets: dict[str, bytes]) -> dict[str, str]:
    return {name: base64.b64encode(data).decode() for name, data in sheets.items()}


def _work(url: str, what: str, size: int, given: dict[str, str]) -> Callable[[], object]:
    world = _World(url, size)
    return {
        "import staff .csv": lambda: world.call("import_organisation", sheets=given),
        "who was where": lambda: [world.call("list_places", on="2026-03-01", limit=500) for _ in range(10)],
        "check draft": lambda: world.call("check_draft", cycle=YEAR),
        "export .xlsx": lambda: world.call("export_library", cycle=YEAR, library_revision=1),
        "import .xlsx": lambda: world.call("import_library", cycle=YEAR, sheets=given),
        "import .csv": lambda: world.call("import_library", cycle=YEAR, sheets=given),
        "peer: read .xlsx": lambda: _plainly_read(base64.b64decode(given["indicators"])),
    }[what]


def _plainly_read(data: bytes) -> int:
    page = load_workbook(BytesIO(data), read_only=True).worksheets[0]
    return sum(1 for _ in page.iter_rows(values_only=True))


def measure(url: str, what: str, size: int, given: str) -> None:
    """Prints the times, and by how many megabytes the process grew at its peak; the upload itself counts as well."""
    before = _resident()
    work = _work(url, what, size, json.loads(Path(given).read_text("utf-8")))
    started, worked = time.perf_counter(), time.process_time()
    work()
    told = {"seconds": time.perf_counter() - started, "cpu": time.process_time() - worked}
    sys.stdout.write(json.dumps({**told, "megabytes": max(0.0, _peak() - before)}) + "\n")


def _resident() -> float:
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize() / 1024 / 1024


def _peak() -> float:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    if len(sys.argv) == 5:
        measure(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
    else:
        arguments(__doc__)
        sys.exit(main())
