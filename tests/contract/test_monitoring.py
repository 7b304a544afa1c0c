"""Alert rules, scraping and the dashboard: valid to Prometheus' own promtool, each alert raised once, each metric one that we export."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY

import gateway.metrics
import shared.metrics
from ops.backlog import Backlog
from tests.support.alarms import QUIET, RAISED, SILENT, Alarm
from tests.support.composition import ROOT

MONITORING = ROOT / "ops" / "monitoring"
ALERTS = yaml.safe_load((MONITORING / "alerts.yml").read_text(encoding="utf-8"))["groups"][0]["rules"]
DASHBOARD = json.loads((MONITORING / "dashboard.json").read_text(encoding="utf-8"))
GIVEN = {"job", "instance"}  # by Prometheus, to whatever it scrapes
SEVERITY = {one["alert"]: one["labels"]["severity"] for one in ALERTS}


def promtool(*arguments: str | Path) -> None:
    done = subprocess.run(["promtool", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_scraping_and_rules_are_valid() -> None:
    promtool("check", "config", MONITORING / "prometheus.yml")
    promtool("check", "rules", MONITORING / "alerts.yml")


def test_every_alert_is_raised_once_and_none_in_a_quiet_hour(tmp_path: Path) -> None:
    assert sorted(RAISED) == sorted(SEVERITY)
    tests = [_raising(name, alarm) for name, alarm in [*RAISED.items(), *SILENT.items()]]
    quiet = {"expr": 'ALERTS{alertstate="firing"}', "eval_time": "60m", "exp_samples": []}
    tests.append({"interval": "1m", "input_series": _series(QUIET), "promql_expr_test": [quiet]})
    file = tmp_path / "alerts.test.yml"
    file.write_text(yaml.safe_dump({"rule_files": [str(MONITORING / "alerts.yml")], "tests": tests}))
    promtool("test", "rules", file)


def test_what_an_alert_says_is_told_in_chinese_and_english() -> None:
    for one in ALERTS:
        assert re.fullmatch(r".*[\u4e00-\u9fff].* / [ -~]+", one["annotations"]["summary"]), one["alert"]


@pytest.mark.parametrize("expression", [one["expr"] for one in ALERTS])
def test_every_metric_of_an_alert_is_exported(expression: str) -> None:
    assert metrics_in(expression) <= exported()


def test_every_metric_of_the_dashboard_is_exported_and_every_metric_is_on_it() -> None:
    shown = set().union(*(metrics_in(one) for one in dashboard_expressions()))
    assert shown <= exported()
    ours = {name.removesuffix("_created") for name in exported() if name.startswith("kaohe_")}
    families = {re.sub(r"_(bucket|count|sum)$", "", name) for name in ours}
    assert families == {re.sub(r"_bucket$", "", name) for name in shown if name.startswith("kaohe_")}


def test_alerts_and_panels_ask_for_labels_that_the_metrics_have() -> None:
    """A label that there is not chooses nothing: the panel stays empty and the alert is never raised, as if all were well."""
    for expression in (*alert_expressions(), *dashboard_expressions()):
        for name, told in re.findall(r"\b(\w+)\{([^}]*)\}", expression):
            assert label_names(told) <= labels_of(name), expression
        of_all = set[str]().union(*(labels_of(name) for name in metrics_in(expression)))
        for grouped in re.findall(r"\bby \(([^)]*)\)", expression):
            assert set(grouped.split(", ")) <= of_all, expression


def test_the_series_by_which_alerts_are_tried_have_labels_of_the_metrics() -> None:
    alarms = (*RAISED.values(), *SILENT.values())
    for series in (*QUIET, *(one for alarm in alarms for one in alarm.series)):
        name, _, told = series.removesuffix("}").partition("{")
        assert label_names(told) <= labels_of(name), series


def test_prometheus_looks_at_every_process_of_the_composition() -> None:
    (job,) = yaml.safe_load((MONITORING / "prometheus.yml").read_text(encoding="utf-8"))["scrape_configs"]
    looked_at = {name: one["port"] for one in job["dns_sd_configs"] for name in one["names"]}
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    ports = {name: one.get("environment", {}).get("KAOHE_PORT", "9100") for name, one in services.items()}
    elsewhere = {"postgres", "rabbitmq", "proxy", "migrate", "backup", "operator"}
    assert looked_at == {name: int(port) for name, port in ports.items() if name not in elsewhere}


def metrics_in(expression: str) -> set[str]:
    """The names before a brace, a bracket or the end; labels, functions and aggregations are none."""
    plain = re.sub(r'\{[^}]*\}|"[^"]*"|\b(?:by|without) \([^)]*\)', "", expression)
    return set(re.findall(r"\b(?:kaohe_\w+|process_\w+)", plain))


def label_names(told: str) -> set[str]:
    return set(re.findall(r'(\w+)(?:=~|!~|!=|=)"', told))


def labels_of(sample: str) -> set[str]:
    """Those that the metric was made with, and what Prometheus and a histogram's buckets add."""
    if sample in {"up", "process_resident_memory_bytes"}:
        return GIVEN
    if sample in Backlog.LABELS:
        return {Backlog.LABELS[sample], *GIVEN}
    names: tuple[str, ...] = REGISTRY._names_to_collectors[sample]._labelnames
    return {*names, *GIVEN, *(["le"] if sample.endswith("_bucket") else [])}


def alert_expressions() -> list[str]:
    return [one["expr"] for one in ALERTS]


def dashboard_expressions() -> list[str]:
    return [target["expr"] for panel in DASHBOARD["panels"] for target in panel.get("targets", [])]


def exported() -> set[str]:
    """What our modules register, and the names of the counts that are taken when somebody asks."""
    assert gateway.metrics
    assert shared.metrics
    named = {name for name in REGISTRY._names_to_collectors if not name.endswith("_created")}
    return {name for name in named | set(Backlog.LABELS) if _is_a_sample(name, named)}


def _is_a_sample(name: str, named: set[str]) -> bool:
    """A counter stands under its name with and without _total, a histogram under its own and those of its parts."""
    return not (f"{name}_total" in named or f"{name}_bucket" in named)


def _raising(name: str, alarm: Alarm) -> dict[str, Any]:
    labels = {"alertname": name, "alertstate": "firing", "severity": SEVERITY[name], **alarm.labels}
    told = ", ".join(f'{label}="{value}"' for label, value in sorted(labels.items()))
    firing = {
        "expr": f'ALERTS{{alertname="{name}", alertstate="firing"}}',
        "eval_time": alarm.at,
        "exp_samples": [{"labels": f"ALERTS{{{told}}}", "value": 1}],
    }
    return {"interval": "1m", "input_series": _series(alarm.series), "promql_expr_test": [firing]}


def _series(series: dict[str, str]) -> list[dict[str, str]]:
    return [{"series": name, "values": values} for name, values in series.items()]
