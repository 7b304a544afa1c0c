"""How notices leave the house, and the hints by which pages learn that something changed."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Sequence,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from gateway.storage.tables import metadata

# The order of the hints of all bureaus; a page goes on from the last that it has seen.
hint_order = Sequence("hint_order", metadata=metadata)
# The last change of each family, for everybody of a bureau (audience empty) or for one person.
hints = Table(
    "hints",
    metadata,
    Column("bureau", String(64), nullable=False),
    Column("audience", String(100), nullable=False),  # a code of up to 64 with what it is one of
    Column("family", String(64), nullable=False),
    Column("seq", BigInteger, nullable=False),
    PrimaryKeyConstraint("bureau", "audience", "family"),
    Index("hints_by_seq", "seq"),
)

# Notices that came in: one that is told again is known by its id.
told_notices = Table(
    "told_notices",
    metadata,
    Column("notice", String(64), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Index("told_notices_by_age", "at"),
)

# Where mail of an account goes. Nothing but the code goes to an address before it is confirmed.
mail_addresses = Table(
    "mail_addresses",
    metadata,
    Column("account", String(64), primary_key=True),
    Column("address", String(254), nullable=False),  # confirmed where confirmed_at is set
    Column("confirmed_at", DateTime(timezone=True)),
    Column("digest", Boolean, nullable=False, server_default="false"),  # what is not urgent comes once a day
    Column("wanted", String(254)),  # waits for its code
    Column("code", LargeBinary(32)),
    Column("code_until", DateTime(timezone=True)),
    Column("guesses", Integer, nullable=False, server_default="0"),
    Column("codes_sent", Integer, nullable=False, server_default="0"),  # since first_code_at
    Column("first_code_at", DateTime(timezone=True)),
)
notice_choices = Table(
    "notice_choices",
    metadata,
    Column("account", String(64), nullable=False),
    Column("of_class", String(40), nullable=False),
    Column("way", String(40), nullable=False),
    Column("wanted", Boolean, nullable=False),
    PrimaryKeyConstraint("account", "of_class", "way"),
)

# A bureau's own webhooks and robots; address and secret are sealed with the installation's own.
bureau_channels = Table(
    "bureau_channels",
    metadata,
    Column("channel", String(36), primary_key=True),
    Column("bureau", String(64), nullable=False),
    Column("form", String(40), nullable=False),
    Column("name", String(100), nullable=False),
    Column("host", String(255), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("succeeded_at", DateTime(timezone=True)),
    Column("failed_at", DateTime(timezone=True)),
    Column("failure", Text, nullable=False, server_default=""),
    Index("bureau_channels_by_bureau", "bureau", "channel"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("delivery", String(36), primary_key=True),
    Column("bureau", String(64), nullable=False),
    Column("notice", String(64), nullable=False),
    Column("account", String(64), nullable=False),  # empty: to everybody who reads the channel
    Column("way", String(40), nullable=False),
    Column("channel", String(36), nullable=False),  # of the bureau; empty: mail
    Column("kind", String(64), nullable=False),
    Column("count", Integer, nullable=False),
    Column("link", Text, nullable=False),
    Column("status", String(20), nullable=False),  # waiting, sent, dead
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("reason", Text, nullable=False, server_default=""),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    UniqueConstraint("notice", "account", "way", "channel", name="delivery_once"),
    Index("deliveries_due", "due_at", postgresql_where=text("status = 'waiting'")),
    Index("deliveries_by_bureau", "bureau", "status", "delivery"),
)
