"""From the first release's tables to the newest, with what a bureau had stored by then."""

import json
from datetime import date

from sqlalchemy import text

from services.targets.storage.cycles import Cycles
from services.targets.storage.library import Libraries
from services.targets.storage.models import Models
from services.targets.storage.organisation_history import OrganisationHistory
from services.targets.storage.persons import Persons
from shared.actor import system
from shared.database import engine_for, open_sessions
from shared.migrations import migrate
from shared.vocabulary.library import CATEGORIES
from shared.vocabulary.organisation import LAYERS, LINES

WEIGHTS = {layer: {line: dict.fromkeys(CATEGORIES, "0.25") for line in LINES} for layer in LAYERS}
STORED = (
    "INSERT INTO targets.units VALUES ('BH', 'D01', 1, 'office', '注册登记科', 'division', 'access', NULL, '', true)",
    "INSERT INTO targets.persons VALUES ('BH', 'P1', 1, 'office', '张三', true)",
    "INSERT INTO targets.assignments VALUES ('BH', 'P1', '2026-01-01', NULL, 'D01', 'access', 'D01-02', false)",
    (
        "INSERT INTO targets.cycles VALUES ('BH', '2026', 3, 'office', 'open', '2026-01-01', '2026-12-31', 1, 1,"
        " :weights, '{}', 'half_up', 20, '[\"common\"]', '{}')"
    ),
    "INSERT INTO targets.libraries VALUES ('BH', '2026', 1, :weights, '{}', '{}', now(), 'office')",
)


def test_what_the_first_release_stored_is_there_with_its_history_and_model(database):
    url = database()
    migrate(url, "targets", "0001")
    engine = engine_for(url, pool_size=1)
    with engine.begin() as connection:
        for statement in STORED:
            connection.execute(text(statement), {"weights": json.dumps(WEIGHTS)} if ":weights" in statement else {})
    engine.dispose()
    migrate(url, "targets")
    sessions = open_sessions(url, "targets")
    with sessions.begin(system("BH")) as session:
        person = Persons(session, "BH").get("P1")
        assert person is not None
        assert [(one.unit, one.kind) for one in person.places] == [("D01", "post")]
        assert OrganisationHistory(session, "BH").on("unit", date(2000, 1, 1))["D01"]["name"] == "注册登记科"
        cycle, model = Cycles(session, "BH").get("2026"), Models(session, "BH", "2026").get(1)
        assert cycle is not None
        assert model is not None
        assert (model.weights, model.effective, model.quota_percent) == (cycle.weights, date(2026, 1, 1), 20)
        (edition,) = Libraries(session, "BH", "2026").editions()
        assert edition.effective == date(2026, 1, 1)
    sessions.engine.dispose()
