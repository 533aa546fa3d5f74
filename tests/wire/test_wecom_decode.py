"""What each of WeCom's messages and events means."""

import hashlib
import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.platforms.base import Refused
from bot.platforms.wecom_wire import decode
from handlers.events import Click, Enter, Event, FileRef, Message
from storage.records import Platform
from tests.wire.wecom_samples import NOW, SETTINGS, xml

NOTHING = [
    "in-event-unsubscribe",
    "in-event-view",
    "in-event-unknown",
    "in-event-location",
    "in-event-inactive_alert",
    "in-event-batch_job_result",
    "in-event-open_approval_change",
    "in-event-sys_approval_change",
    "in-event-change_contact-create_user",
    "in-event-change_contact-update_user",
    "in-event-change_contact-update_user-full",
    "in-event-change_contact-delete_user",
    "in-event-change_contact-create_party",
    "in-event-change_contact-update_party",
    "in-event-change_contact-delete_party",
    "in-event-change_contact-update_tag",
]


MESSAGE = "75921600112233445"


def read(plain: str) -> Event | None:
    return decode(plain, SETTINGS.agent_id, NOW)


def by_text(name: str) -> str:
    return "wecom:" + hashlib.sha256(xml(name).encode()).hexdigest()


def message(last_digits: str, text: str = "", files: tuple[FileRef, ...] = ()) -> Message:
    message_id = MESSAGE + last_digits
    return Message(
        key=f"wecom:{message_id}:1000017",
        platform=Platform.WECOM,
        accounts=("liwei",),
        at=NOW,
        message=message_id,
        text=text,
        files=files,
    )


def file(key: str, name: str, kind: str, last_digits: str) -> FileRef:
    return FileRef(key, name, kind, MESSAGE + last_digits)


def click(name: str) -> Click:
    return Click(key=by_text(name), platform=Platform.WECOM, accounts=("chenmo",), at=NOW, act="")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("in-text", message("56", "/approve EXP-20260105-0007 同意，注意发票抬头 😀")),
        (
            "in-image",
            message(
                "57", files=(file("1fIcTiOnAlMediaIdImage00000000000000000000001", "图片", "image", "57"),)
            ),
        ),
        ("in-voice", message("58")),
        (
            "in-video",
            message(
                "59", files=(file("1fIcTiOnAlMediaIdVideo00000000000000000000003", "视频", "video", "59"),)
            ),
        ),
        ("in-location", message("60")),
        ("in-link", message("61", "https://intranet.example.test/policy?id=3&lang=zh")),
    ],
)
def test_a_message_is_read(name: str, expected: Message) -> None:
    assert read(xml(name)) == expected


@pytest.mark.parametrize(
    ("name", "account"), [("in-event-subscribe", "zhouxia"), ("in-event-enter_agent", "liwei")]
)
def test_joining_and_opening_the_app_is_an_enter(name: str, account: str) -> None:
    event = read(xml(name))

    assert isinstance(event, Enter)
    assert replace(event, said_at=NOW) == Enter(
        key=by_text(name), platform=Platform.WECOM, accounts=(account,), at=NOW
    )


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("menu.inbox", "/待办"),
        ("menu.publish", "/发布"),
        ("menu.mine", "/我的"),
        ("menu.help", "/帮助"),
        ("menu.my_pending", "/帮助"),
    ],
)
def test_the_menu_says_a_command(key: str, text: str) -> None:
    plain = xml("in-event-click").replace("menu.my_pending", key)

    event = read(plain)

    assert event == Message(
        key="wecom:" + hashlib.sha256(plain.encode()).hexdigest(),
        platform=Platform.WECOM,
        accounts=("liwei",),
        at=NOW,
        text=text,
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "in-event-template_card_event-button",
            {
                "act": "approve",
                "card": "apv-EXP202601050007-n1@chenmo",
                "code": "rcFICTIONAL000000000000000000000000000001",
            },
        ),
        (
            "in-event-template_card_event-button_selection",
            {
                "act": "reject",
                "card": "apv-EXP202601050008-n1@chenmo",
                "code": "rcFICTIONAL000000000000000000000000000002",
                "fields": {"reason": "missing_invoice"},
            },
        ),
        (
            "in-event-template_card_event-vote",
            {
                "act": "vote.submit",
                "card": "apv-VEN202601050001-n2@chenmo",
                "code": "rcFICTIONAL000000000000000000000000000003",
                "fields": {"vendor": ("v_east", "v_north")},
            },
        ),
        (
            "in-event-template_card_event-multiple",
            {
                "act": "form.submit",
                "card": "apv-LEA202601050003-n1@chenmo",
                "code": "rcFICTIONAL000000000000000000000000000004",
                "fields": {"decision": "approve", "handover_to": "zhouxia"},
            },
        ),
        (
            "in-event-template_card_menu_event",
            {
                "act": "menu.remind_later",
                "card": "ntf-EXP202601050007-paid@chenmo",
                "code": "rcFICTIONAL000000000000000000000000000005",
            },
        ),
    ],
)
def test_a_press_on_a_card_is_a_click(name: str, expected: dict[str, object]) -> None:
    assert read(xml(name)) == replace(click(name), **expected)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "act", "ref", "step", "version"),
    [
        ("approve|12|responsible|3", "approve", "12", "responsible", 3),
        ("approve|12|joined.3|3", "approve", "12", "joined.3", 3),
        ("approve|12|1|3", "approve", "12", "1", 3),
        ("submit|||0", "submit", "", "", 0),
        ("approve|12|1", "approve|12|1", "", "", 0),
        ("approve|12|2026-12-01|3", "approve", "12", "2026-12-01", 3),
        ("approve|12|a b|3", "approve|12|a b|3", "", "", 0),
        ("approve|12|1|9999999999", "approve|12|1|9999999999", "", "", 0),
        ("", "", "", "", 0),
    ],
)
def test_a_button_says_what_it_was_made_for(key: str, act: str, ref: str, step: str, version: int) -> None:
    event = read(xml("in-event-template_card_event-button").replace("[approve]", f"[{key}]"))

    assert isinstance(event, Click)
    assert (event.act, event.ref, event.step, event.version) == (act, ref, step, version)


