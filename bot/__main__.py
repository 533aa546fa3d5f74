"""The command line: `quanmei`, or `python -m bot`; what takes long to load is loaded when it is used."""

import gc
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

HELP = "全媒：在企业微信和飞书里办理全媒体备案、变更和信息发布审批。"

app = typer.Typer(help=HELP, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
calendar_app = typer.Typer(help="放假和调休安排。", no_args_is_help=True)
audit_app = typer.Typer(help="留痕记录。", no_args_is_help=True)
directory_app = typer.Typer(help="平台的通讯录。", no_args_is_help=True)
unit_app = typer.Typer(help="单位更名、合并、拆分。", no_args_is_help=True)
letters_app = typer.Typer(help="没有送达的消息。", no_args_is_help=True)
words_app = typer.Typer(help="学校自己的词表。", no_args_is_help=True)
app.add_typer(calendar_app, name="calendar")
app.add_typer(audit_app, name="audit")
app.add_typer(directory_app, name="directory")
app.add_typer(unit_app, name="unit")
app.add_typer(letters_app, name="letters")
app.add_typer(words_app, name="words")


def _to_read(given: Path | list[Path] | None) -> Path | list[Path] | None:
    """What is given is looked at before anything is done: typer's own words are English."""
    from bot import console

    for path in given if isinstance(given, list) else [given] if given else []:
        console.readable(path)
    return given


def _tables(given: Path) -> Path:
    from bot import console

    console.readable(given, folder=True)
    return given


def _to_write(given: Path | None) -> Path | None:
    from bot import console

    if given and given.is_dir():
        console.fail(f"{given} 是一个目录，请写明文件名。", code=console.WRONG_USE)
    return given


DryRun = Annotated[bool, typer.Option("--dry-run", help="只说明会改什么，不写入。")]
Given = Annotated[Path, typer.Argument(callback=_tables, show_default=False)]
GivenFile = Annotated[Path, typer.Argument(callback=_to_read, show_default=False)]
Target = Annotated[Path, typer.Argument(callback=_to_write, show_default=False)]
Against = Annotated[
    list[Path] | None,
    typer.Option("--against", callback=_to_read, help="留存的检查点，可以给几个。", show_default=False),
]
Code = Annotated[str, typer.Argument(metavar="单位代码", show_default=False)]
On = Annotated[
    datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], help="生效日期，缺省为今天。", show_default=False),
]
Year = Annotated[int, typer.Argument(min=1900, max=2200, show_default=False)]


@app.command()
def demo(
    once: Annotated[bool, typer.Option("--once", help="演完就退出；有一步没成则退出码非 0。")] = False,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="沙盒页面的端口。")] = None,
) -> None:
    """在本机演示：两个平台的沙盒和机器人，用一次性的数据库。"""
    from bot import demo

    raise typer.Exit(demo.run(once=once, port=port))


@app.command()
def serve() -> None:
    """运行机器人。

    SQLite 上先执行待执行的迁移；PostgreSQL 上有待执行的迁移则不启动。
    """
    gc.disable()  # all that is loaded stays: to look through it for garbage took a tenth of the start
    from bot import app, console, logs
    from bot.config import switched_on_by

    config = console.configured(need_secret=True)
    logs.set_up(config.log_format)
    if not (config.feishu or config.wecom):
        console.fail("没有接入任何平台，请至少设全一家：", *switched_on_by(), code=console.WRONG_USE)
    with console.guarded():
        app.serve(config)


@app.command()
def migrate() -> None:
    """执行数据库迁移。"""
    from bot import console
    from storage import opening

    config = console.configured()

    async def work() -> list[str]:
        async with opening.opened(config.database_url):
            return await opening.migrate()

    names = console.run(work())
    console.say(f"已执行：{'、'.join(names)}" if names else "数据库结构已是最新。")


@app.command("import")
def import_(
    path: Given,
    dry_run: DryRun = False,
    undo: Annotated[
        bool, typer.Option("--undo-recorded", help="旧表与已记录的变更不一致时，按表改回。")
    ] = False,
) -> None:
    """导入单位、人员和台账。

    PATH 是一个 .xlsx，或放着 .csv 的目录；表名为 units、people、media 或 单位、人员、台账。
    全部导入，或一行也不导入；有问题的行会逐行列出。会撤销已记录的变更的，写明编号，不导入。
    """
    from bot import importing

    importing.command(path, dry_run=dry_run, undo=undo)


@app.command()
def export(file: Target) -> None:
    """导出单位、人员和台账（.xlsx）。

    表和列与导入的相同；把导出的文件原样导入，什么也不会改变。
    """
    from bot import export

    export.command(file)


@app.command()
def backup(file: Target) -> None:
    """备份数据库（SQLite），运行中也可以；写好后核对。"""
    from bot import copying

    copying.backup(file)


@app.command()
def restore(file: GivenFile, against: Against = None) -> None:
    """从备份恢复（SQLite），须先停止 serve。

    先核对备份；来自更新版本的不恢复。原来的数据库移到一边；公布过的检查点说明缺了什么，会写明。
    """
    from bot import copying

    copying.restore(file, against or ())


@app.command()
def prune(dry_run: DryRun = False) -> None:
    """清除过了保留期的草稿内容、附件、消息和事件的键；申请、决定、台账和留痕都保留。"""
    from bot import pruning

    pruning.prune(dry_run=dry_run)


