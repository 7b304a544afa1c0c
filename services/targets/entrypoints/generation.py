"""The generation of targets at the wire."""

from typing import Any

from services.targets.schemas import generation as schemas
from services.targets.schemas.fields import load
from services.targets.usecases import generation, generation_inputs
from shared.actor import Actor
from shared.service import Database, rpc

Body = dict[str, Any]


class GenerationEntrypoints:
    database: Database

    @rpc
    def get_generation_settings(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return generation_inputs.get_generation_settings(session, actor, load(schemas.SettingsKey, body))

    @rpc
    def set_generation_settings(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return generation_inputs.set_generation_settings(session, actor, load(schemas.SetGenerationSettings, body))

    @rpc
    def record_results(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return generation_inputs.record_results(session, actor, load(schemas.RecordResults, body))

    @rpc
    def set_bounds(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return generation_inputs.set_bounds(session, actor, load(schemas.SetBounds, body))

    @rpc
    def list_bounds(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return generation_inputs.list_bounds(session, actor, load(schemas.BoundQuery, body))

    @rpc
    def generate_targets(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return generation.generate_targets(session, actor, load(schemas.GenerateTargets, body))

    @rpc
    def list_generations(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return generation.list_generations(session, actor, load(schemas.SettingsKey, body))

    @rpc
    def list_forecasts(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return generation.list_forecasts(session, actor, load(schemas.ForecastQuery, body))

    @rpc
    def apply_generation(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return generation.apply_generation(session, actor, load(schemas.GenerationKey, body))
