"""Complaints."""

from ops.simulation.context import Advance, Simulation


def handle(sim: Simulation, advance: Advance) -> None:
    """Filled in below."""
