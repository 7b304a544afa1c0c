"""POST to an address that a bureau gave: to the public network alone, to the very addresses that were judged, and to no other after it.

Whoever may enter an address must not reach through this process what they cannot reach themselves (SSRF). Private networks are open
only where the operator named them (KAOHE_WEBHOOK_NETWORKS), plain http only into those. No redirect is followed, no proxy is asked.
"""

import http.client
import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Timer
from types import TracebackType
from typing import Self
from urllib.parse import SplitResult, urlsplit

from gateway.channels.port import NotSent
from shared.settings import settings

SECONDS = 10.0  # for each step
EXCHANGE = 30.0  # seconds for all of it: whoever trickles holds the sender no longer
_SLOW = f"对方未在 {EXCHANGE:.0f} 秒内答复完毕"
LARGEST_ANSWER = 64 * 1024
# What lies outside of the former, or in the latter, may be an IPv4 address in other clothes (mapped, translated, tunnelled).
_GIVEN_OUT, _TUNNELLED = ip_network("2000::/3"), ip_network("2002::/16")


def check_address(url: str) -> str | None:
    """Tell what is wrong with an address by its looks, in Chinese; None where it may be tried."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "地址有误"
    if parts.scheme not in ("https", "http") or not parts.hostname or port == 0:
        return "地址应以 https:// 开头"
    if parts.username is not None or parts.password is not None or parts.fragment:
        return "地址不得含用户名、密码或 #"
    if not url.isascii() or any(ord(one) <= 32 for one in url):
        return "地址含有不允许的字符"
    return None


def post(url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
    """Send ``body`` and return status and answer; ``NotSent`` where the address is not allowed or nothing answers in time."""
    if wrong := check_address(url):
        raise NotSent(wrong, lasting=True)
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    line = _Line(_judged(parts), _port(parts))
    with line, closing(_connection(parts, line)) as connection:
        try:
            connection.request("POST", path, body=body, headers={"User-Agent": "Kaohe", **headers})
            answer = connection.getresponse()
            status, told = answer.status, answer.read(LARGEST_ANSWER)
        except (OSError, http.client.HTTPException) as error:
            raise NotSent(_SLOW if line.cut_off else _why(error)) from error
    if line.cut_off:
        raise NotSent(_SLOW)
    return status, told


def _why(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return f"证书或加密连接有误：{error.reason or error}"
    return f"连接失败：{type(error).__name__}"


def _judged(parts: SplitResult) -> list[str]:
    """Resolve the host once; every address that it has must be allowed."""
    host = parts.hostname or ""
    try:
        found = socket.getaddrinfo(host, _port(parts), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotSent("域名无法解析") from error
    addresses = [ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    for one in addresses:
        named = _named(one)
        if not (named or _public(one)):
            raise NotSent("不得发往内部地址（可由运维人员放行）", lasting=True)
        if parts.scheme == "http" and not named:
            raise NotSent("公网地址须使用 https", lasting=True)
    return list(dict.fromkeys(str(one) for one in addresses))


def _plain(one: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    mapped = one.ipv4_mapped if isinstance(one, IPv6Address) else None
    return mapped or one


def _public(given: IPv4Address | IPv6Address) -> bool:
    one = _plain(given)
    given_out = one.version == 4 or (one in _GIVEN_OUT and one not in _TUNNELLED)
    return one.is_global and not one.is_multicast and given_out


def _named(given: IPv4Address | IPv6Address) -> bool:
    one = _plain(given)
    return any(one in ip_network(each.strip()) for each in settings.webhook_networks.split(",") if each.strip())


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


class _Line:
    """The way to a receiver: the first of the judged addresses that takes the connection; cut off once ``EXCHANGE`` has passed."""

    def __init__(self, judged: Sequence[str], port: int) -> None:
        self._judged = judged
        self._port = port
        self._end = time.monotonic() + EXCHANGE
        self._timer = Timer(EXCHANGE, self._cut)
        self._held: socket.socket | None = None  # the same connection, however TLS and the answer hand it on
        self.cut_off = False

    def __enter__(self) -> Self:
        self._timer.daemon = True
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        if self._held is not None:
            self._held.close()

    def connect(self) -> socket.socket:
        failure = OSError("no address")
        for address in self._judged:
            left = self._end - time.monotonic()
            if left <= 0:
                break
            try:
                plain = socket.create_connection((address, self._port), min(SECONDS, left))
            except OSError as problem:
                failure = problem
                continue
            self._held = plain.dup()
            plain.settimeout(SECONDS)
            return plain
        raise failure

    def _cut(self) -> None:
        self.cut_off = True
        if self._held is not None:
            with suppress(OSError):
                self._held.shutdown(socket.SHUT_RDWR)


def _connection(parts: SplitResult, line: _Line) -> http.client.HTTPConnection:
    host, port = parts.hostname or "", _port(parts)
    return _PinnedTls(line, host, port) if parts.scheme == "https" else _Pinned(line, host, port)


class _Pinned(http.client.HTTPConnection):
    """Speaks over ``line`` as to ``host``."""

    def __init__(self, line: _Line, host: str, port: int) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self._line = line

    def connect(self) -> None:
        self.sock = self._line.connect()


class _PinnedTls(http.client.HTTPSConnection):
    def __init__(self, line: _Line, host: str, port: int) -> None:
        self._own = ssl.create_default_context(cafile=settings.webhook_ca_file or None)
        super().__init__(host, port, timeout=SECONDS, context=self._own)
        self._line = line

    def connect(self) -> None:
        self.sock = self._own.wrap_socket(self._line.connect(), server_hostname=self.host)
