"""Settings: defaults, both platforms, and every fault named at once."""

import os
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.config import Config, ConfigError
from bot.platforms.settings import FeishuSettings, WecomSettings

FEISHU = {
    "FEISHU_APP_ID": "cli_a1",
    "FEISHU_APP_SECRET": "app-secret-1",
    "FEISHU_ENCRYPT_KEY": "encrypt-key-1",
    "FEISHU_VERIFICATION_TOKEN": "verification-1",
}
WECOM = {
    "WECOM_CORP_ID": "ww1",
    "WECOM_AGENT_ID": "1000002",
    "WECOM_SECRET": "wecom-secret-1",
    "WECOM_TOKEN": "wecom-token-1",
    "WECOM_ENCODING_AES_KEY": "k" * 43,
}
NEEDS = {
    "PORT": "1 至 65535 的整数",
    "PUBLIC_URL": "http:// 或 https:// 开头的网址",
    "DATABASE_URL": "sqlite://… 或 postgres://…",
    "TIMEZONE": "与北京时间相同的时区，如 Asia/Shanghai",
    "SECRET_KEY": "非空的文字",
    "FEISHU": "空：它的每一项另有名称，请分项设置",
    "FEISHU_TRANSPORT": "webhook 或 websocket",
    "FEISHU_BASE_URL": "http:// 或 https:// 开头的网址",
    "WECOM_AGENT_ID": "应用的 AgentId（整数）",
    "WECOM_ENCODING_AES_KEY": "43 位字母或数字",
}
DEFAULTS = Config(
    database_url="sqlite://data/quanmei.db",
    host="127.0.0.1",
    port=8080,
    public_url="http://127.0.0.1:8080",
    secret_key="",
    key_file="",
    timezone=ZoneInfo("Asia/Shanghai"),
    log_format="console",
)


