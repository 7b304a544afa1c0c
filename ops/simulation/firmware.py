"""What clocks of four kinds put on the wire: an old one for fingers only, one for faces, an access control, a terminal of another maker.

Pure: presses in, requests out. How a clock behaves (offline, replaying, drifting, sending twice) is ops/simulation/clocks.py.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

FINGER, FACE = 1, 15


@dataclass(frozen=True)
class Press:
    """``at``: what the clock shows."""

    pin: str
    at: datetime


@dataclass(frozen=True)
class Message:
    """``answer``: what the clock has to hear, by its beginning; anything else, and it comes again. ``http10``: it knows nothing newer."""

    method: str
    path: str
    body: bytes = b""
    content_type: str = ""
    answer: str = "OK"
    http10: bool = False


class Firmware(ABC):
    """``most``: so many presses go into one request; ``polls``: it asks what to do."""

    name = ""
    most = 1000
    polls = True
    verify = FINGER

    def hello(self, serial: str) -> Iterator[Message]:
        """Yield what a clock says when it is switched on."""
        yield Message("GET", f"/iclock/cdata?SN={serial}&options=all&pushver=2.4.1", answer="GET OPTION FROM")

    @abstractmethod
    def push(self, serial: str, presses: Sequence[Press]) -> Message:
        """Return the request that tells ``presses``."""


class Finger(Firmware):
    """Speaks HTTP/1.0, has ".aspx" behind every path, names no content type, ends lines as DOS did, writes five columns."""

    name = "finger"

    def hello(self, serial: str) -> Iterator[Message]:
        path = f"/iclock/cdata.aspx?SN={serial}&options=all&DeviceType=middle%20east"
        yield Message("GET", path, answer="GET OPTION FROM", http10=True)

    def push(self, serial: str, presses: Sequence[Press]) -> Message:
        lines = "".join(f"{one.pin}\t{one.at:%Y-%m-%d %H:%M:%S}\t255\t1\t\r\n" for one in presses)
        path = f"/iclock/cdata.aspx?SN={serial}&table=ATTLOG&Stamp=9999"
        return Message("POST", path, lines.encode(), answer=f"OK: {len(presses)}", http10=True)


class Face(Firmware):
    """Writes ten columns and a TAB behind them, and claims that a form comes."""

    name = "face"
    verify = FACE

    def push(self, serial: str, presses: Sequence[Press]) -> Message:
        lines = [f"{one.pin}\t{one.at:%Y-%m-%d %H:%M:%S}\t0\t15\t\t0\t0\t1\t36.5\t0\t" for one in presses]
        path = f"/iclock/cdata?SN={serial}&table=ATTLOG&Stamp=0"
        form = "application/x-www-form-urlencoded"
        return Message("POST", path, "\n".join(lines).encode(), form, f"OK: {len(presses)}")


class Access(Firmware):
    """Security PUSH 3: registers, tells what happens now as rtlog, and its memory as transactions by PUT."""

    name = "access"

    def hello(self, serial: str) -> Iterator[Message]:
        yield Message(
            "POST", f"/iclock/registry?SN={serial}", b"DeviceType=acc,~DeviceName=SC700", answer="RegistryCode="
        )
        yield Message("GET", f"/iclock/rtdata?SN={serial}&type=time", answer="DateTime=")

    def push(self, serial: str, presses: Sequence[Press]) -> Message:
        if len(presses) == 1:
            (one,) = presses
            line = f"time={one.at:%Y-%m-%d %H:%M:%S}\tpin={one.pin}\tcardno=0\teventaddr=1\tevent=0\tinoutstatus=255\tverifytype=1"
            return Message("POST", f"/iclock/cdata?SN={serial}&table=rtlog", line.encode())
        lines = [
            f"transaction cardno=0\tpin={one.pin}\tverified=1\tdoorid=1\teventtype=0\tinoutstate=255\ttime={one.at:%Y-%m-%d %H:%M:%S}"
            for one in presses
        ]
        path = f"/iclock/querydata?SN={serial}&type=tabledata&cmdid=1&tablename=transaction&count={len(lines)}"
        return Message("PUT", path, "\r\n".join(lines).encode())


class Hikvision(Firmware):
    """Posts an event at a time, with a picture behind it."""

    name = "hikvision"
    most = 1
    polls = False
    verify = FACE

    def hello(self, serial: str) -> Iterator[Message]:
        yield self._message(serial, {"eventType": "heartBeat", "eventState": "active"})

    def push(self, serial: str, presses: Sequence[Press]) -> Message:
        (one,) = presses
        told = {"majorEventType": 5, "subEventType": 75, "employeeNoString": one.pin, "serialNo": 7}
        at = f"{one.at:%Y-%m-%dT%H:%M:%S}+08:00"
        return self._message(
            serial, {"dateTime": at, "eventType": "AccessControllerEvent", "AccessControllerEvent": told}
        )

    def _message(self, serial: str, event: dict[str, object]) -> Message:
        part = b'--MIME\r\nContent-Disposition: form-data; name="%s"\r\nContent-Type: %s\r\n\r\n%s\r\n'
        body = part % (b"event_log", b"application/json", json.dumps(event).encode())
        body += part % (b"Picture", b"image/jpeg", b"\xff\xd8\xff\xe0\r\n\r\nfaces") + b"--MIME--\r\n"
        return Message("POST", f"/iclock/hikvision/{serial}", body, "multipart/form-data; boundary=MIME")


FIRMWARES = {one.name: one for one in (Finger(), Face(), Access(), Hikvision())}
