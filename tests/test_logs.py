"""Logs: one chain for every library, one id an event, nothing secret."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bot import logs


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield io.StringIO()
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    """What was logged, without the time."""
    return [
        {name: value for name, value in json.loads(line).items() if name != "timestamp"}
        for line in stream.getvalue().splitlines()
    ]


async def test_every_line_of_an_event_carries_its_id_in_its_tasks_too(stream: io.StringIO) -> None:
    logs.set_up("json", stream)
    log = structlog.get_logger()

    async def work() -> None:
        log.info("task")

    with logs.bind_event("om_1"):
        log.info("claimed", platform="feishu")
        await asyncio.create_task(work())
    log.info("idle")

    assert lines(stream) == [
        {"event": "claimed", "level": "info", "event_id": "om_1", "platform": "feishu"},
        {"event": "task", "level": "info", "event_id": "om_1"},
        {"event": "idle", "level": "info"},
    ]


def test_secrets_and_what_people_wrote_are_hidden_and_error_codes_are_not(stream: io.StringIO) -> None:
    logs.set_up("json", stream)

    structlog.get_logger().warning(
        "refused",
        text="正文",
        access_token="t",
        response_code="c",
        error_code=99991663,
        args={"body": "正文", "number": "FB-2026-0001", "files": [{"content": b"1"}]},
        note="see https://qyapi/send?access_token=t&debug=0",
    )

    assert lines(stream) == [
        {
            "event": "refused",
            "level": "warning",
            "text": "***",
            "access_token": "***",
            "response_code": "***",
            "error_code": 99991663,
            "args": {"body": "***", "number": "FB-2026-0001", "files": [{"content": "***"}]},
            "note": "see https://qyapi/send?access_token=***&debug=0",
        }
    ]


@pytest.mark.parametrize("log_format", ["console", "json"])
def test_a_traceback_shows_no_local_variable_and_no_secret_of_its_message(
    stream: io.StringIO, log_format: Any
) -> None:
    logs.set_up(log_format, stream)

    def fail(held: str) -> None:
        raise ValueError(
            f"{len(held)} postgres://bot:pw@db/quanmei corpsecret=s1 "
            '{"tenant_access_token": "s2"}\nDETAIL:  Failing row contains (正文).'
        )

    try:
        fail(chr(0x4E66) * 42)
    except ValueError:
        structlog.get_logger().exception("failed")

    shown = stream.getvalue()
    assert "42 postgres://***@db/quanmei corpsecret=***" in shown
    assert [leak for leak in (chr(0x4E66), "pw@", "s1", "s2", "正文") if leak in shown] == []


def test_libraries_write_through_the_same_chain_and_quietly(stream: io.StringIO) -> None:
    logs.set_up("json", stream)

    logging.getLogger("aiohttp.access").warning("GET /healthz")
    logging.getLogger("apscheduler.scheduler").info("Added job")
    logging.getLogger("aiohttp.server").error("lost %s", "secret=s")

    assert lines(stream) == [{"event": "lost secret=***", "level": "error"}]


def test_a_library_that_prints_for_itself_is_adopted(
    stream: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up("json", stream)
    library = logging.getLogger("test_adopted")
    library.addHandler(logging.StreamHandler())

    logs.adopt("test_adopted")
    library.warning("reconnect")

    assert lines(stream) == [{"event": "reconnect", "level": "warning"}]
    assert capsys.readouterr() == ("", "")


def test_the_console_is_plain_where_it_is_not_a_terminal(stream: io.StringIO) -> None:
    logs.set_up("console", stream)

    structlog.get_logger().info("started", port=8080)

    assert "\x1b" not in stream.getvalue()
    assert stream.getvalue().split(maxsplit=1)[1].split() == ["[info", "]", "started", "port=8080"]
