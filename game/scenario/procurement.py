"""What each way of buying asks of a deal: how long bids are taken, how many bidders it takes, what stays once the papers are out.

Taken from the rules of the People's Republic of China, as far as a deal's weeks can show them; for training, no legal advice. The
articles stand in docs/procurement.
"""

from __future__ import annotations

from dataclasses import dataclass

NOTICE = 3
"""Weeks from the papers to the award, at least: nobody is surprised by it."""
PRICE_SHARE = (30, 60)
"""What the price of goods may count among the criteria, in percent, where bids are scored by law."""


@dataclass(frozen=True)
class WayOfBuying:
    """Of one way of buying."""

    weeks: int
    """From the papers to the closing of bids, at least, in whole weeks."""
    bidders: int = 1
    """Below so many it fails."""
    most: int = 0
    """So many bidders at most; 0: no limit."""
    scored: bool = False
    """Whether the price's share among the criteria is bounded."""
    bound: bool = False
    """Whether the papers bind: criteria stay as they are published, a bid as it is handed in, the contract as the bid."""


RULES = {
    "open_tender": WayOfBuying(3, bidders=3, scored=True, bound=True),
    "invited_tender": WayOfBuying(3, bidders=3, scored=True, bound=True),
    "consultation": WayOfBuying(2, bidders=3, scored=True),
    "competitive_talks": WayOfBuying(1, bidders=3),
    "inquiry": WayOfBuying(1, bidders=3, bound=True),
    "framework": WayOfBuying(3, bidders=3, bound=True),
    "single_source": WayOfBuying(1, most=1),
    "private": WayOfBuying(1),
}
