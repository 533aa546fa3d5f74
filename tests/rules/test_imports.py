"""Which tables may be imported, what each bad row is told, and what an import would change."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.import_cells import COLUMNS, Line, Problem, Table, TableKind
from handlers.rules.import_changes import Count
from handlers.rules.import_rows import Existing
from storage.records import Identity, Medium, MediumState, Person, Role, Unit, UnitKind
from tests.rules.import_tables import (
    MEDIA,
    PEOPLE,
    UNITS,
    after,
    planned,
    school,
    table,
    with_cell,
    with_row,
)

U, P, M = TableKind.UNITS, TableKind.PEOPLE, TableKind.MEDIA


def test_a_good_school_becomes_units_people_and_media() -> None:
    decided = planned(school())

    assert decided.problems == ()
    assert decided.units == (
        Unit("1", "学校党委", UnitKind.PARTY_COMMITTEE),
        Unit("2", "机电学院", UnitKind.PARTY_UNIT, "1", "100"),
        Unit("3", "学院办公室", UnitKind.INNER, "2"),
    )
    assert decided.people == (
        Person("100", "王书记", "2", title="书记", wecom="wang"),
        Person("101", "李老师", "2", wecom="LiLaoshi", feishu="ou_li"),
        Person("102", "陈同学", "2", Identity.STUDENT),
        Person("103", "何老师", "2", left_on=date(2020, 1, 1)),
    )
    assert decided.media == (
        Medium("QM-0001", "机电之声", "微信公众号", "2", "101", ("101", "102"), "jd", date(2019, 3, 11)),
        Medium("QM-0002", "机电视频", "视频号", "2", "101"),
    )
    assert decided.last_number == 2
    assert decided.counts == {U: Count(added=3), P: Count(added=4), M: Count(added=2)}
    assert decided.changes[:1] == ("新增单位 学校党委（1）",)


BAD_CELLS = [
    (U, 3, "单位名称", "", "不能为空"),
    (U, 3, "单位名称", "长" * 101, "最多 100 字，现有 101 字"),
    (U, 3, "单位名称", "#REF!", "单元格是公式错误 #REF!"),
    (
        U,
        3,
        "单位类型",
        "学院",
        f"单位类型“学院”不在可选范围：{'、'.join(UnitKind)}",
    ),
    (U, 4, "单位代码", "3 0", "“3 0”中不能有空格、分号、顿号或逗号"),
    (U, 3, "上级单位代码", "9", "单位“9”不在表中，系统里也没有"),
    (U, 2, "上级单位代码", "1", "上级单位成环：1→1"),
    (U, 3, "第一责任人工号", "999", "工号“999”不在表中，系统里也没有"),
    (U, 3, "第一责任人工号", "102", "陈同学（102）不是教职工"),
    (U, 3, "第一责任人工号", "103", "何老师（103）已于 2020-01-01 离职"),
    (U, 3, "副职工号", "101;999", "工号“999”不在表中，系统里也没有"),
    (U, 4, "第一责任人工号", "101", "内设机构由上级单位的第一责任人负责，此处应留空"),
    (U, 4, "上级单位代码", "", "内设机构须填写上级单位"),
    (P, 3, "姓名", " ", "不能为空"),
    (P, 3, "单位代码", "9", "单位“9”不在表中，系统里也没有"),
    (P, 3, "身份", "老师", "身份“老师”不在可选范围：教职工、学生"),
    (
        P,
        3,
        "角色",
        "保密审查人;校长",
        f"角色“校长”不在可选范围：{'、'.join(Role)}",
    ),
    *(
        (P, 4, "角色", role, f"“{role}”须由教职工担任，此人不是教职工")
        for role in (
            *("保密审查人", "中心审批人", "宣传部审查人", "系统管理员", "内勤", "初审", "复审", "终审"),
        )
    ),
    (P, 4, "角色", "终审;实名审计员;初审", "“初审、终审”须由教职工担任，此人不是教职工"),
    (U, 3, "副职工号", "102", "陈同学（102）不是教职工"),
    (P, 4, "企业微信账号", "LILAOSHI", "“lilaoshi”已属于第 3 行"),
    (P, 4, "企业微信账号", "李老师", "账号“李老师”只能由字母、数字和符号组成"),
    (P, 4, "飞书账号", "ou_li", "“ou_li”已属于第 3 行"),
    (P, 3, "离职日期", "去年", "日期“去年”无法识别，请写成 2026-03-01 的样子"),
    (P, 3, "离职日期", "2026-02-30", "日期“2026-02-30”无法识别，请写成 2026-03-01 的样子"),
    (M, 3, "媒体名称", "名" * 61, "最多 60 字，现有 61 字"),
    (M, 3, "主办单位代码", "9", "单位“9”不在表中，系统里也没有"),
    (M, 3, "运营负责人工号", "999", "工号“999”不在表中，系统里也没有"),
    (M, 3, "运营负责人工号", "102", "运营负责人和管理员中至少一人须为教职工"),
    (M, 3, "管理员工号", "101、999", "工号“999”不在表中，系统里也没有"),
    (M, 3, "备案号", "QM-1", "备案号“QM-1”应为 QM-0001 的样子；留空则自动编号"),
    (M, 3, "备案号", "QM-0001", "“QM-0001”与第 2 行重复"),
    (M, 3, "备案日期", "2019-13-01", "日期“2019-13-01”无法识别，请写成 2026-03-01 的样子"),
    (M, 3, "状态", "停用", "状态“停用”不在可选范围：在用、停更、停止运行、注销"),
]


@pytest.mark.parametrize(("kind", "row", "column", "value", "reason"), BAD_CELLS)
def test_a_bad_cell_is_told_once_with_file_row_column_and_reason(
    kind: TableKind, row: int, column: str, value: str, reason: str
) -> None:
    decided = planned(with_cell(school(), kind, row, column, value))

    assert decided.problems == (Problem(kind, row, column, reason),)
    assert (decided.units, decided.people, decided.media) == ((), (), ())


@pytest.mark.parametrize(
    ("kind", "row", "problem"),
    [
        (U, "2,机电学院,基层党委,1,100,", Problem(U, 5, "单位代码", "“2”与第 3 行重复")),
        (P, "101,李老师,2,教职工,,,,,,,", Problem(P, 6, "工号", "“101”与第 3 行重复")),
        (M, "机电微博,微博,,2,101,,QM-0001,,", Problem(M, 4, "备案号", "“QM-0001”与第 2 行重复")),
    ],
)
def test_a_key_that_stands_twice_is_told_at_its_second_row(
    kind: TableKind, row: str, problem: Problem
) -> None:
    assert planned(with_row(school(), kind, row)).problems == (problem,)


def test_the_same_name_twice_on_one_platform_is_told_and_on_two_is_not() -> None:
    twice = with_row(school(), M, "机电之声,公众号,,2,101,,,,")
    both = with_row(school(), M, "机电之声,微博,,2,101,,,,")

    assert planned(twice).problems == (Problem(M, 4, "媒体名称", "“机电之声（微信公众号）”已属于第 2 行"),)
    assert planned(both).problems == ()


def test_units_that_are_each_others_parents_are_told_one_by_one() -> None:
    assert planned(with_cell(school(), U, 2, "上级单位代码", "2")).problems == (
        Problem(U, 2, "上级单位代码", "上级单位成环：1→2→1"),
        Problem(U, 3, "上级单位代码", "上级单位成环：2→1→2"),
    )


def test_every_bad_cell_is_told_at_once_and_does_not_spoil_the_rows_that_refer_to_it() -> None:
    tables = with_cell(with_cell(school(), P, 3, "身份", "?"), U, 3, "单位类型", "")
    tables = with_cell(with_cell(tables, P, 3, "单位代码", "9"), P, 3, "飞书账号", "李")

    assert [(problem.file, problem.row, problem.column) for problem in planned(tables).problems] == [
        (P, 3, "身份"),
        (P, 3, "飞书账号"),
        (P, 3, "单位代码"),
        (U, 3, "单位类型"),
    ]


def test_whoever_decides_or_leads_a_unit_does_not_become_a_student() -> None:
    known = after(planned(with_cell(with_cell(school(), P, 3, "角色", "终审"), U, 3, "副职工号", "101")))
    students = table(P, "工号,姓名,单位代码,身份\n100,王书记,2,学生\n101,李老师,2,学生")

    assert planned([students], known).problems == (
        Problem(P, 2, "身份", "是机电学院的第一责任人，须为教职工"),
        Problem(P, 3, "身份", "“终审”须由教职工担任，此人不是教职工"),
        Problem(P, 3, "身份", "是机电学院的副职，须为教职工"),
    )


def test_a_student_may_be_the_named_auditor() -> None:
    assert planned(with_cell(school(), P, 4, "角色", "实名审计员")).problems == ()


def test_a_missing_required_column_is_told_before_any_row() -> None:
    tables = [table(U, "单位代码,单位名称\n1,学校党委"), table(P, PEOPLE), table(M, MEDIA)]

    assert planned(tables).problems == (Problem(U, 1, "单位类型", "缺少这一列"),)


def test_a_column_or_a_table_that_stands_twice_is_told() -> None:
    twice = replace(table(U, UNITS), headers=("单位代码", "单位名称", "单位类型", "单位名称"))

    assert planned([twice]).problems == (Problem(U, 1, "单位名称", "这一列出现了不止一次"),)
    assert planned([table(U, UNITS), table(U, UNITS)]).problems == (
        Problem(U, 0, "", "“单位”表不止一份"),
        Problem(U, 0, "", "“单位”表不止一份"),
    )


def test_without_any_table_the_accepted_names_are_told() -> None:
    reason = "没有可导入的表，表名应为：units（单位）、people（人员）、media（台账）"

    assert planned([]).problems == (Problem("", 0, "", reason),)


def test_an_unknown_column_is_a_warning() -> None:
    tables = [table(U, "单位代码,单位名称,单位类型,校区\n1,学校党委,学校党委,一区")]

    decided = planned(tables)

    assert decided.problems == ()
    assert decided.warnings == (Problem(U, 1, "校区", "不认识这一列，已忽略"),)


def test_a_college_without_first_responsible_person_is_a_warning() -> None:
    decided = planned(with_cell(school(), U, 3, "第一责任人工号", ""))

    assert decided.problems == ()
    assert decided.warnings == (Problem(U, 3, "第一责任人工号", "没有第一责任人，该单位的审批将一直等待"),)


@pytest.mark.parametrize(
    ("written", "kept"),
    [("公众号", "微信公众号"), ("B站", "哔哩哔哩"), ("ＱＱ公众号", "QQ公众号"), ("校园大屏", "校园大屏")],
)
def test_a_platform_type_gets_its_usual_name_or_stays_as_it_is(written: str, kept: str) -> None:
    decided = planned(with_cell(school(), M, 3, "平台类型", written))

    assert decided.media[1].platform_type == kept
    assert bool(decided.warnings) == (kept == "校园大屏")


@pytest.mark.parametrize(
    "written", ["2026-03-01", "2026/3/1", "2026.3.1", "20260301", "2026年3月1日", "2026-03-01 00:00:00"]
)
def test_a_date_may_be_written_in_the_usual_ways(written: str) -> None:
    decided = planned(with_cell(school(), P, 3, "离职日期", written))

    assert decided.people[1].left_on == date(2026, 3, 1)


def test_full_width_letters_in_codes_become_plain_ones() -> None:
    decided = planned(with_cell(school(), M, 3, "备案号", "ｑｍ－００１０"))

    assert decided.media[1].no == "QM-0010"


def test_the_next_numbers_follow_the_highest_ever_given() -> None:
    tables = with_row(with_cell(school(), M, 2, "备案号", "QM-0041"), M, "机电微博,微博,,2,101,,,,")

    assert [medium.no for medium in planned(tables).media] == ["QM-0041", "QM-0042", "QM-0043"]
    used = Existing(last_number=99)
    assert [medium.no for medium in planned(tables, used).media] == ["QM-0041", "QM-0100", "QM-0101"]


def test_importing_the_same_tables_again_changes_nothing() -> None:
    again = planned(school(), after(planned(school())))

    assert again.problems == ()
    assert (again.units, again.people, again.media, again.changes) == ((), (), (), ())
    assert again.last_number == 2
    assert again.counts == {U: Count(unchanged=3), P: Count(unchanged=4), M: Count(unchanged=2)}


def test_changes_are_told_with_the_names_behind_the_codes() -> None:
    tables = with_cell(school(), U, 3, "第一责任人工号", "101")
    tables = with_cell(tables, P, 3, "角色", "系统管理员;保密审查人")
    tables = with_cell(tables, M, 2, "状态", "停更")

    decided = planned(tables, after(planned(school())))

    assert decided.changes == (
        "机电学院 第一责任人：王书记→李老师",
        "李老师 角色：（空）→保密审查人、系统管理员",
        "机电之声 状态：在用→停更",
    )
    assert decided.people[0].roles == {Role.SECRECY_REVIEWER, Role.ADMIN}
    assert decided.counts[U] == Count(changed=1, unchanged=2)


def test_media_alone_may_refer_to_what_the_database_has() -> None:
    known = after(planned(school()))

    assert planned([table(M, MEDIA)], known).problems == ()
    assert [problem.column for problem in planned([table(M, MEDIA)]).problems] == [
        *("主办单位代码", "运营负责人工号", "管理员工号", "管理员工号"),
        *("主办单位代码", "运营负责人工号"),
    ]


def test_an_account_of_somebody_who_is_not_in_the_table_is_taken() -> None:
    known = after(planned(school()))
    tables = [table(P, "工号,姓名,单位代码,身份,企业微信账号\n200,张老师,2,教职工,WANG")]

    assert planned(tables, known).problems == (Problem(P, 2, "企业微信账号", "“wang”已属于王书记（100）"),)


def test_an_account_may_pass_from_one_person_to_another() -> None:
    known = after(planned(school()))
    tables = with_cell(with_cell(school(), P, 2, "企业微信账号", "lilaoshi"), P, 3, "企业微信账号", "wang")

    decided = planned(tables, known)

    assert decided.problems == ()
    assert [person.wecom for person in decided.people] == ["lilaoshi", "wang"]


def test_somebody_absent_from_a_later_table_has_not_left() -> None:
    known = after(planned(school()))
    tables = [table(P, "工号,姓名,单位代码,身份\n100,王书记,2,教职工")]

    decided = planned(tables, known)

    assert (decided.people, decided.changes) == ((), ())


def test_an_empty_leaving_date_does_not_bring_anybody_back_but_the_word_does() -> None:
    known = after(planned(school()))

    assert planned(with_cell(school(), P, 5, "离职日期", ""), known).people == ()
    back = planned(with_cell(school(), P, 5, "离职日期", "在职"), known)
    assert back.changes == ("何老师 离职日期：2020-01-01→（空）",)


def test_an_empty_state_leaves_a_medium_stopped_by_order_stopped() -> None:
    stopped = with_cell(school(), M, 3, "状态", "停止运行")
    known = after(planned(stopped))

    assert known.media["QM-0002"].state is MediumState.SUSPENDED
    assert planned(school(), known).media == ()


def test_an_empty_cell_empties_what_may_be_empty() -> None:
    known = after(planned(school()))

    decided = planned(with_cell(school(), P, 2, "企业微信账号", ""), known)

    assert decided.changes == ("王书记 企业微信账号：wang→（空）",)


def test_who_leaves_while_holding_something_is_a_warning() -> None:
    known = after(planned(school()))
    tables = [
        table(
            P,
            "工号,姓名,单位代码,身份,离职日期\n"
            "100,王书记,2,教职工,2026-11-01\n101,李老师,2,教职工,2026-11-22",
        )
    ]

    assert planned(tables, known).warnings == (
        Problem(P, 2, "离职日期", "离职者是机电学院的第一责任人，请写明继任者"),
        Problem(P, 3, "离职日期", "离职者还在运营“机电之声”，须在 5 个工作日内办理变更备案"),
        Problem(P, 3, "离职日期", "离职者还在运营“机电视频”，须在 5 个工作日内办理变更备案"),
    )


TEMPTING = st.sampled_from(
    [
        *("", "1", "2", "3", "100", "101", "102", "101;102", "QM-0001", "2026-01-01", "在职", "停更"),
        *("基层党委", "内设机构", "教职工", "学生", "系统管理员", "微博", "#N/A", "\x00", "İ", "ﬀ", "9" * 41),
    ]
)


CELLS = st.sampled_from([(kind, column.name) for kind in TableKind for column in COLUMNS[kind]])


@st.composite
def spoiled_schools(draw: st.DrawFn) -> list[Table]:
    """The small school with a few cells overwritten."""
    tables = school()
    for kind, column in draw(st.lists(CELLS, max_size=5)):
        value = draw(TEMPTING | st.text(max_size=6))
        tables = with_cell(tables, kind, draw(st.integers(2, 5)), column, value)
    return tables


@st.composite
def random_tables(draw: st.DrawFn) -> list[Table]:
    """Any headers over any cells."""
    tables = []
    for kind in draw(st.lists(st.sampled_from(TableKind), max_size=4)):
        known = [column.name for column in COLUMNS[kind]]
        headers = draw(st.just(known) | st.lists(st.sampled_from([*known, "别的"]), max_size=12))
        rows = draw(st.lists(st.lists(TEMPTING, min_size=12, max_size=12), max_size=4))
        lines = [Line(kind, i, dict(zip(headers, row, strict=False))) for i, row in enumerate(rows, 2)]
        tables.append(Table(kind, kind, tuple(headers), tuple(lines)))
    return tables


@given(random_tables() | spoiled_schools(), st.booleans())
def test_whatever_the_tables_hold_there_is_a_report_or_a_plan_that_holds_together(
    tables: list[Table], again: bool
) -> None:
    decided = planned(tables, after(planned(school())) if again else Existing())

    assert not decided.problems or not (decided.units or decided.people or decided.media)
    keys = [person.wecom.lower() for person in decided.people if person.wecom]
    assert len(keys) == len(set(keys))
    assert all(medium.no and medium.name and medium.operator for medium in decided.media)


@given(spoiled_schools())
def test_a_plan_carried_out_is_empty_the_second_time(tables: list[Table]) -> None:
    decided = planned(tables)
    if not decided.problems:
        again = planned(tables, after(decided))
        assert (again.problems, again.changes) == ((), ())
