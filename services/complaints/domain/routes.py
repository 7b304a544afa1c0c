"""The ways that stay open to a consumer whose complaint is refused or whose mediation fails (消保法 art. 39; 令121 art. 15, 23)."""

from services.complaints.domain.cases import COMPLAINT, TERMINATED, Case

_AFTER_REFUSAL = ("negotiation", "association", "arbitration", "court")
_AFTER_TERMINATION = ("arbitration", "court")
_NOT_OURS = "1"  # the refusal ground of every regime that another authority may be competent


def routes(case: Case) -> list[str]:
    """Return the routes that are to be told; none where the complaint is neither refused nor terminated."""
    if case.kind == COMPLAINT and case.refusal_ground is not None:
        return [*(["authority"] if case.refusal_ground == _NOT_OURS else []), *_AFTER_REFUSAL]
    return list(_AFTER_TERMINATION) if case.outcome == TERMINATED else []
