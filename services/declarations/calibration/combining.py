"""Which ballots count: all of them, or those that belong to no bloc. Grades are looked at on one scale, whatever an indicator gives for
them, so that the same ballots are left out whenever and by whomever they are counted."""

from services.declarations.calibration.adjusting import valued
from services.declarations.calibration.agreement import matrix_of
from services.declarations.calibration.blocs import Blocs, find_blocs
from services.declarations.domain.questionnaires import Cast, Questionnaire, subjects_of
from shared.vocabulary.campaigns import ROBUST

SCALE = {"优": 1.0, "好": 0.85, "一般": 0.7, "可以": 0.6, "差": 0.4}  # data/reference/README.md, rule grade


def blocs_of(questionnaire: Questionnaire, cast: Cast) -> Blocs:
    ballots = valued(questionnaire, cast, SCALE)
    return find_blocs(matrix_of(ballots, subjects_of(cast)))


def without(cast: Cast, blocs: Blocs) -> Cast:
    """Return the ballots that belong to none of ``blocs``."""
    left_out = blocs.ballots
    return [one for place, one in enumerate(cast) if place not in left_out]


def counting(combination: str, questionnaire: Questionnaire, cast: Cast) -> Cast:
    """Return the ballots that count in a campaign that combines so."""
    return without(cast, blocs_of(questionnaire, cast)) if combination == ROBUST else cast
