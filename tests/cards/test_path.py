"""The way of a request as a value: its stops, and the picture drawn of them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest

from cards.path import stops
from cards.picture import WIDTH, svg, wrapped
from cards.stop import Standing, Stop
from cards.view import View
from cards.why import why
from handlers.processes import deregister
from handlers.processes.all import PROCESSES
from handlers.processes.topic import topic_chain
from handlers.rules.articles import ART_6_1, ART_6_2
from handlers.rules.chain import Facts, ledger_chain, publication_chain
from storage.records import Act, Decision, Identity, Person, State, TrailEntry
from storage.steps import Addition, How, Place, Seat, SeatState, Step, Verb, Way
from tests.rules.requests import AT, request

NAMES = {"2104": "李老师", "2103": "孙老师", "2101": "王书记", "2102": "吴副书记", "1101": "赵老师"}
FB = publication_chain(Facts("2100", "2100", False, ("涉及重大事项决策",)))
OWN_FILING = ledger_chain("2100", ART_6_1, Verb.APPROVE, applicant_is_responsible=True)
CHANGE = ledger_chain("2100", ART_6_2, Verb.RECORD, applicant_is_responsible=False)
END = deregister.chain("2100", applicant_is_responsible=False)
TOPIC = topic_chain("2100", applicant_is_responsible=False)
DONE, BACK, NOW, LATER, RULE, VOID = Standing
YES = SeatState.DECIDED


def person(id_: str, name: str) -> Person:
    return Person(id_, name, "2100", Identity.STAFF)


def cast(step: Step, *seats: Seat, **more: Any) -> Step:
    return replace(step, seats=seats, **more)


def decided(step: str, who: str, act: Act = Act.APPROVE, version: int = 1, **more: Any) -> Decision:
    return Decision(1, version, step, act, who, AT + timedelta(hours=1), "d", **more)


def view(chain: tuple[Step, ...], step: str, state: State = State.IN_REVIEW, **more: Any) -> View:
    people = {id_: person(id_, name) for id_, name in NAMES.items()}
    kind, version = more.pop("kind", "FB"), more.pop("version", 1)
    asked = replace(request(chain, state, step), kind=kind, version=version, base=version)
    return View(asked, PROCESSES[kind].face, "2104", AT, people=people, **more)


def entry(act: str, by: str, before: str, note: str, data: str = "") -> TrailEntry:
    return TrailEntry("FB-2026-0001", 1, AT, by, act, before=before, note=note, data=data)


def standings(way: tuple[Stop, ...]) -> list[Standing]:
    return [stop.standing for stop in way]


@pytest.mark.parametrize(
    ("kind", "chain", "standing", "titles"),
    [
        ("FB", FB, (NOW, LATER, LATER), "1. 保密审查 2. 第一责任人审批 3. 全媒体中心审批"),
        ("BA", OWN_FILING, (RULE, NOW), "1. 第一责任人审批 2. 全媒体中心审批"),
        ("BG", CHANGE, (NOW, LATER), "1. 第一责任人审批 2. 全媒体中心备案"),
        ("XT", TOPIC, (NOW, LATER), "1. 第一责任人审批 2. 党委宣传部审查"),
        ("ZX", END, (NOW, LATER, LATER), "1. 第一责任人审批 2. 全媒体中心审批 3. 申请人证明"),
    ],
)
def test_the_way_of_each_process(
    kind: str, chain: tuple[Step, ...], standing: tuple[Standing, ...], titles: str
) -> None:
    at = next(step.name for step in chain if not step.passed_by_rule)
    way = stops(view(chain, at, kind=kind, holders={"2101": ""}))

    assert standings(way) == [DONE, *standing, LATER]
    assert " ".join(stop.title.partition("（")[0] for stop in way[1:-1]) == titles
    assert (way[0].title, way[-1].title) == ("提交", "全部通过")
    drawn(way)


def test_why_says_of_each_step_whose_it_is() -> None:
    for chain in (FB, TOPIC, END):
        for step in chain:
            card = why(view(chain, step.name, holders={"2101": ""}), {})
            assert "应由：" in card.plain()


def test_who_decided_for_whom_who_gave_it_and_whom_it_waits_for() -> None:
    by_proxy = Seat("2102", principal="2101", state=YES, act="approve")
    chain = (FB[0], cast(FB[1], by_proxy), cast(FB[2], Seat("1101", How.TRANSFER, by="2103")))
    seen = view(
        chain,
        "centre",
        decisions=(decided("responsible", "2102", principal="2101"),),
        holders={"1101": ""},
    )
    way = stops(seen)

    assert way[2].lines == ("吴副书记 代 王书记 同意 · 11月23日（周一）10:00",)
    assert way[3].lines == ("为什么有这一步：涉及重大事项决策", "正在等 赵老师（孙老师 转办）")

    added = Seat("2102", How.ADDED, by="1101", group="+1")
    chain = (*chain[:2], cast(chain[2], *chain[2].seats, added, additions=(Addition("+1", "1101"),)))
    way = stops(replace(seen, request=replace(seen.request, chain=chain), holders={"1101": "", "2102": ""}))
    assert way[3].lines[1:] == ("正在等 赵老师（孙老师 转办）",)
    assert way[3].beside[0].lines == ("吴副书记 还没有办",)


def test_twelve_who_were_added_stand_with_their_votes() -> None:
    names = {f"9{n:03}": f"欧阳长名字老师{n}" for n in range(12)}
    seats = [Seat(one, How.ADDED, by="2101", group="a1") for one in names]
    seats[0] = replace(seats[0], state=YES, act="approve")
    seats[1] = replace(seats[1], state=SeatState.CLOSED)
    step = cast(FB[1], *seats, additions=(Addition("a1", "2101", Place.BEFORE, Way.VOTE, 7),))
    seen = view((FB[0], step, FB[2]), "responsible", holders={"2101": ""})
    seen = replace(seen, people={**seen.people, **{id_: person(id_, name) for id_, name in names.items()}})
    (box,) = stops(seen)[2].beside

    assert (box.standing, box.title) == (NOW, "加签（前，票签 7/12）")
    assert box.lines[0].startswith(
        "欧阳长名字老师0 同意、欧阳长名字老师1 无需处理、欧阳长名字老师2 还没有办、"
    )
    drawn(stops(seen))


def test_what_ended_goes_nowhere_and_agreed_to_nothing() -> None:
    done = cast(FB[0], Seat("2103", state=YES, act="approve"))
    for state, end, word in (
        (State.WITHDRAWN, VOID, "已撤回"),
        (State.VOIDED, VOID, "已作废"),
        (State.REJECTED, BACK, "未通过"),
    ):
        way = stops(view((done, *FB[1:]), "responsible", state, decisions=(decided("review", "2103"),)))

        assert standings(way) == [DONE, DONE, VOID, VOID, end]
        assert (way[2].lines, way[-1].title) == (("不再办理",), word)


def test_what_was_returned_twice_and_then_to_a_step() -> None:
    back = '{"op":"decide","act":"return","to":"review"}'
    record = [
        entry("return", "2103", "in_review/review v1", "补主语"),
        entry("return", "2101", "in_review/responsible v2", "换图"),
        entry("return", "2101", "in_review/responsible v3", "再核一段", back),
    ]
    chain = (cast(FB[0], Seat("2103", state=SeatState.STRUCK, act="approve")), *FB[1:])
    seen = view(
        chain, "review", version=3, decisions=(decided("review", "2103", version=3),), holders={"2103": ""}
    )
    way = stops(seen, record)

    assert [(one.title, one.back) for one in way[0].beside] == [
        ("第 1 版 孙老师 退回", ""),
        ("第 2 版 王书记 退回", ""),
    ]
    assert [(one.title, one.back) for one in way[2].beside] == [("王书记 退回到 保密审查", "review")]
    assert way[1].beside[0].title == "孙老师 审查通过 · 11月23日（周一）10:00（不再计入）"
    assert standings(way) == [DONE, NOW, LATER, LATER, LATER]
    assert drawn(way).count('class="loop"') == 1


def test_what_stands_returned_goes_back_to_its_applicant() -> None:
    step = cast(FB[0], Seat("2103", state=YES, act="return"))
    way = stops(
        view((step, *FB[1:]), "review", State.RETURNED, decisions=(decided("review", "2103", Act.RETURN),))
    )

    assert standings(way) == [DONE, BACK, LATER, LATER, NOW]
    assert way[-1].lines == ("等 李老师 修改后重新提交",)
    assert drawn(way).count('class="loop"') == 1


def test_what_people_are_called_cannot_draw() -> None:
    hostile = Stop(DONE, "</text><script>alert(1)</script>\x00\u202e&", ("长" * 400,))
    picture = drawn((hostile,))

    assert "<script" not in picture
    assert all(len(line) <= 22 for line in wrapped("长" * 400, (WIDTH - 70) / 13))


def drawn(way: tuple[Stop, ...]) -> str:
    """The picture, which is XML and has every mark and title in it."""
    picture = svg("待审批 FB-2026-0001", way)
    tree = ElementTree.fromstring(picture)  # our own
    assert len(tree.findall(".//{*}circle")) == len(way) + sum(len(stop.beside) for stop in way)
    return picture
