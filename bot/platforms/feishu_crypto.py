"""Feishu's signature and encryption of callbacks, both directions.

Source: open platform page encrypt-key-encryption-configuration-case.
"""

import base64
import binascii
import hashlib
import hmac

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from bot.platforms.base import Refused

BLOCK = 16


def signature(timestamp: str, nonce: str, encrypt_key: str, body: bytes) -> str:
    """The hex SHA-256 of timestamp, nonce, Encrypt Key and the raw body, joined without separators."""
    prefix = (timestamp + nonce + encrypt_key).encode(errors="surrogateescape")
    return hashlib.sha256(prefix + body).hexdigest()


def signed(given: str, timestamp: str, nonce: str, encrypt_key: str, body: bytes) -> bool:
    """Whether `given` is the signature of this body, compared in constant time."""
    expected = signature(timestamp, nonce, encrypt_key, body)
    return hmac.compare_digest(expected.encode(), given.encode(errors="surrogateescape"))


def decrypt(encrypted: str, encrypt_key: str) -> bytes:
    """The plain bytes of an `encrypt` value: base64 of a 16 byte IV and AES-256-CBC; raises `Refused`."""
    try:
        raw = base64.b64decode(encrypted, validate=True)
        cipher = Cipher(algorithms.AES256(_key(encrypt_key)), modes.CBC(raw[:BLOCK])).decryptor()
        padded = cipher.update(raw[BLOCK:]) + cipher.finalize()
        unpadder = PKCS7(BLOCK * 8).unpadder()
        return unpadder.update(padded) + unpadder.finalize()
    except (binascii.Error, ValueError) as error:
        raise Refused(400, "encryption") from error


def encrypt(plain: bytes, encrypt_key: str, iv: bytes) -> str:
    """What `decrypt` undoes; `iv` is 16 random bytes."""
    padder = PKCS7(BLOCK * 8).padder()
    padded = padder.update(plain) + padder.finalize()
    cipher = Cipher(algorithms.AES256(_key(encrypt_key)), modes.CBC(iv)).encryptor()
    return base64.b64encode(iv + cipher.update(padded) + cipher.finalize()).decode()


def _key(encrypt_key: str) -> bytes:
    return hashlib.sha256(encrypt_key.encode()).digest()
