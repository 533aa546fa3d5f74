"""A matter that several people brought, each by a draft of their own: whose it is."""

from collections.abc import Mapping
from typing import Any

JOINED = "joined"
"""Under which a request keeps what joined it, each with who brought it (`by`)."""


def reporters(applicant: str, form: Mapping[str, Any]) -> tuple[str, ...]:
    """Who brought it, each once, the first first."""
    return tuple(dict.fromkeys((applicant, *(str(one["by"]) for one in form.get(JOINED) or ()))))
