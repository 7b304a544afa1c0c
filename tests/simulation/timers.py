"""What services do by the clock, one timer at a time."""

from typing import Any

from tests.simulation.processes import Processes

TIMER = "Timer"


class Timers:
    def __init__(self, processes: Processes) -> None:
        self._processes = processes
        self._names = [
            (service, name)
            for service, instance in processes.services.items()
            for name in sorted(dir(type(instance)))
            if any(type(one).__name__ == TIMER for one in _entrypoints(instance, name))
        ]
        self._left = list(self._names)

    def ring(self) -> None:
        """Let one of them come, in the order in which they always come."""
        service, name = self._left.pop(0)
        self._left.append((service, name))
        with self._processes.acting(service):
            try:
                getattr(self._processes.services[service], name)()
            except Exception as error:  # as nameko does: it comes again
                self._processes.fate.note(f"{service}.{name}: {type(error).__name__}")

    def ring_all(self) -> bool:
        """Let all come once; they have nothing left to do when no outbox holds anything afterwards."""
        for _ in self._names:
            self.ring()
        return any(_holds(self._processes, service) for service in self._processes.services)


def _entrypoints(instance: Any, name: str) -> Any:
    return getattr(getattr(type(instance), name), "nameko_entrypoints", ())


def _holds(processes: Processes, service: str) -> bool:
    with processes.sessions(service).engine.connect() as connection:
        found: int = connection.exec_driver_sql(f"SELECT count(*) FROM {service}.outbox").scalar_one()
    return found > 0
