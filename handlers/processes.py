"""The processes of Article 6, by the kind of their requests."""

from collections.abc import Mapping

from handlers import publish
from handlers.process import Process
from storage.records import Kind

PROCESSES: Mapping[Kind, Process] = {process.kind: process for process in (publish.PROCESS,)}
