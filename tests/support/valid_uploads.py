"""Files for the operations that take some: each what its contract reads, about people and things of the reference bureau."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from ops.demo.reference import sheet
from ops.demo.staff import SMALLEST, staff
from shared.contracts.operations import Operation
from shared.contracts.targets import library
from tests.support.platform_exports import as_csv, rows

_UNITS = {one.unit for one in staff(SMALLEST)} | {"B00", "K01"}


def _sheets(names: tuple[str, ...]) -> dict[str, bytes]:
    return {name: sheet(name, _UNITS) for name in names}


# by the operation's rpc name: part -> content, of a file named as FILES says
_PARTS: Mapping[str, Callable[[], dict[str, bytes]]] = {
    "import_library": lambda: _sheets(library.SHEETS),
    "import_organisation": lambda: _sheets(("organisation", "positions")),
    "import_enrolments": lambda: {"file": "人员编号,工号\r\nP0021,21\r\n".encode()},
    "start_import": lambda: {"file": as_csv(rows(2))},
    "import_punches": lambda: {"file": b"21\t2026-03-02 08:20:00\t1\t0\t1\t0\r\n"},
}
_NAMES = {"import_punches": "attlog.dat"}


def parts(one: Operation) -> dict[str, Any]:
    """Return the parts of a multipart body that the operation takes; ``KeyError`` for one that is not known here."""
    made = _PARTS[one.rpc]()
    return {name: (BytesIO(data), _NAMES.get(one.rpc, f"{name}.csv")) for name, data in made.items()}
