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

LINES = ("relationship", "solution", "commercial", "competition", "service")
LINE_OF = {
    "contact": "relationship",
    "executive": "relationship",
    "team": "relationship",
    "price": "commercial",
    "negotiation": "commercial",
    "value": "commercial",
    "intelligence": "competition",
    "rivalry": "competition",
    "criteria": "competition",
    "delivery": "service",
    "promise": "service",
}
"""The sub-strategy that a family of actions serves; what is not named serves the solution."""


def line_of(family: str | None) -> str:
    """The sub-strategy of a plan that a family of actions belongs to."""
    return LINE_OF.get(family or "", "solution")
