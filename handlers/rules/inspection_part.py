"""What units say of each of their media in a yearly account, read from lines of text (form F7)."""

import re
from collections.abc import Iterable, Mapping, Sequence

ROOM = 500
"""Characters of one medium's summary."""

_COLON = re.compile(r"[：:]")
_PART = re.compile(r"[；;，,。]+")


def rows(
    text: str, media: Mapping[str, str], scores: Sequence[str]
) -> tuple[list[dict[str, str]], list[str]]:
    """机电之声：合格；全年发布 120 条 as medium, name, self_score and summary; what is wrong elsewhere.

    `media` is name (or 备案号) -> 备案号. Of two lines for one medium the later counts.
    """
    found: dict[str, dict[str, str]] = {}
    wrong = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        name, *rest = _COLON.split(line, maxsplit=1)
        name = name.strip()
        no = media.get(name, "")
        said, *words = [*_PART.split(rest[0].strip() if rest else "", maxsplit=1), ""]
        summary = words[0].strip() if words else ""
        if not no:
            wrong.append(f"“{name[:20]}”不是本单位这次督查的媒体")
        elif said.strip() not in scores:
            wrong.append(f"“{name}”请先写自评：{'、'.join(scores)}")
        elif not summary:
            wrong.append(f"“{name}”请在自评后写运行总结")
        elif len(summary) > ROOM:
            wrong.append(f"“{name}”的总结超过 {ROOM} 字，请精简")
        else:
            found[no] = {"medium": no, "name": name, "self_score": said.strip(), "summary": summary}
    return list(found.values()), wrong


def merged(before: Iterable[Mapping[str, str]], new: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """What was said before, with what is said now of the same media in its place."""
    by_medium = {row["medium"]: row for row in (*before, *new)}
    return [by_medium[no] for no in sorted(by_medium)]
