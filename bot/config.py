"""Settings: the environment, then .env, read into one frozen Config; every fault named at once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from difflib import get_close_matches
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.platforms.settings import FeishuSettings, WecomSettings

PREFIX = "QUANMEI_"
ENV_FILE = ".env"
BEIJING = timedelta(hours=8)
NEAR = 0.8
"""How alike two names are, of 1, for one to be meant by the other."""


class ConfigError(Exception):
    """Settings that are missing or malformed: one short line each, never with a value."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Config:
    """Everything the environment settles.

    A platform that is off is None; `unknown` lists the QUANMEI_ names that mean nothing here.
    """

    database_url: str = field(repr=False)
    host: str
    port: int
    public_url: str
    secret_key: str = field(repr=False)
    key_file: str
    timezone: ZoneInfo
    log_format: Literal["console", "json"]
    feishu: FeishuSettings | None = None
    wecom: WecomSettings | None = None
    unknown: tuple[str, ...] = ()

    @classmethod
    def load(cls, *, need_secret: bool) -> Self:
        """Read the environment, then .env where there is one; raises ConfigError.

        `need_secret`: SECRET_KEY must be set, as `serve` asks; else it is empty where it is not.
        """
        try:
            unknown = _unknown()
            given = (_Serving if need_secret else _Environment)()
        except ValidationError as error:
            problems = _problems(error)
            named = {problem.partition(" ")[0] for problem in problems}
            more = [not_read(name) for name in unknown if name not in named]
            raise ConfigError([*problems, *more]) from None
        except (OSError, UnicodeDecodeError):
            raise ConfigError([f"{ENV_FILE} 须为可读的 UTF-8 文件"]) from None
        feishu, wecom = given.feishu, given.wecom
        return cls(
            **given.model_dump(exclude={"feishu", "wecom"}),
            feishu=FeishuSettings(**feishu.model_dump(exclude_unset=True)) if feishu else None,
            wecom=WecomSettings(**wecom.model_dump(exclude_unset=True)) if wecom else None,
            unknown=unknown,
        )


def switched_on_by() -> list[str]:
    """What switches a platform on, a line for each."""
    lines = []
    for group, model in PLATFORMS.items():
        names = [name for name in model.model_fields if name in _needed(model)]
        lines.append(f"{group}: {', '.join(f'{PREFIX}{group}_{name}'.upper() for name in names)}")
    return lines


def not_read(name: str) -> str:
    """What is said of a name that means nothing here."""
    near = get_close_matches(name, sorted(_known()), 1, NEAR)
    meant = f"；是不是 {near[0]}？" if near else "，可能拼写有误。"
    return f"不认识设置 {name}，程序不会读取它{meant}"


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("not a web address")
    return value.rstrip("/")


def _database(value: str) -> str:
    scheme, _, rest = value.partition("://")
    if scheme not in ("sqlite", "postgres", "postgresql") or not rest:
        raise ValueError("not a database we know")
    return f"{scheme.removesuffix('ql')}://{rest}" if scheme == "postgresql" else value


def _zone(value: object) -> ZoneInfo:
    """A zone whose clocks show Beijing time: deadlines, working days and cards keep to that alone."""
    try:
        zone = ZoneInfo(str(value))
    except (KeyError, ValueError, OSError) as error:
        raise ValueError("unknown") from error
    if any(datetime(2026, month, 1, tzinfo=zone).utcoffset() != BEIJING for month in (1, 7)):
        raise ValueError("another hour")
    return zone


Text = Annotated[str, Field(min_length=1, description="非空的文字")]
Web = Annotated[
    str,
    AfterValidator(_web_address),
    Field(description="http:// 或 https:// 开头的网址"),
]
Database = Annotated[
    str,
    AfterValidator(_database),
    Field(description="sqlite://… 或 postgres://…"),
]
Port = Annotated[int, Field(ge=1, le=65535, description="1 至 65535 的整数")]
Zone = Annotated[
    ZoneInfo, BeforeValidator(_zone), Field(description="与北京时间相同的时区，如 Asia/Shanghai")
]
AgentId = Annotated[int, Field(ge=0, description="应用的 AgentId（整数）")]
Token = Annotated[str, Field(min_length=1, max_length=32, description="不超过 32 位的文字")]
AesKey = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]{43}$", description="43 位字母或数字")]
LogFormat = Annotated[Literal["console", "json"], Field(description="console 或 json")]
Transport = Annotated[Literal["webhook", "websocket"], Field(description="webhook 或 websocket")]


