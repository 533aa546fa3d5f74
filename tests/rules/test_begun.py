"""Whatever a draft begins says what the draft becomes and how it is shown before."""

from dataclasses import fields

from handlers.kinds.process import Process
from handlers.processes.all import PROCESSES

WITHOUT = {field.name: field.default for field in fields(Process) if field.name in ("plan", "preview")}


def test_only_what_no_draft_begins_has_neither_plan_nor_preview() -> None:
    lacking = {
        kind
        for kind, process in PROCESSES.items()
        if process.plan is WITHOUT["plan"] or process.preview is WITHOUT["preview"]
    }

    assert lacking == {"MD", "QL", "DC"}
    assert not any(PROCESSES[kind].starts for kind in lacking)
