"""The processes of Article 6, by the kind of their requests."""

from collections.abc import Mapping

from handlers import changing, filing, publish
from handlers.process import Process
from storage.records import Kind

_ALL = (publish.PROCESS, filing.PROCESS, changing.PROCESS)
PROCESSES: Mapping[Kind, Process] = {process.kind: process for process in _ALL}