@pytest.fixture(autouse=True)
def _empty_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.upper().startswith("QUANMEI_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    return monkeypatch


def put(given: pytest.MonkeyPatch, **settings: str) -> None:
    for name, value in settings.items():
        given.setenv(f"QUANMEI_{name}", value)


def problems(*, need_secret: bool = False) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        Config.load(need_secret=need_secret)
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems


def missing(group: str, name: str) -> str:
    return f"QUANMEI_{group}_{name} 没有设置：已设了 QUANMEI_{group}_ 的其他项，须设全"


def test_nothing_set_gives_the_defaults() -> None:
    assert Config.load(need_secret=False) == DEFAULTS


def test_an_empty_variable_is_as_good_as_none(given: pytest.MonkeyPatch) -> None:
    put(given, PORT="", FEISHU_APP_ID="", WECOM_TOKEN="")

    assert Config.load(need_secret=False) == DEFAULTS


def test_everything_set_is_read(given: pytest.MonkeyPatch) -> None:
    put(
        given,
        DATABASE_URL="postgresql://u:p@db/quanmei",
        HOST="0.0.0.0",
        PORT="9000",
        PUBLIC_URL="https://bot.example.edu.cn/",
        SECRET_KEY="a-secret",
        TIMEZONE="Asia/Chongqing",
        LOG_FORMAT="json",
        FEISHU_TENANT_KEY="t1",
        FEISHU_BASE_URL="http://127.0.0.1:9/feishu",
        FEISHU_TRANSPORT="websocket",
        WECOM_BASE_URL="http://127.0.0.1:9/wecom/",
        **FEISHU,
        **WECOM,
    )

    assert Config.load(need_secret=True) == Config(
        database_url="postgres://u:p@db/quanmei",
        host="0.0.0.0",
        port=9000,
        public_url="https://bot.example.edu.cn",
        secret_key="a-secret",
        key_file="",
        timezone=ZoneInfo("Asia/Chongqing"),
        log_format="json",
        feishu=FeishuSettings(
            "cli_a1",
            "app-secret-1",
            "encrypt-key-1",
            "verification-1",
            tenant_key="t1",
            base_url="http://127.0.0.1:9/feishu",
            transport="websocket",
        ),
        wecom=WecomSettings(
            "ww1",
            1000002,
            "wecom-secret-1",
            "wecom-token-1",
            "k" * 43,
            base_url="http://127.0.0.1:9/wecom",
        ),
    )


def test_a_platform_keeps_the_defaults_that_are_not_set(given: pytest.MonkeyPatch) -> None:
    put(given, **FEISHU)

    config = Config.load(need_secret=False)

    assert config.feishu == FeishuSettings(*FEISHU.values())
    assert config.wecom is None


def test_an_address_alone_does_not_switch_a_platform_on(given: pytest.MonkeyPatch) -> None:
    put(given, FEISHU_BASE_URL="https://open.feishu.cn", FEISHU_TRANSPORT="webhook")

    assert Config.load(need_secret=False) == DEFAULTS


def test_dotenv_is_read_and_the_environment_is_stronger(tmp_path: Path, given: pytest.MonkeyPatch) -> None:
    lines = ["QUANMEI_HOST=10.0.0.1", "QUANMEI_PORT=9000", "QUANMEI_PROT=1", "OTHER=1"]
    (tmp_path / ".env").write_text("\n".join(lines), encoding="utf-8")
    put(given, PORT="9001")

    config = Config.load(need_secret=False)

    assert (config.host, config.port, config.unknown) == ("10.0.0.1", 9001, ("QUANMEI_PROT",))


def test_an_unknown_name_is_told_and_does_not_stop_the_start(given: pytest.MonkeyPatch) -> None:
    put(given, DATABASE="x", FEISHU_APPID="y")

    assert Config.load(need_secret=False).unknown == ("QUANMEI_DATABASE", "QUANMEI_FEISHU_APPID")


def test_only_serve_asks_for_the_secret_key() -> None:
    assert problems(need_secret=True) == ["QUANMEI_SECRET_KEY 没有设置，须填写"]


def test_all_faults_are_named_at_once(given: pytest.MonkeyPatch) -> None:
    put(
        given,
        PORT="eighty",
        FEISHU_APP_ID="cli_a1",
        WECOM_SECRET="s",
        WECOM_TOKEN="t" * 33,
        WECOM_AGENT_ID="one",
        LOG_FORMAT="xml",
    )

    assert problems(need_secret=True) == [
        "QUANMEI_PORT 应为：1 至 65535 的整数",
        "QUANMEI_SECRET_KEY 没有设置，须填写",
        "QUANMEI_LOG_FORMAT 应为：console 或 json",
        missing("FEISHU", "APP_SECRET"),
        missing("FEISHU", "ENCRYPT_KEY"),
        missing("FEISHU", "VERIFICATION_TOKEN"),
        missing("WECOM", "CORP_ID"),
        "QUANMEI_WECOM_AGENT_ID 应为：应用的 AgentId（整数）",
        "QUANMEI_WECOM_TOKEN 应为：不超过 32 位的文字",
        missing("WECOM", "ENCODING_AES_KEY"),
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PUBLIC_URL", "ftp://example.edu.cn"),
        ("PUBLIC_URL", "http://"),
        ("PUBLIC_URL", "http://[::1"),
        ("DATABASE_URL", "mysql://u:p@db/quanmei"),
        ("DATABASE_URL", "data/quanmei.db"),
        ("DATABASE_URL", "sqlite://"),
        ("TIMEZONE", "Asia/Atlantis"),
        ("TIMEZONE", "../etc/passwd"),
        ("TIMEZONE", "Asia"),
        ("TIMEZONE", "Asia/Tokyo"),
        ("SECRET_KEY", "   "),
        ("FEISHU", '{"app_id": "cli_a1"}'),
        ("FEISHU_TRANSPORT", "pigeon"),
        ("FEISHU_BASE_URL", "open.feishu.cn"),
        ("WECOM_AGENT_ID", "-1"),
        ("WECOM_ENCODING_AES_KEY", "k" * 42),
        ("WECOM_ENCODING_AES_KEY", "k" * 44),
        ("WECOM_ENCODING_AES_KEY", "k" * 42 + "="),
    ],
)
def test_a_malformed_setting_is_named_without_its_value(
    given: pytest.MonkeyPatch, name: str, value: str
) -> None:
    put(given, **{**FEISHU, **WECOM, name: value})

    assert problems() == [f"QUANMEI_{name} 应为：{NEEDS[name]}"]


def test_a_dotenv_in_another_encoding_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("QUANMEI_HOST=主机".encode("gbk"))

    assert problems() == [".env 须为可读的 UTF-8 文件"]


def test_no_secret_shows_in_the_config(given: pytest.MonkeyPatch) -> None:
    put(given, SECRET_KEY="a-secret", DATABASE_URL="postgres://u:pass@db/q", **FEISHU, **WECOM)

    shown = repr(Config.load(need_secret=True))

    hidden = ["a-secret", "pass", *list(FEISHU.values())[1:], *list(WECOM.values())[2:]]
    assert [value for value in hidden if value in shown] == []