class _Feishu(BaseModel):
    """What is not set keeps the default of FeishuSettings."""

    model_config = ConfigDict(str_strip_whitespace=True)

    app_id: Text
    app_secret: Text
    encrypt_key: Text
    verification_token: Text
    tenant_key: Text = ""
    base_url: Web = ""
    transport: Transport = "webhook"


class _Wecom(BaseModel):
    """What is not set keeps the default of WecomSettings."""

    model_config = ConfigDict(str_strip_whitespace=True)

    corp_id: Text
    agent_id: AgentId
    secret: Text
    token: Token
    encoding_aes_key: AesKey
    base_url: Web = ""


WHOLE_PLATFORM = "空：它的每一项另有名称，请分项设置"
PLATFORMS: Mapping[str, type[BaseModel]] = {"feishu": _Feishu, "wecom": _Wecom}


class _Environment(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        env_nested_delimiter="_",
        env_nested_max_split=1,
        enable_decoding=False,
        str_strip_whitespace=True,
        validate_default=False,
        extra="ignore",
    )

    database_url: Database = "sqlite://data/quanmei.db"
    host: Text = "127.0.0.1"
    port: Port = 8080
    public_url: Web = "http://127.0.0.1:8080"
    secret_key: Text = ""
    key_file: Text = ""
    timezone: Zone = ZoneInfo("Asia/Shanghai")
    log_format: LogFormat = "console"
    feishu: _Feishu | None = Field(default=None, description=WHOLE_PLATFORM)
    wecom: _Wecom | None = Field(default=None, description=WHOLE_PLATFORM)

    @field_validator("feishu", "wecom", mode="before")
    @classmethod
    def _off(cls, given: Any, info: ValidationInfo) -> Any:
        """A platform is off while none of the names it cannot do without is set."""
        needed = _needed(PLATFORMS[info.field_name or ""])
        return None if isinstance(given, dict) and not needed & given.keys() else given


class _Serving(_Environment):
    secret_key: Text = Field(default=...)


def _needed(model: type[BaseModel]) -> set[str]:
    return {name for name, info in model.model_fields.items() if info.is_required()}


def _problems(error: ValidationError) -> list[str]:
    """One line per fault, in the order of the settings; the faulty value is in none of them."""
    return [
        _problem(fault["loc"], fault["type"])
        for fault in error.errors(include_input=False, include_url=False)
    ]


def _problem(loc: tuple[int | str, ...], fault: str) -> str:
    path = [str(part) for part in loc]
    name = PREFIX + "_".join(path).upper()
    if fault != "missing":
        fields = PLATFORMS[path[0]].model_fields if len(path) > 1 else _Environment.model_fields
        return f"{name} 应为：{fields[path[-1]].description}"
    if path[0] in PLATFORMS:
        return f"{name} 没有设置：已设了 {PREFIX}{path[0].upper()}_ 的其他项，须设全"
    return f"{name} 没有设置，须填写"


def _known() -> set[str]:
    alone = _Environment.model_fields.keys() - PLATFORMS.keys()
    beside = {f"{group}_{name}" for group, model in PLATFORMS.items() for name in model.model_fields}
    return {PREFIX + name.upper() for name in alone | beside}


def _unknown() -> tuple[str, ...]:
    """QUANMEI_ names that are set and mean nothing: misspelt, most likely."""
    names = {name.upper() for name in (*os.environ, *dotenv_values(ENV_FILE))}
    return tuple(sorted(name for name in names - _known() if name.startswith(PREFIX)))
