"""A clock of a benchmark."""

import http.client
from time import perf_counter
from urllib.parse import urlsplit


class Clock:
    """Keeps its connection, as clocks do."""

    def __init__(self, url: str, serial: str) -> None:
        self._address, self._serial = urlsplit(url).netloc, serial
        self._connection = http.client.HTTPConnection(self._address, timeout=60)

    def push(self, lines: list[str]) -> float:
        body = "".join(lines).encode()
        started = perf_counter()
        self._connection.request("POST", f"/iclock/cdata?SN={self._serial}&table=ATTLOG&Stamp=1", body)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        if text.strip() != f"OK: {len(lines)}":
            raise RuntimeError(f"{answer.status} {text}")
        return perf_counter() - started
