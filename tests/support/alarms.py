"""What has to be so that each alert is raised: series as promtool writes them, a minute a step, and when it is raised by."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Alarm:
    series: dict[str, str]
    at: str  # raised by then
    labels: dict[str, str] = field(default_factory=dict)


EVENT = "targets.UnitChanged.v1"
RAISED = {
    "ProcessDown": Alarm({'up{job="kaohe", instance="t:9100"}': "0x10"}, "5m", {"job": "kaohe", "instance": "t:9100"}),
    "NotReached": Alarm(
        {'kaohe_reachable{instance="t:9100", what="broker"}': "0x10"}, "5m", {"instance": "t:9100", "what": "broker"}
    ),
    "DeadLetters": Alarm({'kaohe_queue_messages{instance="t:9100", queue="kaohe.dead"}': "0 0 3x10"}, "5m"),
    "OutboxOld": Alarm({'kaohe_outbox_oldest_seconds{service="targets"}': "130+60x10"}, "5m", {"service": "targets"}),
    "NoRelay": Alarm(
        {f'kaohe_outbox_active{{service="targets", instance="{one}"}}': "0x20" for one in "ab"},
        "10m",
        {"service": "targets"},
    ),
    "QueueGrows": Alarm({'kaohe_queue_messages{queue="rpc-targets"}': "1500x30"}, "20m", {"queue": "rpc-targets"}),
    "QueueUnread": Alarm(
        {
            'kaohe_queue_messages{queue="rpc-targets"}': "3x30",
            'kaohe_queue_consumers{queue="rpc-targets"}': "0x30",
        },
        "20m",
        {"queue": "rpc-targets"},
    ),
    "EventsLate": Alarm(
        {
            f'kaohe_event_lag_seconds_bucket{{event="{EVENT}", le="{le}"}}': values
            for le, values in (("60", "0x60"), ("300", "0+5x60"), ("+Inf", "0+5x60"))
        },
        "40m",
        {"event": EVENT},
    ),
    "EventsFail": Alarm(
        {f'kaohe_events_total{{event="{EVENT}", outcome="failed"}}': "0+5x30"}, "20m", {"event": EVENT}
    ),
    "RequestsRefusedInside": Alarm(
        {'kaohe_rpc_refused_total{service="targets", reason="forged"}': "0 0 0 1x20"},
        "8m",
        {"service": "targets", "reason": "forged"},
    ),
    "HttpErrors": Alarm(
        {
            'kaohe_http_requests_total{status="500"}': "0+10x30",
            'kaohe_http_requests_total{status="200"}': "0+90x30",
        },
        "20m",
    ),
    "HttpSlow": Alarm(
        {
            f'kaohe_http_seconds_bucket{{le="{le}"}}': values
            for le, values in (("2.5", "0x60"), ("5", "0+5x60"), ("+Inf", "0+5x60"))
        },
        "40m",
    ),
    "AuditBroken": Alarm({'kaohe_audit_broken{schema="targets"}': "0 1x5"}, "3m", {"schema": "targets"}),
    "AuditNotLookedAt": Alarm({"kaohe_audit_looked_at_seconds": "0x90"}, "60m"),
    "BackupOld": Alarm({"kaohe_backup_at_seconds": "0x2000"}, "27h"),
    "NoticesDead": Alarm({'kaohe_deliveries_dead{bureau="B"}': "2x30"}, "15m", {"bureau": "B"}),
    "NoticesFail": Alarm({'kaohe_deliveries_total{way="mail", outcome="failed"}': "0+1x120"}, "90m", {"way": "mail"}),
}

# The second half of a rule: nobody tells the metric at all.
SILENT = {"AuditNotLookedAt": Alarm({'up{job="kaohe", instance="t:9100"}': "1x20"}, "6m")}

# A quiet hour: everything that is told above, as it should be.
QUIET = {
    'up{job="kaohe", instance="t:9100"}': "1x60",
    'kaohe_reachable{instance="t:9100", what="broker"}': "1x60",
    'kaohe_queue_messages{queue="kaohe.dead"}': "0x60",
    'kaohe_queue_messages{queue="rpc-targets"}': "3x60",
    'kaohe_queue_consumers{queue="rpc-targets"}': "1x60",
    'kaohe_outbox_oldest_seconds{service="targets"}': "2x60",
    'kaohe_outbox_active{service="targets", instance="a"}': "1x60",
    'kaohe_outbox_active{service="targets", instance="b"}': "0x60",
    f'kaohe_event_lag_seconds_bucket{{event="{EVENT}", le="1"}}': "0+5x60",
    f'kaohe_event_lag_seconds_bucket{{event="{EVENT}", le="+Inf"}}': "0+5x60",
    f'kaohe_events_total{{event="{EVENT}", outcome="taken"}}': "0+5x60",
    'kaohe_http_requests_total{status="200"}': "0+90x60",
    'kaohe_http_requests_total{status="404"}': "0+9x60",
    'kaohe_http_seconds_bucket{le="0.1"}': "0+90x60",
    'kaohe_http_seconds_bucket{le="+Inf"}': "0+90x60",
    'kaohe_rpc_refused_total{service="targets", reason="late"}': "1x60",
    'kaohe_audit_broken{schema="targets"}': "0x60",
    "kaohe_audit_looked_at_seconds": "0+60x60",
    "kaohe_backup_at_seconds": "0x60",
    'kaohe_deliveries_dead{bureau="B"}': "0x60",
    'kaohe_deliveries_total{way="mail", outcome="sent"}': "0+9x60",
}
