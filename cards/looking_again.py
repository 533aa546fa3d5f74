"""复查: the card of a second look at what was rectified."""

from cards import phrases
from cards.card import Button, Card, Style, Tone
from cards.duties import Owed, done
from cards.times import short_day
from cards.view import View
from storage.records import Act


def look_again(owed: Owed, view: View) -> Card:
    """What was rectified when, and the two things that a second look may find."""
    request = view.request
    title = f"待复查 {request.number} {request.title}"
    if not owed.open:
        return done(title, f"{request.number} 已复查：{request.outcome.get('looked', '')}。")
    passed = [d for d in view.decisions if d.act is Act.APPROVE]
    when = short_day(passed[-1].at.date(), owed.now) if passed else ""
    return Card(
        title=title,
        tone=Tone.WAITING,
        tag=owed.tag,
        lead=f"{request.number} {when}通过整改，已满 30 天，请复查是否又出现原来的问题。",
        rows=tuple(view.face.facts(view)),
        text=phrases.excerpt(view.face.excerpt(view), 80),
        note=f"依据第十五条。也可发：/复查无问题 {request.number}，/再次整改 {request.number}",
        buttons=(
            _button(view, "复查无问题", Act.LOOKED_FINE, Style.PRIMARY),
            _button(view, "再次整改", Act.RECTIFY_AGAIN),
            _button(view, "查看", "view"),
        ),
    )


def _button(view: View, text: str, act: str, style: Style = Style.DEFAULT) -> Button:
    return Button(text, act, view.request.number, view.request.step, view.request.version, style)