@pytest.mark.parametrize("name", NOTHING)
def test_other_events_are_taken_note_of_and_nothing_else(name: str) -> None:
    assert read(xml(name)) is None


def test_a_message_of_an_unknown_kind_is_nothing() -> None:
    assert read(xml("in-text").replace("[text]", "[file]")) is None


def test_a_blank_line_is_an_empty_message() -> None:
    event = read(xml("in-text").replace("/approve EXP-20260105-0007 同意，注意发票抬头 😀", " \n "))

    assert event == message("56")


def test_markup_in_a_message_is_just_text() -> None:
    typed = "<!DOCTYPE html> ]]]]><![CDATA[> &amp; <a>"

    event = read(xml("in-text").replace("/approve EXP-20260105-0007 同意，注意发票抬头 😀", typed))

    assert event == message("56", "<!DOCTYPE html> ]]> &amp; <a>")


FORGED = "]]></Content><FromUserName><![CDATA[boss]]></FromUserName><Content><![CDATA["


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("if a[b[0]]>1: 甲", "if a[b[0]]>1: 甲"),
        ("]]>", "]]>"),
        ("甲]]]]><![CDATA[>乙", "甲]]>乙"),
        (f"甲{FORGED}乙", f"甲{FORGED}乙"),
        ("甲\x0b乙\x01\x00\uffff丙\u202e", "甲\n乙丙"),
        ("一家👨\u200d👩\u200d👧 می\u200cخواهم", "一家👨\u200d👩\u200d👧 می\u200cخواهم"),
    ],
)
def test_whatever_is_typed_arrives_and_stays_text(typed: str, text: str) -> None:
    event = read(xml("in-text").replace("/approve EXP-20260105-0007 同意，注意发票抬头 😀", typed))

    assert event == message("56", text)


def test_the_title_of_a_shared_link_ends_nothing() -> None:
    plain = re.sub(r"<Title><!\[CDATA\[.*?\]\]>", f"<Title><![CDATA[甲{FORGED}]]>", xml("in-link"))
    assert read(plain) == read(xml("in-link"))


def test_accounts_are_compared_in_lower_case() -> None:
    event = read(xml("in-event-enter_agent").replace("[liwei]", "[LiWei]"))

    assert isinstance(event, Enter)
    assert event.accounts == ("liwei",)


def test_two_events_of_one_second_have_two_keys() -> None:
    first, second = (
        xml("in-event-template_card_event-button").replace("0001]]", f"{n}]]") for n in ("0008", "0009")
    )

    assert read(first) != read(second)
    assert read(first) == read(first)


@pytest.mark.parametrize(
    ("before", "after"), [("1000017", "1000018"), ("<FromUserName><![CDATA[liwei]]></FromUserName>", "")]
)
def test_another_apps_message_and_one_without_a_sender_are_refused(before: str, after: str) -> None:
    with pytest.raises(Refused):
        read(xml("in-text").replace(before, after))


@pytest.mark.parametrize(
    ("stamp", "later", "said_at"),
    [
        ("1767578395", 60, NOW - timedelta(milliseconds=4001)),
        ("1767578400", 0, NOW),
        ("1767578400", 0.5, NOW + timedelta(seconds=0.5)),
        ("1767578400", 60, NOW + timedelta(milliseconds=999)),
        ("1767664900", 60, NOW + timedelta(seconds=60)),
        ("0", 60, NOW + timedelta(seconds=60)),
        ("-1767578395", 60, NOW + timedelta(seconds=60)),
        ("99999999999999999999", 60, NOW + timedelta(seconds=60)),
        ("yesterday", 60, NOW + timedelta(seconds=60)),
        ("", 60, NOW + timedelta(seconds=60)),
    ],
)
def test_it_was_said_by_the_end_of_the_second_that_wecom_gives_and_never_after_it_came(
    stamp: str, later: float, said_at: datetime
) -> None:
    plain = re.sub("<CreateTime>.*?</CreateTime>", f"<CreateTime>{stamp}</CreateTime>", xml("in-text"))
    event = decode(plain, SETTINGS.agent_id, NOW + timedelta(seconds=later))

    assert isinstance(event, Message)
    assert event.said_at == said_at
