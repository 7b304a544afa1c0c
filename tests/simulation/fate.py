"""What goes wrong, and when: drawn from the seed, counted, and noted, so that two runs of one seed can be compared."""

from collections import Counter, deque
from hashlib import sha256
from random import Random

# Of each fault, by its name: how often it strikes where it can, in a run in which it is common. Each run draws which ones are.
SHARES = {
    "killed before a commit": 0.01,
    "killed after a commit": 0.01,
    "the database is cut off before a commit": 0.01,
    "the database is cut off after a commit": 0.01,
    "killed before an event is acknowledged": 0.03,
    "killed before a request is acknowledged": 0.03,
    "a killed process has its request again at once": 0.5,
    "killed when the broker has a message": 0.02,
    "everything killed before the journal has it": 0.003,
    "everything killed when the journal has it": 0.003,
    "the gateway is killed with the answer": 0.02,
    "the broker is out of reach": 0.03,
    "a request is lost": 0.02,
    "an answer is lost": 0.03,
    "the way back to the client breaks": 0.02,
    "an event is doubled": 0.05,
    "an event is overtaken": 0.5,
    "an event is held up": 0.05,
    "a clock is set": 0.005,
}
COMMON = (0.0, 0.3, 1.0, 2.0)
KEPT = 400  # lines, for whoever looks into a failure


class Killed(BaseException):
    """A process is no more: whatever it had begun is gone, whatever it had committed is there."""

    def __init__(self, process: str) -> None:
        super().__init__(process)
        self.process = process


class Fate:
    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.armed = False
        self.faults: Counter[str] = Counter()
        self.lines: deque[str] = deque(maxlen=KEPT)
        self._shares = {name: share * self.random.choice(COMMON) for name, share in SHARES.items()}
        self._told = sha256()

    def strikes(self, fault: str) -> bool:
        """Tell whether ``fault`` happens here and now."""
        if not self.armed or self.random.random() >= self._shares[fault]:
            return False
        self.faults[fault] += 1
        self.note(fault)
        return True

    def note(self, line: str) -> None:
        self.lines.append(line)
        self._told.update(line.encode() + b"\n")

    @property
    def digest(self) -> str:
        """Of everything that was noted: the same for two runs in which the same happened in the same order."""
        return self._told.hexdigest()
