"""What the requests of one app share."""

from dataclasses import dataclass, field
from typing import cast

from flask import Flask, current_app

from gateway.auth.identify import Holders
from gateway.files.store import Store, open_store
from gateway.multiplexing import RpcClient
from shared.database import Sessions


@dataclass(frozen=True)
class Parts:
    database: Sessions
    rpc: RpcClient
    holders: Holders
    store: Store = field(default_factory=open_store)  # of evidence; opened at first use


def keep_parts(app: Flask, parts: Parts) -> None:
    app.extensions["kaohe"] = parts


def parts() -> Parts:
    return cast(Parts, current_app.extensions["kaohe"])
