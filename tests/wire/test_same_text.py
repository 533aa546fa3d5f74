"""The same words are the same text, whichever platform and whichever way they came."""

from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms import wecom_wire
from cards.form import PUBLISH
from handlers.chain.digest import digest
from handlers.commands import fields_in
from handlers.events import Click, Message
from handlers.rules.import_cells import tidy
from handlers.rules.text import clean, label
from handlers.typed import fields
from tests.rules.requests import AT
from tests.wire.feishu_world import sample, understood
from tests.wire.wecom_samples import NOW, SETTINGS, xml

TYPED = "/approve EXP-20260105-0007 同意，注意发票抬头 😀"
TEXT = st.text(
    alphabet=st.characters(codec="utf-8") | st.sampled_from("\u200c\u200d\u202e\x01\u2028\xad\u200b]><[")
)


def by_wecom(typed: str) -> Any:
    event = wecom_wire.decode(xml("in-text").replace(TYPED, typed), SETTINGS.agent_id, NOW)
    return event.text if isinstance(event, Message) else None


def by_feishu(typed: str) -> Any:
    envelope = sample("in_message_text_p2p")
    envelope["event"]["message"]["content"] = orjson.dumps({"text": typed}).decode()
    event = understood(envelope)
    return event.text if isinstance(event, Message) else None


def by_form(typed: str) -> Any:
    click = Click(key="k", platform="feishu", accounts=("a",), at=AT, act="fill", fields={"body": typed})  # type: ignore[arg-type]
    return click.fields["body"]


@given(TEXT)
def test_both_platforms_and_the_form_give_the_same_text(typed: str) -> None:
    typed = typed.replace("]]]]><![CDATA[>", "")
    assert by_wecom(f"甲{typed}") == by_feishu(f"甲{typed}") == by_form(f"甲{typed}") == clean(f"甲{typed}")


@given(TEXT)
def test_a_cell_of_an_import_is_the_label_that_a_line_would_be(typed: str) -> None:
    values, _ = fields.clean(PUBLISH, {"author": typed}, AT)

    assert tidy(typed) == " ".join(label(typed).split())
    assert values.get("author", label(typed)) == label(typed)


def test_the_digest_does_not_depend_on_the_way_the_text_came() -> None:
    title, body = "一家👨\u200d👩\u200d👧\u200b", "ئۇيغۇرچە می\u200cخواهم\x00\r\n第二行\u202e。"
    message = by_wecom(f"/发布\n标题：{title}\r\n正文：{body}")
    lines, _ = fields_in(message, PUBLISH.titles())
    form = {"title": by_form(title), "body": by_form(body)}
    digests = {
        digest("FB", fields.clean(PUBLISH, raw, AT)[0])
        for raw in (
            {PUBLISH.titles()[name].name: text for name, text in lines.items() if name in ("标题", "正文")},
            form,
        )
    }

    assert form["body"] == "ئۇيغۇرچە می\u200cخواهم\n第二行。"
    assert len(digests) == 1
