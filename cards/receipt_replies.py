"""Short answers about a receipt: which link is whose, what is missing, what is doubtful."""

from collections.abc import Sequence

from storage.records import Medium, Request


def need_link(request: Request, names: Sequence[str]) -> str:
    """What a receipt still lacks: the next line with a link is it."""
    if len(names) > 1:
        listed = "、".join(f"“{name}”" for name in names)
        return f"请发来发布后的链接（1 小时内有效），{listed}各一个，可一次发齐；要分清的写“{names[0]} https://…”。"
    return f"请直接发来发布后的链接（1 小时内有效），或发：/回执 {request.number} https://…"


def links_missing(
    whose: Sequence[tuple[str, str]],
    missing: Sequence[str],
    unclear: Sequence[str],
    doubts: Sequence[tuple[Medium, str, str]],
) -> str:
    """Whose link is which, which of them look odd, and which is still missing."""
    lines = [f"已登记 {name}：{link}" for name, link in whose]
    if doubts:
        lines.append(links_doubtful(doubts))
    if unclear and missing:
        lines += [f"看不出是哪个媒体的：{link}" for link in unclear]
        lines.append(f"请写明，例如：{missing[0]} {unclear[0]}")
    if missing:
        lines.append(f"还缺：{'、'.join(missing)}。请接着发链接；没有在那里发布的，回复“其余未发”。")
    return "\n".join(lines)


def links_doubtful(doubts: Sequence[tuple[Medium, str, str]]) -> str:
    """Links that cannot well be of their medium, and how to put them right or to insist."""
    lines = []
    for medium, link, kind in doubts:
        looks = f"像是{kind}的" if kind else "不像"
        lines.append(f"“{medium.name}”是{medium.platform_type}，这个链接{looks}，没有登记：{link}")
    medium, link, _ = doubts[0]
    lines.append(f"写反了请按“媒体 链接”重发；确实没错请发：确认 {medium.name} {link}")
    return "\n".join(lines)


def link_corrected(number: str, changed: Sequence[tuple[str, str, str]]) -> str:
    """Of each medium the old link, empty where there was none, and the new one."""
    lines = [f"{name}：{new}（原为 {old or '未发布'}）" for name, old, new in changed]
    return "\n".join((f"已更正 {number} 的链接，原来的仍留在办理记录里：", *lines))


def links_unclear(request: Request, names: Sequence[str]) -> str:
    """A link to be corrected, and nobody can tell whose it is."""
    return f"看不出要更正哪个媒体的链接，没有改。请写明，例如：/回执 {request.number} {names[0]} https://…"
