"""Structured logs: one line an event with its id, and no secret or message body in any of them."""

import logging
import re
import sys
from contextlib import AbstractContextManager
from typing import Any, Literal, TextIO

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN = "***"
PEOPLE_WROTE = {"text", "body", "content", "form", "fields", "reason", "title"}
SECRETS = {"token", "secret", "code", "key", "password", "ticket", "headers", "mobile", "email"}
HIDDEN_WORDS = PEOPLE_WROTE | SECRETS
KEPT = {"event", "event_id"}
LEAKS = tuple(
    (re.compile(pattern), shown)
    for pattern, shown in (
        (r"(?i)\b(\w*(?:token|secret|key|password|ticket))=[^&\s'\"]+", rf"\1={HIDDEN}"),
        (r"(?i)(\"\w*(?:token|secret|key|password|ticket)\"\s*:\s*)\"[^\"]*\"", rf'\1"{HIDDEN}"'),
        (r"(?<=://)[^/@\s]+@", f"{HIDDEN}@"),
        (r"(?m)^DETAIL:.*$", f"DETAIL: {HIDDEN}"),  # PostgreSQL quotes the row that failed
    )
)
QUIET = {
    "aiohttp.access": logging.ERROR,
    "aiosqlite": logging.WARNING,
    "apscheduler": logging.WARNING,
    "asyncio": logging.WARNING,
    "tortoise": logging.WARNING,
    "urllib3": logging.WARNING,
    "websockets": logging.WARNING,
}


def set_up(
    log_format: Literal["console", "json"], stream: TextIO | None = None, level: int = logging.INFO
) -> None:
    """Send every log line of `level`, ours and the libraries', through one chain to `stream` (stderr)."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        hide,
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[ProcessorFormatter.remove_processors_meta, _renderer(log_format, stream)],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(least)


def adopt(name: str) -> None:
    """Take a library's own handlers away, so that its lines pass through our chain.

    To be called after the import that adds them: lark_oapi writes "Lark" to standard output.
    """
    logger = logging.getLogger(name)
    logger.handlers.clear()
    logger.propagate = True


def bind_event(key: str) -> AbstractContextManager[None]:
    """While this is open, every line carries `key` as event_id, in tasks started within as well."""
    return structlog.contextvars.bound_contextvars(event_id=key)


def hide(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Hide what must not be logged, should it ever get this far."""
    return {name: _shown(name, value) for name, value in line.items()}


def _shown(name: str, value: Any) -> Any:
    if name not in KEPT and HIDDEN_WORDS & set(name.lower().split("_")):
        return value if isinstance(value, int | float | None) else HIDDEN
    if isinstance(value, dict):
        return {key: _shown(str(key), item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_shown("", item) for item in value]
    return _scrubbed(value) if isinstance(value, str) else value


def _scrubbed(text: str) -> str:
    for pattern, shown in LEAKS:
        text = pattern.sub(shown, text)
    return text


def _renderer(log_format: str, stream: TextIO) -> Processor:
    if log_format == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    # structlog's default shows the local variables of every frame, which hold secrets and bodies.
    return structlog.dev.ConsoleRenderer(
        colors=stream.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
