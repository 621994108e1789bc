"""The strategic map: five columns of six topics, by which actions are tagged and debriefs read."""

from __future__ import annotations

MAP = {
    "strategy": (
        "environment",
        "opportunity",
        "strategy design",
        "product layout",
        "competitive strategy",
        "industry plan",
    ),
    "market": (
        "market plan",
        "information analysis",
        "segmentation",
        "rival analysis",
        "sales forecast",
        "brand",
    ),
    "business": (
        "goals",
        "project management",
        "customer management",
        "process",
        "negotiation",
        "service",
    ),
    "organisation": (
        "performance culture",
        "team building",
        "branches",
        "promotion",
        "appraisal",
        "training",
    ),
    "team": (
        "recruiting",
        "training",
        "goal setting",
        "tools",
        "motivation",
        "assessment",
    ),
}
COLUMNS = tuple(MAP)
TOPICS = tuple(f"{column}/{topic}" for column, topics in MAP.items() for topic in topics)
"""Tags as authors write them: "business/negotiation"."""
