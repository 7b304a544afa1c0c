"""Fuzz what reads clocks' bytes, guided by coverage: nothing raises, every line is accounted for, no password is kept.

By hand, in an environment of its own (atheris is no dependency of the project: it has wheels for few machines); CONTRIBUTING.md tells how.
"""

import sys

import atheris

with atheris.instrument_imports(include=["gateway.devices"]):
    from gateway.devices.commands import answers_of, count_of
    from gateway.devices.hikvision import parse_events
    from gateway.devices.parser import count_lines, parse_attlog, parse_rtlog, parse_transactions
    from gateway.devices.scrubbing import scrub
    from gateway.devices.users import users_of

SECRET = "Passwd=hunter2hunter2"  # what must not come through
LINES = (parse_attlog, parse_rtlog, parse_transactions)


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


if __name__ == "__main__":
    atheris.Setup(sys.argv, read_one)
    atheris.Fuzz()
