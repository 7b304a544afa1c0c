"""What the requests of one app share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import cast

from flask import Flask, current_app

from gateway.auth.identify import Holders
from gateway.auth.provider import Provider, open_provider
from gateway.channels.live import Hub
from gateway.files.store import Store, open_store
from gateway.multiplexing import RpcClient
from shared.database import Sessions

Demo = Callable[[], Sequence[dict[str, str]]]


@dataclass(frozen=True)
class Parts:
    database: Sessions
    rpc: RpcClient
    holders: Holders
    store: Store = field(default_factory=open_store)  # of evidence; opened at first use
    provider: Provider | None = field(
        default_factory=open_provider
    )  # the organisation's own log-in, where there is one
    demo: Demo | None = None  # whom a demo lets in by one click; None: this is no demo
    hub: Hub | None = None  # of the pages that listen; None: no streams are served here


def keep_parts(app: Flask, parts: Parts) -> None:
    app.extensions["kaohe"] = parts


def parts() -> Parts:
    return cast(Parts, current_app.extensions["kaohe"])
