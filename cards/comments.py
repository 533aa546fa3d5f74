"""评论值守: the comments of a post that is out, who looks at them, and what was seen."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cards import phrases
from cards.card import Button, Card, Row, Style, Tone
from cards.duties import Owed
from cards.times import brief, when
from cards.view import View
from storage.records import Act, Request

WATCHER = "watcher"
"""Of a form the keeper as typed, of facts their 工号."""

KEPT = "comments"
"""Of what came of a post: who looked when (`log`), and that nobody is asked any more (`over`)."""

BAD, LEAD = "comments_bad", "comments_lead"
"""What 有情况 and 反映违规 carry."""

_BASIS = "依据第十二条（实时管理留言、跟帖、评论）。"
_SHOWN = 3


def opened(request: Request) -> bool:
    """Whether a post is open to comments."""
    return bool(request.facts.get(WATCHER) or request.form.get(WATCHER))


def of_post(view: View) -> str:
    """开放，值守 李老师; 不开放."""
    known = view.request.facts.get(WATCHER)
    named = view.name(str(known)) if known else str(view.request.form.get(WATCHER) or "")
    return f"开放，值守 {named}" if named else "不开放"


def log(request: Request) -> Sequence[Mapping[str, Any]]:
    """Who looked: `by`, `at` (ISO) and after which reminder (`rung`), in order."""
    return (request.outcome.get(KEPT) or {}).get("log") or ()


def looked(request: Request, rung: int) -> Mapping[str, Any] | None:
    """Who has looked since that reminder."""
    return next((one for one in log(request) if one["rung"] == rung), None)


def over(request: Request) -> bool:
    return bool((request.outcome.get(KEPT) or {}).get("over"))


def keep(owed: Owed, view: View, keepers: Sequence[str], ends: datetime) -> Card:
    """What is to be looked at, and the two things to be pressed; `keepers` are names, none where they are
    the reader's own."""
    request = view.request
    done = looked(request, owed.rung)
    who = f"值守 {'、'.join(keepers)} 还没有记过查看，请帮着看一看" if keepers and not done else "请看一看"
    seen = [
        f"{view.name(one['by'])} {brief(datetime.fromisoformat(one['at']), view.now)}" for one in log(request)
    ]
    rows = [Row("媒体", phrases.media(view)), Row("发布", when(_out(request), view.now))]
    fine = Button("已查看，正常", Act.COMMENTS_FINE, request.number, style=Style.PRIMARY)
    return Card(
        title=f"看评论 {request.number} {request.title}",
        tone=Tone.DONE if done else Tone.WAITING,
        tag="已查看" if done else "评论值守",
        lead=f"{who}这篇的留言、跟帖，违规的及时处理。",
        rows=(*rows, *([Row("已看", "、".join(seen[-_SHOWN:]))] if seen else [])),
        text=str(request.outcome.get("published_url", "")),
        note=f"{_BASIS}没按不算过错；{brief(ends, view.now)} 后不再提醒。",
        buttons=(
            *(() if done else (fine,)),
            Button("有情况", BAD, request.number, style=Style.DANGER),
            Button("查看", "view", request.number),
        )
        if owed.open
        else (),
        closed="" if owed.open else "值守期已过",
    )


def _out(request: Request) -> datetime:
    return datetime.fromisoformat(str(request.outcome["published_at"]))


def trouble(view: View) -> Card:
    """What is to be done about what was seen: tell the centre at once, or report it."""
    number = view.request.number
    return Card(
        title=f"评论有情况 {number} {view.request.title}",
        tone=Tone.ALARM,
        tag="有情况",
        lead="紧急的请马上告诉全媒体中心；要追究的请反映违规，媒体和链接已替您填好。",
        rows=(Row("媒体", phrases.media(view)),),
        note=f"{_BASIS}也可发：/评论有情况 {number} 一句话",
        buttons=(
            Button("告诉中心", Act.COMMENTS_ALERT, number, style=Style.DANGER),
            Button("反映违规", LEAD, number),
        ),
    )


def alert(view: View, by: str, words: str) -> Card:
    """To the centre and whoever is on duty: somebody says what they saw below a post."""
    return Card(
        title=f"评论有情况 {view.request.number} {view.request.title}",
        tone=Tone.ALARM,
        tag="紧急",
        lead=f"{view.name(by)} 报告：“{phrases.media(view)}”的评论有情况，请尽快处理。",
        rows=(Row("值守", of_post(view).removeprefix("开放，值守 ")),),
        text="\n".join(filter(None, (words, str(view.request.outcome.get("published_url", ""))))),
        note=_BASIS,
        buttons=(Button("查看", "view", view.request.number),),
        whole=True,
        urgent=True,
    )
