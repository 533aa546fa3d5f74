"""WeCom's callback cryptography (WeCom page 90968): sign, encrypt, decrypt; no I/O.

Written on `cryptography` alone: wechatpy's own takes a third of a second to import, parses before it
checks the signature and ignores the padding. The tests hold this module against it.
"""

import base64
import hashlib
import hmac

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

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
        key = base64.b64decode(encoding_aes_key + "=")
        if len(key) != 32:
            raise ValueError("EncodingAESKey must have 43 characters")
        self._token = token
        self._receive_id = receive_id.encode()
        self._cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16]))

    def signature(self, timestamp: str, nonce: str, encrypted: str) -> str:
        """The sha1 over the sorted values, 40 lower-case hex digits."""
        values = sorted(_bytes(value) for value in (self._token, timestamp, nonce, encrypted))
        return hashlib.sha1(b"".join(values), usedforsecurity=False).hexdigest()

    def verify(self, signature: str, timestamp: str, nonce: str, encrypted: str) -> None:
        """Raises `Refused` unless the signature fits, in constant time."""
        expected = self.signature(timestamp, nonce, encrypted)
        if not hmac.compare_digest(_bytes(expected), _bytes(signature)):
            raise refused("signature")

    def encrypt(self, plain: str, random16: bytes) -> str:
        """Base64 of the padded, encrypted message; `random16` are its first 16 bytes."""
        message = plain.encode()
        content = random16 + len(message).to_bytes(_LENGTH, "big") + message + self._receive_id
        pad = _PAD - len(content) % _PAD
        encryptor = self._cipher.encryptor()
        return base64.b64encode(
            encryptor.update(content + bytes([pad]) * pad) + encryptor.finalize()
        ).decode()

    def decrypt(self, encrypted: str) -> str:
        """The message inside; raises `Refused` for whatever `encrypt` could not have made."""
        content = _unpad(self._decipher(encrypted))[_RANDOM:]
        length = int.from_bytes(content[:_LENGTH], "big")
        message, receive_id = content[_LENGTH : _LENGTH + length], content[_LENGTH + length :]
        if not hmac.compare_digest(receive_id, self._receive_id):
            raise refused("length or receiveid: wrong EncodingAESKey or corp id")
        try:
            return message.decode()
        except UnicodeDecodeError:
            raise refused("not UTF-8") from None

    def _decipher(self, encrypted: str) -> bytes:
        try:
            cipher_text = base64.b64decode(encrypted, validate=True)
        except ValueError:
            raise refused("not Base64") from None
        if not cipher_text or len(cipher_text) % 16:
            raise refused("block length")
        decryptor = self._cipher.decryptor()
        return decryptor.update(cipher_text) + decryptor.finalize()


def _bytes(value: str) -> bytes:
    """A query string may decode to lone surrogates, which plain UTF-8 cannot say."""
    return value.encode("utf-8", "surrogatepass")


def _unpad(plain: bytes) -> bytes:
    """Padding goes to 32 bytes, not to the cipher's 16."""
    pad = plain[-1]
    if not 1 <= pad <= _PAD or plain[-pad:] != bytes([pad]) * pad:
        raise refused("padding")
    return plain[:-pad]
