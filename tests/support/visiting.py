"""Somebody at a machine of their own before the proxy: an address of 127.0.0.0/8, its certificate checked."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter

PATIENCE = 60  # seconds: a request that is not answered in that time has been kept out


class _From(HTTPAdapter):
    def __init__(self, source: str) -> None:
        self._source = source
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options, source_address=(self._source, 0))


class Visitor:
    """Asks ``url`` from the address ``source``; logged in after ``log_in``."""

    def __init__(self, url: str, source: str, certificate: Path | None = None) -> None:
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.mount(url, _From(source))
        if certificate:
            self.session.verify = str(certificate)
        self._url = url

    def log_in(self, account: Mapping[str, str]) -> "Visitor":
        answer = self.ask(
            "POST", "/api/v1/sessions", json={"account": account["account"], "password": account["password"]}
        )
        assert answer.status_code == 201, answer.text
        self.session.headers["X-CSRF-Token"] = answer.json()["csrf"]
        return self

    def ask(self, method: str, path: str, **more: Any) -> requests.Response:
        return self.session.request(method, self._url + path, timeout=PATIENCE, allow_redirects=False, **more)

    def push(self, serial: str, line: str) -> str:
        """What a clock hears that sends one punch."""
        return self.ask("POST", f"/iclock/cdata?SN={serial}&table=ATTLOG", data=f"{line}\n".encode()).text
