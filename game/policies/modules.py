"""The modules whose source decides what a policy does: compiled with the rules, and part of what a kept result depends on."""

from __future__ import annotations

from game.policies import policies, starts, table

MODULES = (starts, table, policies)
