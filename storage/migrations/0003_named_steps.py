"""Steps get names, and what was computed or came later leaves the form; running requests are carried over."""

from typing import Any

import orjson
from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from storage.migrating import Together

NAMES = {"保密审查人": "review", "第一责任人": "responsible", "全媒体中心": "centre"}
CENTRE = "centre"
FACTS = {
    "BA": ("media_class", "same_platform_media"),
    "BG": ("before", "medium_name", "due_on", "late", "delay", "provisional", "calendar"),
    "FB": (),
}
OUTCOME = {"BA": ("medium_no",), "BG": (), "FB": ("published_url", "published_at")}


def _dump(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def _step(old: dict[str, Any]) -> dict[str, Any]:
    """A step of before: whom it was handed to becomes a seat."""
    step = {name: value for name, value in old.items() if name not in ("assigned", "assigned_by")}
    seats = []
    if old.get("assigned"):
        seats.append(
            {"person": old["assigned"], "how": "transfer", "by": old["assigned_by"], "principal": "",
             "state": "open", "act": "", "digest": ""}
        )  # fmt: skip
    return {**step, "name": NAMES[old["role"]], "seats": seats}


def _split(kind: str, form: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Answers, facts, outcome."""
    facts = {name: form[name] for name in FACTS.get(kind, ()) if name in form}
    outcome = {name: form[name] for name in OUTCOME.get(kind, ()) if name in form}
    return {k: v for k, v in form.items() if k not in facts and k not in outcome}, facts, outcome


def _seated(chain: list[dict[str, Any]], decisions: list[dict[str, Any]]) -> None:
    """Who decided on this version gets their seat in the chain."""
    for row in decisions:
        step = next((one for one in chain if one["name"] == row["place"]), None)
        if step is None:
            continue
        given = next((s for s in step["seats"] if s["person"] == row["actor"]), None)
        seat = {"person": row["actor"], "how": "role", "by": ""} | (given or {})
        seat |= {
            "principal": row["principal"],
            "state": "decided",
            "act": row["act"],
            "digest": row["digest"],
        }
        step["seats"] = [{**s, "state": "closed"} for s in step["seats"] if s is not given] + [seat]


async def carry_over(_: Any, editor: Any) -> None:
    """Name the steps of everything that is stored, and split the forms."""
    client = editor.client
    postgres = client.capabilities.dialect == "postgres"

    async def rows(sql: str, *args: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in (await client.execute_query(sql, list(args)))[1]]

    async def run(sql: str, *args: Any) -> None:
        for number in range(1, len(args) + 1) if postgres else ():
            sql = sql.replace("?", f"${number}", 1)
        await client.execute_query(sql, list(args))

    chains: dict[tuple[int, int], list[dict[str, Any]]] = {}
    kinds: dict[int, str] = {}
    current: dict[int, dict[str, Any]] = {}
    for row in await rows("SELECT id, kind, version, form, chain, step FROM requests"):
        kinds[row["id"]], current[row["id"]] = row["kind"], row
        chains[row["id"], row["version"]] = [_step(step) for step in orjson.loads(row["chain"])]
    for row in await rows("SELECT id, request, version, form, chain FROM versions"):
        chain = [_step(step) for step in orjson.loads(row["chain"])]
        chains.setdefault((row["request"], row["version"]), chain)
        form, facts, _ = _split(kinds.get(row["request"], ""), orjson.loads(row["form"]))
        sql = "UPDATE versions SET form = ?, facts = ?, chain = ? WHERE id = ?"
        await run(sql, _dump(form), _dump(facts), _dump(chain), row["id"])

    def name(request: int | None, version: int, place: int) -> str:
        chain = chains.get((request or 0, version), [])
        return chain[place]["name"] if place < len(chain) else ""

    decided: dict[tuple[int, int], list[dict[str, Any]]] = {}
    sql = "SELECT id, request, version, step, act, actor, principal, digest FROM decisions ORDER BY id"
    for row in await rows(sql):
        # A chain that grew by the centre later than its version was kept.
        row["place"] = name(row["request"], row["version"], row["step"]) or CENTRE
        decided.setdefault((row["request"], row["version"]), []).append(row)
        await run("UPDATE decisions SET place = ? WHERE id = ?", row["place"], row["id"])
    for id_, row in current.items():
        chain = chains[id_, row["version"]]
        _seated(chain, decided.get((id_, row["version"]), []))
        form, facts, outcome = _split(row["kind"], orjson.loads(row["form"]))
        sql = "UPDATE requests SET form = ?, facts = ?, outcome = ?, chain = ?, place = ? WHERE id = ?"
        place = name(id_, row["version"], row["step"])
        await run(sql, _dump(form), _dump(facts), _dump(outcome), _dump(chain), place, id_)
    for row in await rows("SELECT id, request, version, step FROM duties WHERE kind = 'decide'"):
        place = name(row["request"], row["version"], row["step"])
        await run("UPDATE duties SET place = ? WHERE id = ?", place, row["id"])
    sql = "SELECT p.person, p.version, p.step, r.id AS request FROM prompts p JOIN requests r ON r.number = p.number"
    for row in await rows(sql):
        place = name(row["request"], row["version"], row["step"])
        await run("UPDATE prompts SET place = ? WHERE person = ?", place, row["person"])
    for row in await rows("SELECT id, args FROM letters WHERE template IN ('approval', 'outcome')"):
        args = orjson.loads(row["args"])
        if isinstance(args.get("step"), int):
            args["step"] = name(args.get("request"), int(args.get("version", 0)), args["step"])
            await run("UPDATE letters SET args = ? WHERE id = ?", _dump(args), row["id"])


class DropColumn(ops.RemoveField):
    """On SQLite Tortoise remakes the table for this, and loses its indexes: the column alone goes."""

    async def database_forward(
        self, app_label: str, old_state: Any, _: Any, state_editor: Any = None
    ) -> None:
        if state_editor:
            table = old_state.apps.get_model(f"{app_label}.{self.model_name}").describe()["table"]
            await state_editor.client.execute_query(f'ALTER TABLE "{table}" DROP COLUMN "{self.name}"')


def _named(model: str) -> list[Any]:
    """The step's place gives way to its name: the new column, before it is filled."""
    return [ops.AddField(model, "place", fields.CharField(max_length=20, db_default=""))]


def _renamed(model: str) -> list[Any]:
    return [DropColumn(model, "step"), ops.RenameField(model, "place", "step")]


MODELS = ("Request", "Decision", "Duty", "Prompt")


class Migration(migrations.Migration):
    dependencies = [("quanmei", "0002_ledger_and_duties")]

    initial = False

    operations = [
        Together(
            ops.AddField("Request", "facts", fields.TextField(db_default="{}")),
            ops.AddField("Request", "outcome", fields.TextField(db_default="{}")),
            ops.AddField("Version", "facts", fields.TextField(db_default="{}")),
            ops.AddField("Version", "scheme", fields.SmallIntField(db_default=1)),
            ops.AddField("Trail", "data", fields.TextField(db_default="")),
            *(step for model in MODELS for step in _named(model)),
        ),
        ops.RunPython(carry_over),
        Together(*(step for model in MODELS for step in _renamed(model))),
    ]
