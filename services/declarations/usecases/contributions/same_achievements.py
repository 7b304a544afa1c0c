"""The same achievement declared twice, by two people, in two periods or in two years: pointed out to whoever declares, screens or settles it."""

from collections.abc import Mapping

from services.declarations.domain.similarity import Titles
from services.declarations.storage.contributions import titles_of
from shared.database import Row, Session

Alike = list[Row]


def like_titles(session: Session, bureau: str, cycle: str, keys: Mapping[str, str]) -> dict[str, Alike]:
    """Return contribution -> others of this cycle and the one before whose title is the
    same or alike (``likeness`` in percent).

    Rejected ones are left out, and so are the parts of one shared achievement, whose titles are the same by nature.
    """
    known = titles_of(session, bureau, cycle)
    titles = Titles({name: row["title_key"] for name, row in known.items()})
    shown = ("contribution", "cycle", "period", "subject", "status", "title")
    return {
        one: [
            {**{field: known[name][field] for field in shown}, "likeness": likeness}
            for name, likeness in titles.like(key, besides=[one])
        ]
        for one, key in keys.items()
    }
