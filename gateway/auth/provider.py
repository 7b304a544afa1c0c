"""The organisation's own log-in, 统一身份认证: OpenID Connect, authorization code with PKCE, spoken by Authlib (docs/decisions/1016)."""

import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hmac import compare_digest
from pathlib import Path
from threading import Lock
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from cryptography.fernet import InvalidToken
from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from requests import RequestException

from gateway.auth.secrets import new_secret, seal_of
from shared.settings import settings

SECONDS = 10  # a provider that answers later is taken to be away
LEEWAY = 60  # seconds that its clock may be off
VISIT, VOUCHED = 600, 300  # seconds for the visit there, and between the return and the session
ALGORITHMS = [
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
]  # by keys of its own only


class Untrusted(Exception):
    """What came back is not this visit's, or not from this provider."""


class Away(Exception):
    """The provider does not answer."""


@dataclass(frozen=True)
class Visit:
    """What the browser keeps, sealed, while it is at the provider's: what its return is compared with."""

    state: str
    nonce: str
    verifier: str


class Provider:
    """One OpenID provider, described by itself at its issuer's address; asked at first use and again where a key is new."""

    def __init__(self, issuer: str, client: str, secret: str) -> None:
        self.issuer = issuer
        self._client, self._secret = client, secret
        self._described: dict[str, Any] | None = None
        self._keys: KeySet | None = None
        self._lock = Lock()

    def leave(self, redirect: str) -> tuple[str, Visit]:
        """Return the address to which the browser goes, and what it is to keep meanwhile. Raises ``Away`` or ``Untrusted``."""
        visit = Visit(new_secret(), new_secret(), secrets.token_urlsafe(48))
        with _asking(), self._session(redirect) as session:
            url, _ = session.create_authorization_url(
                self._description()["authorization_endpoint"],
                state=visit.state,
                nonce=visit.nonce,
                code_verifier=visit.verifier,
            )
        return str(url), visit

    def subject(self, visit: Visit, redirect: str, answer: Mapping[str, str]) -> str:
        """Return for whom the provider vouches by its ``answer``. Raises ``Away`` or ``Untrusted``."""
        named = answer.get("iss", self.issuer)  # RFC 9207
        if not compare_digest(answer.get("state", "").encode(), visit.state.encode()) or named != self.issuer:
            raise Untrusted("the answer is not of this visit")
        with _asking(), self._session(redirect) as session:
            token = session.fetch_token(
                self._description()["token_endpoint"], code=answer.get("code", ""), code_verifier=visit.verifier
            )
            return self._vouched(token, visit.nonce)

    def _vouched(self, token: Mapping[str, Any], nonce: str) -> str:
        raw = token.get("id_token")
        if not isinstance(raw, str):
            raise Untrusted("there is no id_token")
        decoded = self._decoded(raw)
        exactly = {"iss": {"essential": True, "value": self.issuer}, "aud": {"essential": True, "value": self._client}}
        params = {"nonce": nonce, "client_id": self._client, "access_token": token.get("access_token")}
        CodeIDToken(decoded.claims, decoded.header, exactly, params).validate(leeway=LEEWAY)
        return str(decoded.claims["sub"])

    def _decoded(self, raw: str) -> jwt.Token:
        try:
            return jwt.decode(raw, self._key_set(), algorithms=ALGORITHMS)
        except (InvalidKeyIdError, BadSignatureError):  # signed by a key that it did not have when it was asked
            return jwt.decode(raw, self._key_set(anew=True), algorithms=ALGORITHMS)

    def _key_set(self, *, anew: bool = False) -> KeySet:
        with self._lock:
            known = self._keys
        if known is None or anew:
            told: Any = self._read(self._description()["jwks_uri"])
            known = KeySet.import_key_set(told)
            with self._lock:
                self._keys = known
        return known

    def _description(self) -> dict[str, Any]:
        with self._lock:
            described = self._described
        if described is None:
            described = self._read(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
            if described.get("issuer") != self.issuer:
                raise Untrusted(f"the provider calls itself {described.get('issuer')!r}")
            with self._lock:
                self._described = described
        return described

    def _read(self, url: str) -> dict[str, Any]:
        with self._session("") as session:
            answer = session.get(url, withhold_token=True)
            answer.raise_for_status()
            return dict(answer.json())

    def _session(self, redirect: str) -> OAuth2Session:
        return OAuth2Session(
            self._client,
            self._secret,
            scope="openid",
            redirect_uri=redirect,
            code_challenge_method="S256",
            default_timeout=SECONDS,
        )


@contextmanager
def _asking() -> Iterator[None]:
    try:
        yield
    except RequestException as error:
        raise Away(str(error)) from error
    except (OAuthError, JoseError, LookupError, ValueError) as error:
        raise Untrusted(f"{type(error).__name__}: {error}") from error


def open_provider() -> Provider | None:
    """Return the provider that the settings name, or None where log-in is by password only."""
    if not settings.oidc_issuer:
        return None
    secret = Path(settings.oidc_client_secret_file).read_text(encoding="utf-8").strip()
    return Provider(settings.oidc_issuer, settings.oidc_client_id, secret)


def sealed_visit(visit: Visit) -> str:
    """Return what the browser keeps of a visit: nobody else reads or makes it."""
    return seal_of(b"oidc visit").encrypt(json.dumps(asdict(visit)).encode()).decode()


def opened_visit(sealed: str) -> Visit | None:
    """Return the visit that the browser is on, None where there is none or it took too long."""
    raw = _opened(b"oidc visit", sealed, VISIT)
    return Visit(**json.loads(raw)) if raw else None


def sealed_subject(subject: str) -> str:
    """Return what the browser keeps between its return and the session, for which a code may be asked first."""
    return seal_of(b"oidc subject").encrypt(subject.encode()).decode()


def opened_subject(sealed: str) -> str | None:
    """Return for whom the provider has vouched before this browser a moment ago."""
    raw = _opened(b"oidc subject", sealed, VOUCHED)
    return raw.decode() if raw else None


def _opened(purpose: bytes, sealed: str, seconds: int) -> bytes | None:
    try:
        return seal_of(purpose).decrypt(sealed.encode("utf-8", "replace"), ttl=seconds)
    except InvalidToken:
        return None
