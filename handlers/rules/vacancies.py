"""Which units must have a first-responsible person of their own."""

from storage.records import Unit, UnitKind

_MUST = (UnitKind.PARTY_UNIT, UnitKind.PARTY_BRANCH, UnitKind.DEPARTMENT, UnitKind.DIRECT_UNIT)


def must_have_responsible(unit: Unit) -> bool:
    """Whether somebody must answer for the unit itself; an inner office answers to its parent.

    > 基层党委（党总支）书记、党政职能部门和直属单位负责人为全媒体建设与管理的第一责任人。（第五条（二））
    """
    return unit.kind in _MUST
