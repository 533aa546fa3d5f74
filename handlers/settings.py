"""/解释 设置: what fills a gap of the text, its value, and the draft or interpretation it rests on."""

from dataclasses import dataclass
from datetime import timedelta

from handlers.duties.table import LAPSES_AFTER, RECEIPT_AFTER
from handlers.ledger.naming import FREE_AFTER
from handlers.processes.deregister import PROOF_DAYS
from handlers.processes.inspection import OPINION_DAYS
from handlers.rounds.powers import DAYS, MONTH
from handlers.rules.attention import USUAL
from handlers.rules.commenting import MORNINGS, SOON
from handlers.rules.deadlines import ALLOWED, CHANGE_DAYS, FIRST_REMINDER, TAKE_BACK_WITHIN
from handlers.rules.due_days import USUAL_DAYS
from handlers.rules.hearing import APPEAL_DAYS, HEARING_DAYS, REPEATED
from handlers.rules.inspection import OPENS_ON
from handlers.rules.inspection_score import CASE_WEIGHTS, WEIGHTS
from handlers.rules.ladder import LOOK_AGAIN_AFTER, ROUND_MONTHS, SYSTEMS_ON
from handlers.rules.necessity import FRESH_DAYS, RULES
from handlers.rules.training import CODE_LASTS, LATE
from storage.records import Urgency

_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Setting:
    """One value that the Measures do not give; `cites` is the number of the draft that answers for it."""

    what: str
    value: str
    cites: int


def _lasting(time: timedelta) -> str:
    """2 小时, 30 分钟"""
    hours, minutes = time / timedelta(hours=1), time // timedelta(minutes=1)
    return f"{hours:g} 小时" if hours >= 1 else f"{minutes} 分钟"


def _commenting() -> str:
    hours = "、".join(f"{wait.total_seconds() / _HOUR:g}" for wait in SOON)
    return f"发布后 {hours} 小时，其后 {MORNINGS} 个工作日早晨"


SETTINGS = (
    Setting("代为审批", "副职可受托代理", 1),
    Setting("必要时的情形", f"{len(RULES)} 项（/条款 必要时）", 2),
    Setting("新媒体首次发布报中心", f"备案不满 {FRESH_DAYS} 天", 2),
    Setting("学生组织账号", "由主办单位备案", 3),
    Setting("聊天群", "不备案", 4),
    Setting("第一责任人", "每单位一名", 5),
    Setting("发布审批范围", "每条都审", 6),
    Setting("下班后的紧急信息", "值班人审批，不得先发", 7),
    Setting("中心的媒体", "申请人不得自批", 8),
    Setting("定期摸底", "、".join(f"{month} 月" for month in ROUND_MONTHS), 9),
    Setting("整改期限", f"{USUAL_DAYS} 个工作日", 10),
    Setting("整改后复查", f"{LOOK_AGAIN_AFTER.days} 天", 10),
    Setting("注销证明", f"{PROOF_DAYS} 个工作日", 10),
    Setting("审批有效期", f"{LAPSES_AFTER.days} 天", 11),
    Setting("发布回执", _lasting(RECEIPT_AFTER), 11),
    Setting("变更备案的计算", f"次日起第 {CHANGE_DAYS} 个工作日 24:00", 12),
    Setting("注销后名称可再用", f"{FREE_AFTER.days} 天", 13),
    Setting("不更新提示", f"{USUAL.said} 天，{USUAL.first} 天优先", 13),
    Setting("首次提醒", f"{FIRST_REMINDER.total_seconds() / _HOUR:g} 个工作小时", 14),
    Setting("查看评论", _commenting(), 16),
    Setting("紧急办理", _lasting(ALLOWED[Urgency.URGENT]), 14),
    Setting("特急办理", _lasting(ALLOWED[Urgency.CRITICAL]), 14),
    Setting("申辩", f"{HEARING_DAYS} 个工作日", 15),
    Setting("申诉", f"{APPEAL_DAYS} 个工作日", 15),
    Setting("多次出现问题", f"十二个月内 {REPEATED} 件", 15),
    Setting("年度督查开启", f"{OPENS_ON[0]} 月 {OPENS_ON[1]} 日起", 17),
    Setting("督查单位意见", f"{OPINION_DAYS} 个工作日", 17),
    Setting("督查扣分", WEIGHTS, 17),
    Setting("督查违规扣分", CASE_WEIGHTS, 17),
    Setting("四权确认", f"每年 {MONTH} 月，至少 {DAYS} 个工作日", 18),
    Setting("制度、培训缺项提醒", "、".join(f"{month} 月" for month, _ in SYSTEMS_ON), 19),
    Setting("培训签到", f"签到码 {CODE_LASTS.seconds // 60} 分钟，{LATE.days} 天内可补签", 19),
    Setting("拿回决定", f"{_lasting(TAKE_BACK_WITHIN)}内", 14),
)
