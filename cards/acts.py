"""Every act on a request as its record tells it: who, for whom, what, when and why, in order."""

import re
from collections.abc import Callable, Mapping

from cards import operations, phrases
from cards.times import when
from cards.view import View
from storage.records import COMMAND_LINE, Act, TrailEntry
from storage.rows import load
from storage.steps import Place, Step, Way

_PLACE = re.compile(r"in_review/([\w.]+) v(\d+)")
_NOBODY = "系统"
AGAIN = "再发自 "
"""Begins what the trail says of a submission that was begun from an older request; its number follows."""

_OPERATOR = "系统管理员"
"""Whoever may run commands on the machine; the login name tells which."""


def told(view: View, entry: TrailEntry) -> str:
    """孙老师 审查通过 · 11月23日（周一）10:02 · 同意发布"""
    what, why = _SAID.get(entry.act, _plain)(view, entry)
    who = _actor(view, entry.actor)
    if entry.principal:
        who += f" 代 {view.name(entry.principal)}"
    return " · ".join(filter(None, (f"{who} {what}", when(entry.at, view.now), why)))


def _actor(view: View, actor: str) -> str:
    if actor.startswith(COMMAND_LINE):
        return f"{_OPERATOR}（{actor.removeprefix(COMMAND_LINE)}）"
    return view.name(actor) if actor else _NOBODY


def shown(entry: TrailEntry) -> bool:
    """Whether an entry is an act or something that happened, and not a matter of bookkeeping."""
    return entry.act in _SAID


def named_in(entry: TrailEntry) -> tuple[str, ...]:
    """工号 that the telling of an entry needs."""
    listed = re.findall(r"[^\s、→；：]+", entry.note.partition("；")[0]) if entry.act in _NAMING else []
    return tuple(filter(None, (entry.actor, entry.principal, *_people(entry), *listed)))


def _people(entry: TrailEntry) -> tuple[str, ...]:
    """工号 of those to whom an operation was: 转办 and 改派 to one, 加签 and 抄送 to several."""
    data = load(entry.data) if entry.data else {}
    given = [data.get(name) or () for name in ("to", "person", "persons")]
    return tuple(one for found in given for one in ([found] if isinstance(found, str) else found))


def place_of(entry: TrailEntry) -> tuple[str, int] | None:
    """The step that waited when it happened, and the version."""
    found = _PLACE.fullmatch(entry.before)
    return (found[1], int(found[2])) if found else None


def to_step(entry: TrailEntry) -> str:
    """The earlier step to which a decision returned the request; empty for every other act."""
    data = load(entry.data) if entry.act == Act.RETURN and entry.data else {}
    return str(data.get("to") or "")


def _step_of(view: View, entry: TrailEntry) -> Step | None:
    """The step an entry was about, in the chain of its version."""
    place = place_of(entry)
    if place is None:
        return None
    old = not view.present(place[1])
    chain = view.chains.get(place[1], ()) if old else view.request.chain
    return next((step for step in chain if step.name == place[0]), None)


def _decision(view: View, entry: TrailEntry) -> tuple[str, str]:
    return phrases.act(Act(entry.act), _step_of(view, entry)), entry.note


def _transfer(view: View, entry: TrailEntry) -> tuple[str, str]:
    data = load(entry.data) if entry.data else {}
    first, _, reason = entry.note.partition("：")
    to = str(data.get("to") or first.rpartition("→")[2].strip())
    return f"转办给 {view.name(to)}", reason


def _handed(view: View, entry: TrailEntry) -> tuple[str, str]:
    before, _, now = entry.note.partition("→")
    return f"交接：由 {view.name(now.strip())} 接替 {view.name(before.strip())}", ""


def _towards(words: str) -> Callable[[View, TrailEntry], tuple[str, str]]:
    """An operation that names people: `words` with who they are, and its reason."""

    def said(view: View, entry: TrailEntry) -> tuple[str, str]:
        data = load(entry.data) if entry.data else {}
        names = "、".join(view.name(one) for one in _people(entry))
        return words.format(names), str(data.get("reason") or data.get("question") or "")

    return said


def _add(view: View, entry: TrailEntry) -> tuple[str, str]:
    """加签 周老师、何老师（前，会签）"""
    data = load(entry.data)
    place, way = Place(data["place"]), Way(data["way"])
    what, why = _towards("加签 {}")(view, entry)
    several = f"，{operations.way_of(way, data['need'], len(data['persons']))}" if data["persons"][1:] else ""
    return f"{what}（{operations.WHEN[place]}{several}）", why


