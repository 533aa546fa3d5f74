"""/依据: what the Measures rest on, their text, and the edition under which a record was submitted."""

from handlers import shorthand
from handlers.commands import Line, number_in
from handlers.events import Message, Reply
from handlers.rules import articles, editions
from handlers.rules.editions import Basis, Edition
from storage import requests
from storage.records import Person

USAGE = "看一条：/依据 6；看一件申请当时的依据：/依据 FB-2026-0001。"


async def command(event: Message, person: Person, line: Line) -> Reply:
    """`/依据` what all rests on, `/依据 6` an article, `/依据 编号` the rule of a record."""
    edition = editions.in_force(event.at)
    if not line.words:
        return _say(_bases(edition), f"依据（{edition.version}）")
    if found := articles.by_number(line.words, edition.text):
        return _say(f"{found.text}\n\n{_in_force(edition)}", f"{found.name}（{edition.version}）")
    full = await shorthand.in_full(line, person, event.at)
    if isinstance(full, Reply):
        return full
    number, _ = number_in(full.text)
    request = await requests.get(number) if number else None
    if request is None:
        return Reply(f"没有找到“{line.words[:20]}”。{USAGE}", ok=False)
    return Reply(template="basis", args={"request": request.id, "number": number})


def _say(text: str, title: str) -> Reply:
    return Reply(template="say", args={"text": text, "title": title})


def _in_force(edition: Edition) -> str:
    since = "、".join(f"《{one.title}》" for one in edition.bases[:2])
    return (
        f"现行版本：{edition.version}，{edition.told}，自发布之日起执行（第十七条）。"
        f"上位依据 {len(edition.bases)} 件，如{since}，全部见 /依据。"
    )


def _bases(edition: Edition) -> str:
    """The papers of Article 1, then the editions."""
    lines = [f"{n}. {_basis(one)}" for n, one in enumerate(edition.bases, 1)]
    lines += ["", "版本："]
    for one in editions.EDITIONS:
        now = "（现行）" if one is edition else ""
        lines.append(f"{one.version}，{one.told}{now}")
    return "\n".join(["本办法依据（第一条）：", *lines, "", USAGE])


def _basis(one: Basis) -> str:
    number = f"（{one.number}）" if one.number else ""
    said = "；".join(filter(None, (one.as_of, one.since and f"注：{one.since}")))
    return f"{one.by}《{one.title}》{number}" + (f"，{said}" if said else "")
