"""The processes that are entered, by the kind of their requests.

Whoever decides, shows or reminds looks a process up here and knows none of them by name; `all.py` lists
them and is entered by the front desk.
"""

from collections.abc import Mapping

from handlers.processes.process import Process

_entered: dict[str, Process] = {}

PROCESSES: Mapping[str, Process] = _entered


def enter(*processes: Process) -> None:
    _entered.update({process.kind: process for process in processes})
