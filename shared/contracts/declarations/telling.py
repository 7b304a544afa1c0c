"""What the operator and the other services ask: every state again, and how many there are."""

from marshmallow import fields
from marshmallow.validate import Range

from shared.contracts.declarations.asking import OneCycle
from shared.contracts.operations import Family
from shared.contracts.shapes import Command, note


class Replay(Command):
    after = note(allow_none=True)
    limit = fields.Integer(load_default=1000, validate=Range(1, 5000))


telling = Family("declarations", "telling", "重放与核对 states told again, and their tallies")

replay_state = telling.internal("replay_state", Replay, may="operator")
tally_states = telling.internal("tally_states", OneCycle, may="anyone", reads=True)
