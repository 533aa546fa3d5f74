"""Drafts from before answers, dialogue and notes lay apart: carried over with what stands in them."""

from datetime import UTC, datetime
from typing import Any

from storage import db, drafts, opening
from storage.records import Draft, Talk
from storage.rows import dump, load

BEFORE = "0003_named_steps"
AT = db.to_ms(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
BAG = {
    "media": ["QM-0001"],
    "title": "学院更名",
    "copyright": {"text": "原创"},
    "_guided": True,
    "_asked": ["basics", "involves"],
    "_wrong": {"planned_at": "昨天"},
    "_mistakes": {"planned_at": ["· 发布时间“昨天”：这个时间已经过去了"]},
}


async def old_draft(kind: str, state: str, form: dict[str, Any]) -> int:
    row = await db.one(
        "INSERT INTO drafts (person, kind, platform, form, asking, state, rev, updated_at)"
        " VALUES ('2104', ?, 'wecom', ?, '', ?, 3, ?) RETURNING id",
        kind, dump(form), state, AT,
    )  # fmt: skip
    assert row is not None
    return int(row["id"])


async def carried(number: int) -> Draft:
    found = await drafts.get(number)
    assert found is not None
    return found


async def test_what_lay_in_one_bag_is_carried_over_apart(empty_url: str) -> None:
    async with opening.opened(empty_url):
        await opening.migrate(BEFORE)
        post = await old_draft("FB", "open", BAG)
        change = await old_draft("BG", "open", {"changed_on": "2026-11-10", "_late": True, "_guided": True})
        filing = await old_draft("BA", "open", {"purpose": "服务师生", "_same_platform": ["机电之声"]})
        empty = await old_draft("FB", "open", {})
        given_up = await old_draft("FB", "discarded", BAG)
        submitted = await old_draft("FB", "submitted", BAG)
        version = "INSERT INTO versions (request, version, form, digest, chain, at) VALUES (1, 1, ?, ?, ?, 0)"
        await db.run(version, "{}", "", "[]")

        await opening.migrate()

        found = await carried(post)
        assert found.form == {name: value for name, value in BAG.items() if not name.startswith("_")}
        assert found.talk == Talk(
            guided=True,
            asked=("basics", "involves"),
            wrong={"planned_at": "昨天"},
            mistakes={"planned_at": ("· 发布时间“昨天”：这个时间已经过去了",)},
        )
        assert (found.rev, found.state, dict(found.notes)) == (3, "open", {})
        assert (await carried(change)).notes == {"late": True}
        assert (await carried(filing)).notes == {"same_platform": ["机电之声"]}
        assert (await carried(empty)).talk == Talk()
        assert (await carried(given_up)).form == found.form
        assert (await carried(submitted)).form == {}
        assert [row["draft"] for row in await db.rows("SELECT draft FROM versions")] == [None]
        kept = await db.rows("SELECT form FROM drafts")
        assert [name for row in kept for name in load(row["form"]) if name.startswith("_")] == []
