"""WeCom's callback cryptography (WeCom page 90968): wechatpy's, behind the checks it leaves out; no I/O.

Importing wechatpy takes a quarter of a second and 7 MB, so only what serves WeCom may import this module.
"""

import base64
import hashlib
import hmac

from wechatpy.crypto.cryptography import WeChatCipher
from wechatpy.enterprise.crypto import PrpCrypto
from wechatpy.exceptions import WeChatException

from bot.platforms.base import Refused

_PAD = 32
_RANDOM = 16
_LENGTH = 4
_FORBIDDEN = 403


def refused(why: str) -> Refused:
    """One status for every reason, so that an answer never says which check failed."""
    return Refused(_FORBIDDEN, why)


class Crypto:
    """The keys of one callback address; `receive_id` is the corp id.

    Raises ValueError where `encoding_aes_key` is not the 43 characters the console gives.
    """

    def __init__(self, token: str, encoding_aes_key: str, receive_id: str) -> None:
        self._key = base64.b64decode(encoding_aes_key + "=")
        if len(self._key) != 32:
            raise ValueError("EncodingAESKey must have 43 characters")
        self._token = token
        self._receive_id = receive_id
        self._opener = PrpCrypto(self._key)
        self._opener.cipher = _CheckedCipher(self._key)

    def signature(self, timestamp: str, nonce: str, encrypted: str) -> str:
        """The sha1 over the sorted values, 40 lower-case hex digits."""
        values = sorted(_bytes(value) for value in (self._token, timestamp, nonce, encrypted))
        return hashlib.sha1(b"".join(values), usedforsecurity=False).hexdigest()

    def verify(self, signature: str, timestamp: str, nonce: str, encrypted: str) -> None:
        """Raises `Refused` unless the signature fits, in constant time (wechatpy's `!=` is not)."""
        expected = self.signature(timestamp, nonce, encrypted)
        if not hmac.compare_digest(_bytes(expected), _bytes(signature)):
            raise refused("signature")

    def encrypt(self, plain: str, random16: bytes) -> str:
        """Base64 of the padded, encrypted message; `random16` are its first 16 bytes."""
        sealed: bytes = _Sealer(self._key, random16).encrypt(plain, self._receive_id)
        return sealed.decode()

    def decrypt(self, encrypted: str) -> str:
        """The message inside; raises `Refused` for whatever `encrypt` could not have made."""
        _check_blocks(encrypted)
        try:
            plain: str = self._opener.decrypt(encrypted, self._receive_id)
        except WeChatException:
            raise refused("receiveid: wrong EncodingAESKey or corp id") from None
        except UnicodeDecodeError:
            raise refused("not UTF-8") from None
        return plain


class _Sealer(PrpCrypto):  # type: ignore[misc]  # wechatpy has no types
    """One encryption with a given beginning, where wechatpy draws its own."""

    def __init__(self, key: bytes, random16: bytes) -> None:
        super().__init__(key)
        self._random16 = random16

    def get_random_string(self) -> bytes:
        return self._random16


class _CheckedCipher(WeChatCipher):  # type: ignore[misc]  # wechatpy has no types
    """What it deciphers is checked before wechatpy, which trusts padding and length, cuts it up."""

    def decrypt(self, ciphertext: bytes) -> bytes:
        plain: bytes = super().decrypt(ciphertext)
        _check_layout(plain)
        return plain


def _bytes(value: str) -> bytes:
    """A query string may decode to lone surrogates, which plain UTF-8 cannot say."""
    return value.encode("utf-8", "surrogatepass")


def _check_blocks(encrypted: str) -> None:
    try:
        cipher_text = base64.b64decode(encrypted, validate=True)
    except ValueError:
        raise refused("not Base64") from None
    if not cipher_text or len(cipher_text) % 16:
        raise refused("block length")


def _check_layout(plain: bytes) -> None:
    """Random bytes, length, message, receiveid, padding; which goes to 32 bytes, not to the cipher's 16."""
    pad = plain[-1]
    if not 1 <= pad <= _PAD or plain[-pad:] != bytes([pad]) * pad:
        raise refused("padding")
    start = _RANDOM + _LENGTH
    if int.from_bytes(plain[_RANDOM:start], "big") > len(plain) - pad - start:
        raise refused("length")
