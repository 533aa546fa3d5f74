"""What every test stands on."""

import os

from hypothesis import settings

IN_CI = os.environ.get("CI") == "true"

settings.register_profile("here", deadline=None, max_examples=100)
settings.register_profile("ci", deadline=None, max_examples=200, derandomize=True)
settings.load_profile("ci" if IN_CI else "here")
