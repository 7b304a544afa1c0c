"""The resources of /api/v1: one module per family, its blueprint listed here."""

from gateway.api import (
    accounts,
    attendance,
    campaigns,
    cases,
    claims,
    contributions,
    cycles,
    declarations,
    devices,
    indicators,
    organisation,
    runs,
    sessions,
    standings,
    task_orders,
    to_dos,
    tokens,
    vetoes,
)
from gateway.api.core import Blueprint

BLUEPRINTS: tuple[Blueprint, ...] = (
    sessions.sessions,
    tokens.tokens,
    accounts.accounts,
    organisation.organisation,
    cycles.cycles,
    indicators.indicators,
    claims.claims,
    declarations.declarations,
    task_orders.task_orders,
    contributions.contributions,
    campaigns.campaigns,
    vetoes.vetoes,
    to_dos.to_dos,
    devices.devices,
    attendance.attendance,
    cases.cases,
    standings.standings,
    runs.runs,
)
