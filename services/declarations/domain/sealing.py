"""Ballots sealed while a campaign is open: the database holds them, and without the service's secret nobody reads them.

A keystream (SHAKE-256 over key and nonce) and a tag over what came out (HMAC-SHA256), under keys of the campaign: encrypt, then
authenticate. From the standard library, because no cipher is among the run-time dependencies (docs/decisions/0221).
"""

import hmac
import secrets
from hashlib import shake_256

from services.declarations.domain.refusals import conflict

NONCE, TAG = 16, 32  # bytes


class CampaignKey:
    """The keys of one campaign's ballots, derived from the secret of the installation, which is not in the database."""

    def __init__(self, secret: str, campaign: str) -> None:
        self._hiding = _derived(secret, f"ballot hiding {campaign}")
        self._proving = _derived(secret, f"ballot proving {campaign}")

    def seal(self, plain: bytes) -> bytes:
        """Different every time: two seals of the same ballot cannot be told to be the same."""
        nonce = secrets.token_bytes(NONCE)
        hidden = nonce + self._mixed(nonce, plain)
        return hidden + hmac.digest(self._proving, hidden, "sha256")

    def open(self, sealed: bytes) -> bytes:
        hidden, tag = sealed[:-TAG], sealed[-TAG:]
        if not hmac.compare_digest(tag, hmac.digest(self._proving, hidden, "sha256")):
            raise conflict(
                "ballots.sealed_otherwise",
                "选票由另一密钥封存，无法开启：系统密钥（KAOHE_SECRET）已更换，请换回后再操作",
                "the ballots are sealed under another secret: KAOHE_SECRET was changed while the campaign was open",
            )
        return self._mixed(hidden[:NONCE], hidden[NONCE:])

    def _mixed(self, nonce: bytes, text: bytes) -> bytes:
        stream = shake_256(self._hiding + nonce).digest(len(text))
        return bytes(one ^ other for one, other in zip(text, stream, strict=True))


def _derived(secret: str, purpose: str) -> bytes:
    return hmac.digest(secret.encode(), purpose.encode(), "sha256")
