"""Who may read what is public of cases (beside permissions.py)."""

from services.complaints.domain.holders import Holder
from shared.vocabulary.permissions import noting

PUBLIC = "public"  # the account of who has none


def may_read_openly(actor: Holder, *, to_everybody: bool) -> bool:
    """Tell whether the actor may read it: every account, and without one whoever asks where the bureau has said so."""
    return to_everybody or actor.account != PUBLIC


noting(globals())
