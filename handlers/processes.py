"""The processes of the Measures, by the kind of their requests."""

from collections.abc import Mapping

from handlers import changing, filing, publish, topic
from handlers.process import Process

_ALL = (filing.PROCESS, changing.PROCESS, publish.PROCESS, topic.PROCESS)
PROCESSES: Mapping[str, Process] = {process.kind: process for process in _ALL}
