"""Fuzz what reads clocks' bytes, guided by coverage: nothing raises, every line is accounted for, no password is kept.

By hand, in an environment of its own (atheris is no dependency of the project: it has wheels for few machines); CONTRIBUTING.md tells how.
"""

import sys
import tempfile
from datetime import datetime
from pathlib import Path

import atheris

from ops.simulation.firmware import FIRMWARES, Press

with atheris.instrument_imports(include=["gateway.devices"]):
    from gateway.devices.commands import answers_of, count_of
    from gateway.devices.hikvision import parse_events
    from gateway.devices.parser import count_lines, parse_attlog, parse_rtlog, parse_transactions
    from gateway.devices.scrubbing import scrub
    from gateway.devices.users import users_of

SECRET = "Passwd=hunter2hunter2"  # what must not come through
LINES = (parse_attlog, parse_rtlog, parse_transactions)
TOLD = (  # what clocks answer and list, beside what they push
    b"ID=3&Return=0&CMD=INFO\n~DeviceName=X100\nTransactionCount=87\n",
    b"USER PIN=7\tName=\xbc\xd7\tPri=0\tPasswd=1234\tCard=\tGrp=1\nFP PIN=7\tFID=1\tSize=8\tTMP=AAECAwQF\n",
    b"user uid=1\tpin=7\tname=A\tpassword=9\r\ntransaction cardno=0\tpin=7\ttime_second=843000000\teventtype=0\r\n",
)


def read_one(data: bytes) -> None:
    for parse in LINES:
        push = parse(data)
        assert push.lines == count_lines(data)
        assert all("\0" not in one.raw for one in push.in_order)
    for content_type in ("application/json", "multipart/form-data; boundary=MIME"):
        parse_events(data, content_type)
    for answer in answers_of(data):
        assert answer.number is None or answer.number > 0
    count_of(data, "1")
    for pin, name in users_of(data).users:
        assert pin
        assert (pin + name).isprintable()
    text = data.decode("latin-1").replace("\n", " ")
    assert "hunter2hunter2" not in scrub(f"{text}\t{SECRET}")
    planted = data.replace(b"\n", b" ") + b"\t" + SECRET.encode()
    for parse in LINES:
        assert all("hunter2hunter2" not in one.raw for one in parse(planted).rejected)


def put_seeds(folder: Path) -> None:
    """Begin with what clocks really write: guessing it would take days."""
    presses = [Press("7", datetime(2026, 3, 4, 8, 30)), Press("00012", datetime(2026, 3, 4, 17, 1, 2))]
    pushed = [one.push("CKJ1", presses[:number]).body for one in FIRMWARES.values() for number in (1, min(2, one.most))]
    for number, body in enumerate([*pushed, *TOLD]):
        (folder / str(number)).write_bytes(body)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as seeds:
        put_seeds(Path(seeds))
        atheris.Setup([*sys.argv, seeds], read_one)
        atheris.Fuzz()
