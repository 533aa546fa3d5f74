"""The words of /代理: who stands in for whom, why it cannot be, and why it has ended."""

from datetime import datetime

from cards.times import deadline, when

FORM = (
    "请这样写：/代理 姓名或工号 12-01 12-05 出差。只代某一类的，在日期后写 发布、备案 等。取消发：/代理 取消"
)
FOR_WHOM = "您是内勤，请写替谁设：/代理 姓名或工号 替 审批人 12-01 12-05 出差"
APPROVERS_ONLY = "只有审批人（第一责任人、保密审查人、中心审批人）可以设代理。"
ENDED = "外出代理已终止"


def span(starts: datetime, ends: datetime, now: datetime) -> str:
    return f"{when(starts, now)} 至 {deadline(ends, now)}"


def clerks_only(name: str) -> str:
    return f"替 {name} 设代理，须由本人或其单位的内勤办理。"


def no_approver(name: str) -> str:
    return f"{name} 不是审批人（第一责任人、保密审查人、中心审批人），不需要代理。"


def overlaps(span: str, name: str) -> str:
    return f"{span} 已由 {name} 代理，与这次重叠，没有另设。要换人或改日期，请先发 /代理 取消。"


def given(delegate: str, days: str, scope: str, principal: str = "") -> str:
    """To whoever arranged it; `principal` where that was somebody else."""
    only = f"，只代 {scope}（其他仍由{'本人' if principal else '您'}办理）" if scope else ""
    if principal:
        return (
            f"已替 {principal} 设代理：{delegate}，{days}{only}。已告知两人。取消发 /代理 取消 {principal}。"
        )
    return f"已设代理：{delegate}，{days}{only}。取消发 /代理 取消。责任仍由您承担（第五条（二））。"


def asked(principal: str, days: str, scope: str, waiting: int, by: str = "") -> str:
    """To who stands in."""
    only = f"，范围：{scope}" if scope else ""
    text = f"{principal} 请您在 {days} 代为审批{only}。记录会写明“代 {principal}”，责任仍由委托人承担。"
    if by:
        text = f"{by}（内勤）替 {principal} 设了代理。" + text
    return text + (f"现有 {waiting} 件，发 /待办 办理。" if waiting else "")


def arranged(by: str, delegate: str, days: str, scope: str) -> str:
    """To whom somebody else arranged it for."""
    only = f"，只代 {scope}" if scope else ""
    return (
        f"{by}（内勤）已替您设代理：{delegate}，{days}{only}。每办一件都会告诉您；"
        "责任仍由您承担（第五条（二））。不需要时发 /代理 取消。"
    )


def no_post(principal: str) -> str:
    return f"{principal} 已不再担任审批职务"


def cancelled(by: str, *, own: bool) -> str:
    return f"{by} 已取消代理" if own else f"{by}（内勤）已取消代理"


def unfit(delegate: str) -> str:
    return f"{delegate} 的职务或角色已变动，不能再代理（第五条（二））"


def has_left(name: str, day: str) -> str:
    return f"{name} 已于 {day}离职"


def ended_for(delegate: str, days: str, why: str, now: datetime, *, back: bool) -> str:
    """To whom somebody stood in for; `back` where they still decide."""
    text = f"{delegate} 代您审批（{days}）已于 {when(now, now)} 终止：{why}。"
    return text + ("审批恢复由您办理；仍要外出可用 /代理 另请一位。" if back else "")


def ended_by(principal: str, days: str, why: str, now: datetime) -> str:
    """To who stood in."""
    return f"您代 {principal} 审批（{days}）已于 {when(now, now)} 终止：{why}。不再需要您代为审批。"
