"""Tests, and what makes and renews what they compare with. Belief is small in all of it, unless it is the subject."""

import os

os.environ.setdefault("BIG_ACCOUNT_BELIEF", "faint")
