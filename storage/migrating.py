"""Several changes of the schema at once: Tortoise builds all models anew for each one by itself."""

from typing import Any

from tortoise.migrations.operations import TortoiseOperation


class Together(TortoiseOperation):
    """Operations that are carried out one after another, with one look at the models."""

    def __init__(self, *changes: TortoiseOperation) -> None:
        self.changes = changes

    def state_forward(self, app_label: str, state: Any) -> None:
        touched: set[tuple[str, str]] = set()
        state.reload_models = touched.update
        state.reload_model = lambda app, model: touched.add((app, model))
        try:
            for change in self.changes:
                change.state_forward(app_label, state)
        finally:
            del state.reload_models, state.reload_model
        state.reload_models(touched)

    async def database_forward(
        self, app_label: str, old_state: Any, new_state: Any, state_editor: Any = None
    ) -> None:
        for change in self.changes:
            await change.database_forward(app_label, old_state, new_state, state_editor)
