"""交接: all that somebody holds, what of it goes to a successor, and what cannot and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cards.card import Button, Card, Style, Tone

ASK, SURE, KEEP = "handover", "handover_sure", "handover_keep"
FORM = "请这样写：/交接 姓名或工号 给 姓名或工号；只看清单发：/交接 姓名或工号"
ONLY = "交接由系统管理员或其单位的第一责任人办理（第五条（二））。"
LATER = "以后的新申请仍按单位表、人员表分配，职务、角色有变动请一并修改。"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is not given with a button: `what` it is, and what is to be done about it."""

    what: str
    names: tuple[str, ...]
    then: str

    def line(self) -> str:
        return f"{self.what}：{'、'.join(self.names)}。{self.then}"


def arguments(
    leaver: tuple[str, str],
    successor: tuple[str, str],
    moves: Mapping[str, str],
    kept: Sequence[Kept],
) -> dict[str, Any]:
    """The arguments of the card: `moves` are the steps that go to the successor, or, where none is named,
    all that are held, by their number; people are 工号 and name."""
    return {
        "leaver": leaver[0],
        "successor": successor[0],
        "names": [leaver[1], successor[1]],
        "moves": dict(moves),
        "kept": [one.line() for one in kept],
        "said": "",
    }


def card(args: Mapping[str, Any]) -> Card:
    """The list, and the button where there is somebody to whom it goes; then what became of it."""
    leaver, successor = args["names"]
    moves, kept = args["moves"], args["kept"]
    if args["said"]:
        return Card(title=f"交接 {leaver}", tone=Tone.DONE, lead=str(args["said"]), closed="已办理")
    parts = [listed(f"转给 {successor}" if successor else "待办的环节", list(moves.values()))]
    parts.append(listed("须另行办理" if successor else "其他", kept))
    ready = bool(successor and moves)
    if ready:
        lead = f"{leaver} 名下 {len(moves)} 件待办将转给 {successor}，按“确认交接”才会移交。"
    elif successor:
        lead = f"{leaver} 名下没有能转给 {successor} 的待办。"
    else:
        lead = f"{leaver} 名下的事项如下。移交请发：/交接 {args['leaver']} 给 姓名或工号"
    sure = (Button("确认交接", SURE, style=Style.PRIMARY), Button("先不交接", KEEP))
    return Card(
        title=f"交接 {leaver}",
        tone=Tone.WAITING if ready else Tone.INFO,
        lead=lead,
        text="\n".join(filter(None, parts)) or "没有在办的事项。",
        note=LATER,
        buttons=sure if ready else (),
        whole=True,
    )


def listed(title: str, lines: Sequence[str]) -> str:
    return "\n".join([f"【{title}】", *lines]) if lines else ""


def done(successor: str, moved: Sequence[str], failed: Sequence[str], kept: Sequence[str]) -> str:
    """To whoever confirmed it: what was moved, what was not and why, what is still to be done."""
    parts = (listed("没有转", failed), listed(f"已转给 {successor}", moved), listed("须另行办理", kept))
    return "\n".join(filter(None, parts))


def in_short(successor: str, moved: int, failed: int) -> str:
    """What the card says; what each became stands in the message behind it."""
    return (
        f"已转给 {successor} {moved} 件" + (f"，{failed} 件没有转" if failed else "") + "。明细见另一条消息。"
    )


def to_successor(by: str, leaver: str, moved: Sequence[str]) -> str:
    return (
        f"{by} 将 {leaver} 的 {len(moved)} 件待办交接给您，卡片随后送达，也可发 /待办 办理：\n"
        + "\n".join(moved)
    )


def to_leaver(by: str, successor: str, moved: Sequence[str], kept: Sequence[str]) -> str:
    text = f"{by} 已将您的 {len(moved)} 件待办交接给 {successor}：\n" + "\n".join(moved)
    return text + (f"\n{listed('仍在您名下', kept)}" if kept else "")


def to_head(by: str, leaver: str, successor: str, moved: Sequence[str], kept: Sequence[str]) -> str:
    text = f"{by} 已将 {leaver} 的 {len(moved)} 件待办交接给 {successor}：\n" + "\n".join(moved)
    return text + (f"\n{listed('还须另行办理', kept)}" if kept else "")
