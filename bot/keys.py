"""The key that signs checkpoints: in a file of its own, or derived from the secret key; in no database."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot import reasons
from bot.config import Config, ConfigError
from storage.engine_sqlite import OWNER_ONLY
from storage.notes import BadKey, Signer, Verifier

_PURPOSE = b"quanmei checkpoints v1"


def signer(config: Config, *, make: bool = False) -> Signer | None:
    """The key in `QUANMEI_KEY_FILE`, which is made where it is not there yet (`make`), else the one that
    follows from `QUANMEI_SECRET_KEY`; None where neither is set. Raises ConfigError."""
    if config.key_file:
        return _from_file(Path(config.key_file), config, make=make)
    if config.secret_key:
        derived = HKDF(SHA256(), 32, salt=None, info=_PURPOSE).derive(config.secret_key.encode())
        return Signer(_name(config), derived)
    return None


def verifiers(config: Config) -> list[Verifier]:
    """The public key in use, and those that its file names below it: of before, one a line."""
    try:
        found = signer(config)
        lines = Path(config.key_file).read_text(encoding="utf-8").split()[1:] if config.key_file else []
        return [*([found.verifier] if found else []), *map(Verifier.read, lines)]
    except (ConfigError, OSError, BadKey):  # what was told can be checked without the key
        return []


def trouble(config: Config) -> str:
    """Why the key cannot be had; empty where it can, or none is set."""
    try:
        signer(config)
    except ConfigError as why:
        return "；".join(why.problems)
    return ""


def _name(config: Config) -> str:
    """The log's name, as its checkpoints say it: the address without its scheme."""
    parts = urlsplit(config.public_url)
    return f"{parts.netloc}{parts.path}/quanmei".replace("+", "-")


def _from_file(path: Path, config: Config, *, make: bool) -> Signer:
    try:
        if make and not path.exists():
            return _made(path, config)
        return Signer.read(path.read_text(encoding="utf-8").partition("\n")[0].strip())
    except BadKey:
        raise ConfigError(["QUANMEI_KEY_FILE 的第一行不是签名密钥（PRIVATE+KEY+…）"]) from None
    except FileNotFoundError:
        raise ConfigError(
            [f"没有签名密钥文件 {path}：serve 第一次启动时会生成；若曾有过，请从保管处取回"]
        ) from None
    except (OSError, UnicodeDecodeError) as why:
        reason = reasons.said(why) if isinstance(why, OSError) else "不是文本"
        raise ConfigError([f"QUANMEI_KEY_FILE 无法读取：{reason}"]) from None


def _made(path: Path, config: Config) -> Signer:
    """A new key, in a file that nobody else may read; who comes second at that moment reads the first's."""
    new = Signer(_name(config), secrets.token_bytes(32))
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    there = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(there, "w", encoding="utf-8") as out:
        out.write(f"{new.written()}\n")
        out.flush()
        os.fsync(there)
    try:
        path.hardlink_to(part)
    except FileExistsError:
        return _from_file(path, config, make=False)
    finally:
        part.unlink()
    return new
