"""What each platform's administrator console gives, as frozen values."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FeishuSettings:
    app_id: str
    app_secret: str = field(repr=False)
    encrypt_key: str = field(repr=False)
    verification_token: str = field(repr=False)
    tenant_key: str = ""
    base_url: str = "https://open.feishu.cn"
    transport: str = "webhook"


@dataclass(frozen=True, slots=True)
class WecomSettings:
    corp_id: str
    agent_id: int
    secret: str = field(repr=False)
    token: str = field(repr=False)
    encoding_aes_key: str = field(repr=False)
    base_url: str = "https://qyapi.weixin.qq.com"
