"""A shortened year through the gateway of a deployment, as a newcomer would run it."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ops.client import Api, log_in
from tests.support.counting import with_secret_votes
from tests.support.deployment import Deployment

STAFF = "30"


@dataclass
class Year:
    deployment: Deployment

    @property
    def arguments(self) -> list[str]:
        folder = self.deployment.folder
        return [
            "simulate-year",
            "--staff",
            STAFF,
            "--year=2026",
            f"--journal={folder}/acknowledged.json",
            f"--results={folder}/results.json",
        ]

    @cached_property
    def results(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.deployment.folder / "results.json").read_text(encoding="utf-8"))
        return with_secret_votes(found, self.deployment.database_url)

    @property
    def acknowledged(self) -> dict[str, int]:
        journal = json.loads((self.deployment.folder / "acknowledged.json").read_text(encoding="utf-8"))
        counts: dict[str, int] = journal["acknowledged"]
        return counts

    @property
    def bureau(self) -> str:
        code: str = self.results["bureau"]
        return code

    def api(self, role: str) -> Api:
        one = next(one for one in accounts(self.deployment, role) if one["bureau"] == self.bureau)
        return log_in(self.deployment.url, one["account"], one["password"])


def accounts(deployment: Deployment, role: str) -> list[dict[str, str]]:
    """Those of a role that `kaohe demo` and `kaohe simulate-year` noted."""
    text = (deployment.folder / "var" / "demo-accounts.json").read_text(encoding="utf-8")
    return [one for one in json.loads(text)["accounts"] if one["role"] == role]