def _convened(view: View, entry: TrailEntry) -> tuple[str, str]:
    """请 赵老师、钱主任 票签 1/2"""
    step, persons = _step_of(view, entry), _people(entry)
    way = operations.way_of(step.way, step.need, len(persons)) if step else ""
    return f"请 {'、'.join(view.name(one) for one in persons)} {way or '办理'}", ""


def _return(view: View, entry: TrailEntry) -> tuple[str, str]:
    """退回到 保密审查: within the version; else as any decision."""
    step = view.request.named(to_step(entry))
    what, why = _decision(view, entry)
    return (f"{what}到 {phrases.role(step)}" if step else what), why


def _take_back(view: View, entry: TrailEntry) -> tuple[str, str]:
    return "拿回自己的决定", ""


def _reroute(view: View, entry: TrailEntry) -> tuple[str, str]:
    now = entry.note.partition("；")[0].rpartition("→")[2].strip()
    names = "、".join(view.name(one) for one in now.split("、"))
    return (f"改请 {names} 办理" if names != "—" else "这一步暂缺办理人"), "原办理人已不能办理这一步"


def _submitted(view: View, entry: TrailEntry) -> tuple[str, str]:
    again = entry.note.partition("；")[0]
    return "提交", again if again.startswith(AGAIN) else ""


def _revised(view: View, entry: TrailEntry) -> tuple[str, str]:
    what = "更正" if view.request.register else "修改重报"
    return f"{what}（第 {entry.after.rpartition(' v')[2]} 版）", ""


def _withdrawn(view: View, entry: TrailEntry) -> tuple[str, str]:
    """撤回; of what is on a register 注销登记, 取消培训."""
    return view.face.off if view.request.register else "撤回", entry.note


def _happened(view: View, entry: TrailEntry) -> tuple[str, str]:
    """What nobody did: the fact, without the word of the program behind it."""
    return _HAPPENED[entry.act], entry.note.rpartition("；")[0] or entry.note


def _links(view: View, entry: TrailEntry) -> tuple[str, str]:
    """登记发布 · 机电之声 https://…；机电学院网站 https://…; of one medium alone it is not named."""
    note = entry.note
    for medium in view.media:
        note = note.replace(f"{medium.no} ", f"{medium.name} " if view.media[1:] else "")
    return _LINKS[entry.act], note


def _plain(view: View, entry: TrailEntry) -> tuple[str, str]:
    return _WORDS.get(entry.act, entry.act), entry.note


_WORDS = {
    "urge": "催办", "stop": "因涉密停止",
    "opinion": "提意见", "comment": "评论", "ask": "提问", "reply": "答复", "supervise": "督办",
    "void": "作废", "expire": "到期作废", "pause": "暂停（干预）", "resume": "恢复（干预）",
    "turn_back": "退回申请人（干预）", "received": "收到", "looked_fine": "复查无问题",
    "rectify_again": "复查后再次整改", "comments_fine": "看过评论，正常",
    "alert": "报告评论有情况", "plead": "申辩", "appeal": "申诉", "halt": "先行停止运行（暂定）",
    "unhalt": "解除先行停止", "joined": "再次上报", "confirm": "单位确认", "complain": "记平台投诉",
    "elapse": "期满", "opine": "补充意见", "recount": "重新核算", "media_part": "填报各媒体情况",
    "filed": "记校外报备", "revoke": "终止授权",
    "shot": "附截图",
    "done": "完成", "cannot": "不能完成", "widen": "追加媒体", "extend": "延期", "end": "提前结束",
}  # fmt: skip
_LINKS = {"receipt": "登记发布", "link": "登记链接", "relink": "更正链接"}
_HAPPENED = {
    "halted": "提示：暂不能通过",
    "silenced": "提示：暂缓发布",
    "resumed": "提示：可以继续",
    "unreached": "提示：联系不上办理人",
}
_NAMING = ("transfer", "handover", "reroute")
_SAID: Mapping[str, Callable[[View, TrailEntry], tuple[str, str]]] = {
    "submit": _submitted,
    "revise": _revised,
    "withdraw": _withdrawn,
    **dict.fromkeys(("approve", "escalate", "reject", "supply"), _decision),
    "return": _return,
    "transfer": _transfer,
    "handover": _handed,
    "add": _add,
    "convene": _convened,
    "drop": _towards("减签 {}"),
    "consult": _towards("请 {} 提意见"),
    "assign": _towards("改派给 {}（干预）"),
    "cc": _towards("抄送 {}"),
    "takeback": _take_back,
    "reroute": _reroute,
    **dict.fromkeys(_HAPPENED, _happened),
    **dict.fromkeys(_LINKS, _links),
    **dict.fromkeys(_WORDS, _plain),
}