@app.command()
def doctor(
    menu: Annotated[bool, typer.Option("--menu", help="并在企业微信里建立应用菜单。")] = False,
) -> None:
    """逐项检查，并说明怎么办。

    检查设置、平台凭证、回调地址、数据库、人员和单位、企业微信可见范围、放假安排。
    """
    from bot import doctor

    doctor.command(menu=menu)


@calendar_app.command("show")
def calendar_show(year: Year) -> None:
    """显示一年十二个月，标出放假和调休上班。"""
    from bot import calendars

    calendars.show(year)


@calendar_app.command("import")
def calendar_import(
    file: GivenFile,
    dry_run: DryRun = False,
    campus: Annotated[
        bool, typer.Option("--campus", help="学校自己的安排（校庆等），优先于官方安排。")
    ] = False,
) -> None:
    """导入一年的官方放假安排，或学校自己的安排。

    FILE 是国务院办公厅通知的原文，或它的 JSON 写法：
    {"year": 2027, "holidays": {"2027-01-01": "元旦"}, "workdays": {"2027-01-03": "元旦"}}。
    随后列出因此变动的办理期限。
    """
    from bot import calendars

    calendars.bring_in(file, dry_run=dry_run, campus=campus)


Out = Annotated[Path | None, typer.Option("--out", callback=_to_write, help="写入文件。", show_default=False)]


@audit_app.command("verify")
def audit_verify(against: Against = None) -> None:
    """核对全部留痕，并与申请比对。

    每一条的哈希、先后和在总序中的位次，申请的状态、环节、各版本内容、审批意见和编号；有一处不一致，
    就指出第一处，退出码为 1。能写数据库的人可以把留痕连同哈希一起改掉；这样的改动，用收到过的检查点
    （--against）才查得出来。
    """
    from bot import audits

    audits.verify(against or ())


@audit_app.command("checkpoint")
def audit_checkpoint(out: Out = None) -> None:
    """给出全部留痕此刻的检查点：条数、总哈希和签名。"""
    from bot import audits

    audits.checkpoint(out)


@audit_app.command("proof")
def audit_proof(
    number: Annotated[str, typer.Argument(metavar="编号", show_default=False)],
    out: Annotated[Path, typer.Option("--out", callback=_to_write, help="写入文件。", show_default=False)],
    at: Annotated[
        Path | None,
        typer.Option("--at", callback=_to_read, help="对这个留存的检查点。", show_default=False),
    ] = None,
) -> None:
    """给出一件事项各条留痕的证明，没有数据库的人也能核对。

    对最近一次公布的检查点；核对用 verify.py 一个文件：python verify.py FILE 检查点。
    """
    from bot import proving

    proving.prove(number, out, at)


@audit_app.command("export")
def audit_export(file: Target) -> None:
    """导出全部留痕（JSON Lines）。

    每行一条，带它在总序中的位次（idx）、它的哈希和同一事项上一条的哈希。去掉 hash、salt、idx、time
    四项，按键名排序、不留空格地写成 UTF-8 的 JSON，前面接上 salt 的 16 个字节，其 SHA-256 就是 hash。
    """
    from bot import audits

    audits.export(file)


@directory_app.command("sync")
def directory_sync(dry_run: DryRun = False) -> None:
    """现在读取平台通讯录，更新人员表里已有的人。

    更新账号、单位、职务和离职；人员表里没有的人不会添加，对不上的部门只列出。
    """
    from bot import syncing

    syncing.command(dry_run=dry_run)


@unit_app.command("rename")
def unit_rename(
    code: Code, name: Annotated[str, typer.Argument(metavar="新名称", show_default=False)], on: On = None
) -> None:
    """单位更名。"""
    from bot import units

    units.rename(code, name, on)


@unit_app.command("merge")
def unit_merge(
    code: Code,
    into: Annotated[str, typer.Argument(metavar="并入的单位代码", show_default=False)],
    on: On = None,
) -> None:
    """一个单位并入另一个：人员、媒体和未办结的申请随之转入。"""
    from bot import units

    units.merge(code, into, on)


@unit_app.command("split")
def unit_split(
    code: Code,
    parts: Annotated[list[str], typer.Argument(metavar="拆分后的单位代码...", show_default=False)],
    on: On = None,
) -> None:
    """登记一个单位拆分成几个（须先导入）；人员和媒体的去向由导入说明。"""
    from bot import units

    units.split(code, parts, on)


@letters_app.command("dead")
def letters_dead() -> None:
    """列出没有送达的消息。"""
    from bot import undelivered

    undelivered.show()


@letters_app.command("resend")
def letters_resend(
    letter: Annotated[str, typer.Argument(metavar="[ID]", show_default=False)] = "",
    everything: Annotated[bool, typer.Option("--all", help="全部重发。")] = False,
) -> None:
    """重发一条（ID）或全部（--all）没有送达的消息。"""
    from bot import undelivered

    if bool(letter) == everything:
        raise typer.BadParameter("请写一个 ID，或只写 --all。")
    undelivered.resend(letter)


@words_app.command("import")
def words_import(file: GivenFile, dry_run: DryRun = False) -> None:
    """导入学校自己的词表，代替原来的。

    FILE 是 .csv 或 .xlsx，列为 词、建议、说明（后两列可以没有）。发布的预览据此提示，不拦截。
    """
    from bot import words

    words.bring_in(file, dry_run=dry_run)


def main() -> None:
    """The console script."""
    app()


if __name__ == "__main__":
    main()
