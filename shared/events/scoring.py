"""What scoring tells the others."""

from shared.events.declaring import event


@event(owner="scoring", takers=("declarations",), key=("bureau", "run"))
class ScoresPublished:
    bureau: str
    cycle: str
    run: str
    revision: int
    status: str  # frozen, approved, published
    input_hash: str
    result_hash: str
    by: str
