"""A real OpenID provider beside the tests (tests/oidc), and somebody at a browser before it."""

import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import requests
from flask.testing import FlaskClient

from ops.private.ports import free_ports

ROOT = Path(__file__).parents[2]
CLIENT, SECRET = "kaohe", "a secret of the tests"
SITE = "http://localhost"  # where the gateway's test client is
BACK = f"{SITE}/api/v1/oidc/callback"
KEY = "u-100"  # by which the provider names somebody of ours
PATIENCE = 300  # seconds: the first time its packages are installed


class OpenIdProvider:
    """oidc-provider of the npm registry in a process of its own; ``start`` again after ``stop`` gives it other keys."""

    def __init__(self, folder: Path, *redirects: str) -> None:
        (self._port,) = free_ports(1)
        self.issuer = f"http://127.0.0.1:{self._port}"
        self._redirects = redirects
        self._log = folder / "provider.log"
        self._popen: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [str(ROOT / "ops/private/oidc.sh"), sys.executable, str(self._port), *self._redirects]
        with self._log.open("wb") as output:
            self._popen = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", "--", *command], stdout=output, stderr=subprocess.STDOUT
            )
        deadline = time.monotonic() + PATIENCE
        while "ready" not in (told := self._log.read_text(errors="replace")):
            assert self._popen.poll() is None and time.monotonic() < deadline, told
            time.sleep(0.1)

    def stop(self) -> None:
        if self._popen:
            self._popen.terminate()
            self._popen.wait()


class Somebody:
    """At the provider's pages with a browser of their own."""

    def __init__(self) -> None:
        self._browser = requests.Session()
        self._browser.trust_env = False

    def log_in(self, url: str, name: str, until: str) -> str:
        """Follow the provider's pages from ``url``, naming oneself ``name``; returns the address ``until`` … to which it sends back."""
        return self._follow(self._browser.get(url, allow_redirects=False, timeout=60), name, until)

    def turn_back(self, url: str, until: str) -> str:
        """Give up at the provider's first page."""
        page = self._browser.get(url, timeout=60)
        (cancel,) = set(re.findall(r'href="([^"]+/abort)"', page.text))
        return self._follow(
            self._browser.get(urljoin(page.url, cancel), allow_redirects=False, timeout=60), "nobody", until
        )

    def _follow(self, page: requests.Response, name: str, until: str) -> str:
        for _ in range(12):
            if page.is_redirect:
                there = urljoin(page.url, page.headers["Location"])
                if there.startswith(until):
                    return there
                page = self._browser.get(there, allow_redirects=False, timeout=60)
                continue
            page.raise_for_status()
            (prompt,) = re.findall(r'name="prompt" value="(\w+)"', page.text)
            (action,) = re.findall(r'action="([^"]+)"', page.text)
            filled = {"prompt": prompt, "login": name, "password": "any"}
            page = self._browser.post(urljoin(page.url, action), data=filled, allow_redirects=False, timeout=60)
        raise AssertionError(f"the provider never sent back: {page.url}")


def leave(client: FlaskClient) -> str:
    """Set out for the provider; returns its address."""
    answer = client.get("/api/v1/oidc/login")
    assert answer.status_code == 302
    return answer.headers["Location"]


def come_back(client: FlaskClient, url: str) -> str:
    """Return to the gateway; returns what the log-in page is told."""
    answer = client.get(url.removeprefix(SITE))
    assert answer.status_code == 302
    return answer.headers["Location"].removeprefix("/login?oidc=")


def visit(client: FlaskClient, name: str = KEY) -> str:
    """There and back."""
    return come_back(client, Somebody().log_in(leave(client), name, BACK))


def enter(client: FlaskClient, **code: str) -> Any:
    return client.post("/api/v1/oidc/sessions", json=code)
