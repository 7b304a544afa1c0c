"""Which ballots count: all of them, those that belong to no bloc, or all but those most alike. Grades are looked at on one scale, whatever an
indicator gives for them, so that the same ballots are left out whenever and by whomever they are counted."""

from collections.abc import Collection

from services.declarations.calibration.adjusting import valued
from services.declarations.calibration.agreement import Floats, matrix_of
from services.declarations.calibration.blocs import Blocs, find_blocs
from services.declarations.calibration.trimming import most_alike
from services.declarations.domain.questionnaires import Cast, Questionnaire, subjects_of
from shared.vocabulary.campaigns import PLAIN, TRIMMED

SCALE = {"优": 1.0, "好": 0.85, "一般": 0.7, "可以": 0.6, "差": 0.4}  # data/reference/README.md, rule grade


def blocs_of(questionnaire: Questionnaire, cast: Cast) -> Blocs:
    return find_blocs(_matrix(questionnaire, cast))


def without(cast: Cast, left_out: Collection[int]) -> Cast:
    """Return the ballots but those of these numbers."""
    return [one for place, one in enumerate(cast) if place not in left_out]


def kept(combination: str, questionnaire: Questionnaire, cast: Cast, blocs: Blocs | None = None) -> Cast:
    """Return the ballots beside all: those of no bloc or, where the campaign trims, all but those most alike.

    ``blocs``: those of ``cast``, where they are found already.
    """
    if combination == TRIMMED:
        return without(cast, most_alike(_matrix(questionnaire, cast)))
    return without(cast, (blocs or blocs_of(questionnaire, cast)).ballots)


def counting(combination: str, questionnaire: Questionnaire, cast: Cast) -> Cast:
    """Return the ballots that count in a campaign that combines so."""
    return cast if combination == PLAIN else kept(combination, questionnaire, cast)


def _matrix(questionnaire: Questionnaire, cast: Cast) -> Floats:
    return matrix_of(valued(questionnaire, cast, SCALE), subjects_of(cast))
