"""The processes of the Measures, by the kind of their requests."""

from collections.abc import Mapping

from handlers.processes import change, filing, publish, topic
from handlers.processes.process import Process

_ALL = (filing.PROCESS, change.PROCESS, publish.PROCESS, topic.PROCESS)
PROCESSES: Mapping[str, Process] = {process.kind: process for process in _ALL}
