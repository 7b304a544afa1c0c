"""What the gateway keeps: accounts, how they got in, and the answers to repeated requests. No business data."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from shared.database import metadata_for

metadata = metadata_for("gateway")


def _instant(name: str, *, nullable: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


accounts = Table(
    "accounts",
    metadata,
    Column("account", String(64), primary_key=True),  # the name one logs in with
    Column("bureau", String(64), nullable=False),  # empty for an account of the installation
    Column("person", String(64)),
    Column("name", String(100), nullable=False),
    Column("grants", JSONB, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("must_change", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("revision", Integer, nullable=False),
    _instant("created_at"),
    _instant("changed_at"),
    Index("accounts_by_bureau", "bureau", "account"),
)


def _owner() -> Column[object]:
    return Column("account", String(64), ForeignKey(accounts.c.account), nullable=False)


# Roles that wait for a second account's word, and what became of them.
grant_proposals = Table(
    "grant_proposals",
    metadata,
    Column("proposal", String(36), primary_key=True),
    _owner(),
    Column("bureau", String(64), nullable=False),
    Column("role", String(40), nullable=False),
    Column("scope", String(40), nullable=False),
    Column("target", String(64)),
    Column("status", String(20), nullable=False),  # proposed, confirmed, refused, withdrawn
    Column("proposed_by", String(64), nullable=False),
    Column("proposed_bureau", String(64), nullable=False),
    Column("proposed_person", String(64)),
    _instant("proposed_at"),
    _instant("expires_at"),
    Column("decided_by", String(64)),
    _instant("decided_at", nullable=True),
    Column("reason", Text, nullable=False, server_default=""),
    Index("grant_proposals_by_account", "account", "proposal"),
    Index("grant_proposals_by_bureau", "bureau", "proposal"),
)

# What happened to an account, for its owner: who reset the password, gave a role, let it in from where.
account_events = Table(
    "account_events",
    metadata,
    Column("event", String(36), primary_key=True),
    _owner(),
    Column("kind", String(40), nullable=False),
    Column("by", String(64), nullable=False),
    Column("address", String(64), nullable=False),
    _instant("at"),
    Index("account_events_by_account", "account", "event"),
)

# Secrets are stored as SHA-256 digests: they hold 256 random bits, so a slow hash would guard nothing more.
sessions = Table(
    "sessions",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),
    _owner(),
    Column("address", String(64), nullable=False),
    _instant("created_at"),
    _instant("expires_at"),
    # How it is named in lists, which may not tell its secret; when it was used last, and by which browser.
    Column("session", String(36), nullable=False, server_default=text("gen_random_uuid()::text")),
    Column("seen_at", DateTime(timezone=True), nullable=False, server_default=text("now()")),
    Column("device", String(200), nullable=False, server_default=""),
    Index("sessions_by_account", "account"),
    Index("sessions_by_name", "session", unique=True),
)

# Browsers from which somebody has got into an account: their guesses are counted apart from a stranger's.
known_devices = Table(
    "known_devices",
    metadata,
    Column("account", String(64), ForeignKey(accounts.c.account), primary_key=True),
    Column("digest", LargeBinary(32), primary_key=True),
    _instant("known_at"),
)

# One-time passwords by the clock: the secret is sealed, the last step used is never taken again.
second_factors = Table(
    "second_factors",
    metadata,
    Column("account", String(64), ForeignKey(accounts.c.account), primary_key=True),
    Column("secret", LargeBinary, nullable=False),
    _instant("confirmed_at", nullable=True),
    Column("last_step", BigInteger, nullable=False),
)
backup_codes = Table(
    "backup_codes",
    metadata,
    Column("account", String(64), ForeignKey(accounts.c.account), primary_key=True),
    Column("digest", LargeBinary(32), primary_key=True),
    _instant("used_at", nullable=True),
)
# Whom an identity provider vouches for: such an account is entered that way only.
identities = Table(
    "identities",
    metadata,
    Column("account", String(64), ForeignKey(accounts.c.account), primary_key=True),
    Column("issuer", String(300), nullable=False),
    Column("subject", String(255), nullable=False),
    Column("linked_by", String(64), nullable=False),
    _instant("linked_at"),
    Index("identities_by_subject", "issuer", "subject", unique=True),
)
# The passwords that an account had: they do not come back.
former_passwords = Table(
    "former_passwords",
    metadata,
    Column("account", String(64), ForeignKey(accounts.c.account), primary_key=True),
    Column("password_hash", Text, primary_key=True),
    _instant("until"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("token", String(36), primary_key=True),
    Column("digest", LargeBinary(32), nullable=False, unique=True),
    _owner(),
    Column("name", String(100), nullable=False),
    _instant("created_at"),
    _instant("expires_at"),
    _instant("revoked_at", nullable=True),
    # What it lets its bearer do of what the account may: null is everything.
    Column("reads_only", Boolean, nullable=False, server_default="false"),
    Column("families", JSONB),
    Column("networks", JSONB),
    _instant("used_at", nullable=True),
    Column("used_from", String(64)),
    Index("tokens_by_account", "account", "token"),
)

# Log-ins that failed, or are under way: by account and address, and by address alone (account empty).
attempts = Table(
    "attempts",
    metadata,
    Column("account", String(64), primary_key=True),
    Column("address", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    _instant("last_at"),
    _instant("blocked_until", nullable=True),
)

answers = Table(
    "answers",
    metadata,
    Column("account", String(64), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("fingerprint", LargeBinary(32), nullable=False),
    Column("status", Integer),  # null while the first request is being answered
    Column("content_type", Text),
    Column("etag", Text),
    Column("body", LargeBinary),  # null where the answer held a secret
    _instant("created_at"),
    Index("answers_by_age", "created_at"),
)

# What one person keeps for their own convenience.
preferences = Table(
    "preferences",
    metadata,
    Column("account", String(64), primary_key=True),
    Column("document", JSONB, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("account", String(64), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("body", JSONB, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)
