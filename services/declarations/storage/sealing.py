"""Ballots sealed while a campaign is open: the database holds them, and without the service's secret nobody reads them.

AES-256-GCM (NIST SP 800-38D) with a random nonce each time, under a key of the campaign (docs/decisions/0221).
"""

import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.vocabulary.refusals import conflict

NONCE, TAG = 12, 16  # bytes


class CampaignKey:
    """The key of one campaign's ballots, derived from the secret of the installation, which is not in the database."""

    def __init__(self, secret: str, campaign: str) -> None:
        self._cipher = AESGCM(hmac.digest(secret.encode(), f"ballots of {campaign}".encode(), "sha256"))

    def seal(self, plain: bytes) -> bytes:
        """Seal the ballot, different every time: two seals of the same ballot cannot be told to be the same."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._cipher.encrypt(nonce, plain, None)

    def open(self, sealed: bytes) -> bytes:
        """Open a sealed ballot. Raises ``Refused`` (conflict) where it was sealed under another secret."""
        try:
            return self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], None)
        except InvalidTag:
            raise conflict(
                "ballots.sealed_otherwise",
                "选票由另一密钥封存，无法开启：系统密钥（KAOHE_SECRET）已更换，请换回后再操作",
                "the ballots are sealed under another secret: KAOHE_SECRET was changed while the campaign was open",
            ) from None
