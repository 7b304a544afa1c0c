"""POST to an address that a bureau gave: to the public network alone, to the very address that was judged, and to no other after it.

Whoever may enter an address must not reach through this process what they cannot reach themselves (SSRF). Private networks are open
only where the operator named them (KAOHE_WEBHOOK_NETWORKS), plain http only into those. No redirect is followed, no proxy is asked.
"""

import http.client
import socket
import ssl
from collections.abc import Mapping
from contextlib import closing
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import SplitResult, urlsplit

from gateway.channels.port import NotSent
from shared.settings import settings

SECONDS = 10.0
LARGEST_ANSWER = 64 * 1024
_TRANSLATED = ip_network("64:ff9b::/96")  # IPv4 behind a gateway: what is private there is not told by the address


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
    pinned = _judged(parts)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection = _connection(parts, pinned)
    with closing(connection):
        try:
            connection.request("POST", path, body=body, headers={"User-Agent": "Kaohe", **headers})
            answer = connection.getresponse()
            return answer.status, answer.read(LARGEST_ANSWER)
        except ssl.SSLError as error:
            raise NotSent(f"证书或加密连接有误：{error.reason or error}") from error
        except (OSError, http.client.HTTPException) as error:
            raise NotSent(f"连接失败：{type(error).__name__}") from error


def _judged(parts: SplitResult) -> str:
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
    return str(addresses[0])


def _plain(one: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    mapped = one.ipv4_mapped if isinstance(one, IPv6Address) else None
    return mapped or one


def _public(given: IPv4Address | IPv6Address) -> bool:
    one = _plain(given)
    return one.is_global and not one.is_multicast and not (one.version == 6 and one in _TRANSLATED)


def _named(given: IPv4Address | IPv6Address) -> bool:
    one = _plain(given)
    return any(one in ip_network(each.strip()) for each in settings.webhook_networks.split(",") if each.strip())


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _connection(parts: SplitResult, pinned: str) -> http.client.HTTPConnection:
    host, port = parts.hostname or "", _port(parts)
    if parts.scheme == "https":
        return _PinnedTls(pinned, host, port)
    return _Pinned(pinned, host, port)


class _Pinned(http.client.HTTPConnection):
    """Speaks to ``pinned`` as to ``host``."""

    def __init__(self, pinned: str, host: str, port: int, **more: Any) -> None:
        super().__init__(host, port, timeout=SECONDS, **more)
        self._pinned = pinned

    def connect(self) -> None:
        self.sock = socket.create_connection((self._pinned, self.port), SECONDS)


class _PinnedTls(http.client.HTTPSConnection):
    def __init__(self, pinned: str, host: str, port: int) -> None:
        self._own = ssl.create_default_context(cafile=settings.webhook_ca_file or None)
        super().__init__(host, port, timeout=SECONDS, context=self._own)
        self._pinned = pinned

    def connect(self) -> None:
        plain = socket.create_connection((self._pinned, self.port), SECONDS)
        self.sock = self._own.wrap_socket(plain, server_hostname=self.host)
