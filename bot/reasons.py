"""Why a file or a database cannot be read or written, in words."""

from errno import EACCES, EEXIST, EISDIR, ENOENT, ENOSPC, ENOTDIR, EPERM, EROFS

_ERRORS = {
    ENOENT: "没有这个文件或目录",
    EACCES: "没有权限",
    EPERM: "没有权限",
    EROFS: "所在的盘是只读的",
    ENOSPC: "磁盘已满",
    EISDIR: "那是一个目录",
    ENOTDIR: "路径中有一段不是目录",
    EEXIST: "已经存在",
}
_SQLITE = {
    "unable to open database file": "打不开数据库文件，请核对路径和权限",
    "readonly database": "数据库文件或所在目录只读",
    "malformed": "数据库文件已损坏",
    "not a database": "这不是 SQLite 数据库",
    "disk is full": "磁盘已满",
    "disk I/O error": "磁盘读写出错",
    "database is locked": "数据库正被别的进程占用",
}
"""By what SQLite's message contains (sqlite.org/rescode.html)."""


def said(error: BaseException) -> str:
    """The reason; as the system has it, where there are no words for it here."""
    text = str(error).partition("\n")[0] or type(error).__name__
    if isinstance(error, OSError) and error.errno:
        return _ERRORS.get(error.errno, error.strerror or text)
    return next((words for part, words in _SQLITE.items() if part in text), text)
