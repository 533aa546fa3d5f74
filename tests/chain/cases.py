"""Cases and laws that the tests of the chain begin with."""

from collections.abc import Mapping
from dataclasses import replace

from handlers.chain.operate import Actor, Law, Submit, begin
from handlers.chain.step import Case
from handlers.processes.all import PROCESSES
from handlers.rules.chain import Facts, publication_chain
from storage.records import State
from storage.steps import Step, Way

LI, SUN, WANG, WU, ZHAO, QIAN, HE = "李", "孙", "王", "吴", "赵", "钱", "何"
ACTS = PROCESSES["FB"].acts


def chain(*, reviewed: bool = True, necessary: tuple[str, ...] = (), own: bool = False) -> tuple[Step, ...]:
    return publication_chain(Facts("2110", "2100" if reviewed else "", own, necessary))


def together(steps: tuple[Step, ...], ways: Mapping[str, Way], need: int = 1) -> tuple[Step, ...]:
    """The chain with steps that all whom their role has decide so (of 票签 with `need` votes)."""
    return tuple(
        replace(step, way=way, need=need if way is Way.VOTE else 0) if (way := ways.get(step.name)) else step
        for step in steps
    )


def case(steps: tuple[Step, ...], digest: str = "d1") -> Case:
    """What 李 has just submitted."""
    return begin(Submit(steps, digest, State.AWAITING_PUBLISH), Actor(LI))


def law(case: Case, *holders: str, peers: tuple[str, ...] = (), obstacle: str = "") -> Law:
    """These may decide the step that waits, and were shown it as it is."""
    return Law(dict.fromkeys(holders, ""), peers, ACTS, (case.at, case.version), obstacle)
