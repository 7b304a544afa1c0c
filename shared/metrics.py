"""Prometheus metrics that every process shares."""

from prometheus_client import Counter, Gauge, Histogram

RPC = Counter("kaohe_rpc_total", "rpc requests answered", ["service", "method", "outcome"])
RPC_REFUSED = Counter(
    "kaohe_rpc_refused_total", "requests refused: not signed as they have to be", ["service", "reason"]
)
EVENTS = Counter("kaohe_events_total", "event messages handled", ["event", "outcome"])
EVENT_LAG = Histogram(
    "kaohe_event_lag_seconds",
    "from the transaction that wrote an event to the end of its handling",
    ["event"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600),
)
RELAYED = Counter("kaohe_outbox_relayed_total", "messages sent from the outbox", ["service"])
AUDIT_BROKEN = Gauge("kaohe_audit_broken", "1 where a schema's audit trail is not what was anchored", ["schema"])
AUDIT_LOOKED_AT = Gauge("kaohe_audit_looked_at_seconds", "when the audit trails were last held against their anchors")
ANCHORED_AT = Gauge(
    "kaohe_anchored_at_seconds", "when the trails' newest lines were last noted outside the database; 0: never"
)
BACKUP_AT = Gauge("kaohe_backup_at_seconds", "when the last whole backup was taken; 0: never")
OUTBOX_ACTIVE = Gauge("kaohe_outbox_active", "1 where this process relays its service's outbox", ["service"])
DELIVERIES = Counter("kaohe_deliveries_total", "notices sent out of the house", ["way", "outcome"])
DELIVERIES_DEAD = Gauge("kaohe_deliveries_dead", "notices that could not be sent, by bureau", ["bureau"])
STREAMS = Gauge("kaohe_live_streams", "pages that listen for hints")
