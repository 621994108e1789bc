"""Numbers that the types allow and the rules do not: shares that must make a whole, ranges, what grows without end, sizes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from game.scenario.checking import CheckBase
from game.scenario.entities import Meter
from game.scenario.kinds import MANY
from game.scenario.linear import plain
from game.scenario.problems import Problem
from game.scenario.procurement import NOTICE, PRICE_SHARE, RULES
from game.scenario.schema import Scenario
from game.scenario.source import DataPath
from game.scenario.tables import CERTAIN, SIZES, room
from game.scenario.walk import walk_expressions

FRACTION = re.compile(r"\s*(0?\.\d+)\s*[-+]")
"""Odds that begin with a fraction: the author thought of one where points of a hundred are meant."""
MOST_WORTH_OF_ISSUE = 1000
Values = dict[Decimal, int]


class SizeRules(CheckBase):
    """How many there may be of a thing. It comes before all else, so that nothing is made of more than there is room for."""

    def all(self) -> Iterator[Problem]:
        for path, capacity, need in _counted(self.sc):
            if need > room(capacity, self.sc.size):
                fits = next((s for s in SIZES if need <= room(capacity, s)), "—")
                values = {"size": self.sc.size, "what": ".".join(path), "need": need, "fits": fits}
                yield self.at_key("E215", path, room=room(capacity, self.sc.size), **values)


def _counted(sc: Scenario) -> Iterator[tuple[tuple[str, ...], str, int]]:
    """(path, name of its capacity, how many there are)."""
    yield ("team",), "member", len(sc.team)
    yield ("people",), "person", len(sc.people)
    yield ("rivals",), "rival", len(sc.rivals)
    yield ("rivals",), "move", sum(len(r.moves) for r in sc.rivals.values())
    yield ("facts",), "fact", len(sc.facts)
    yield ("stages",), "stage", len(sc.stages)
    yield ("actions",), "action", len(sc.actions)
    yield ("events",), "event", len(sc.events)
    yield ("injects",), "event", len(sc.injects)
    yield ("promises",), "event", len(sc.promises)
    yield ("endings",), "ending", len(sc.endings)
    yield ("meters",), "slot", len(sc.meters)
    yield ("buyer", "phases"), "phase", len(sc.buyer.phases)
    yield ("buyer", "steps"), "step", len(sc.buyer.steps)
    yield ("gates",), "point", sum(len(points) for points in sc.gates.values())
    for name, way in sc.routes.items():
        yield ("routes", name), "stage_action", sum(map(len, (sc.course.order | way.order).values()))
    if sc.award:
        yield ("award", "criteria"), "criterion", len(sc.award.criteria)


class NumberRules(CheckBase):
    """Shares, ranges and growth."""

    def all(self) -> Iterator[Problem]:
        yield from self.sums()
        yield from self.of_chances()
        yield from self.of_meters()
        yield from self.of_people()
        yield from self.of_actions()
        yield from self.of_others()
        yield from self.of_procurement()

    def sums(self) -> Iterator[Problem]:
        """The shares of all branches but the first make 100%; one of them may leave its share out and gets the rest."""
        groups: list[tuple[DataPath, dict[str, int | None], bool]] = []
        for name, a in self.sc.actions.items():
            groups.append((("actions", name, "outcomes"), {k: o.share for k, o in a.outcomes.items()}, True))
        for name, rival in self.sc.rivals.items():
            for key, move in rival.moves.items():
                groups.append((("rivals", name, "moves", key, "outcomes"), {k: o.share for k, o in move.outcomes.items()}, True))
        for name, inject in self.sc.injects.items():
            groups.append((("injects", name, "branches"), {k: o.share for k, o in inject.branches.items()}, False))
        for name, event in self.sc.events.items():
            groups.append((("events", name, "branches"), {k: o.share for k, o in event.branches.items()}, False))
        for name, say in self.sc.says.items():
            groups.append((("says", name, "outcomes"), {k: o.share for k, o in say.outcomes.items()}, True))
        for path, shares, first_apart in groups:
            yield from self.sum_of(path, shares, first_apart)

    def sum_of(self, path: DataPath, written: dict[str, int | None], first_apart: bool) -> Iterator[Problem]:
        names, shares = list(written), list(written.values())
        if first_apart and shares[0] is not None:
            yield self.at_key("E222", (*path, names[0], "share"))
        rest = shares[1:] if first_apart else shares
        given = sum(s or 0 for s in rest)
        open_ones = sum(s is None for s in rest)
        if rest and (open_ones > 1 or (open_ones == 0 and given != CERTAIN) or given > CERTAIN):
            yield self.at_key("E209", path, found=f"{Decimal(given) / 100:f}", open=open_ones)

    def of_chances(self) -> Iterator[Problem]:
        """Odds are in percent: what never comes to one percent was probably meant as a fraction."""
        for e in walk_expressions(self.sc):
            number = plain(e.text) if e.path[-1] == "chance" else None
            if number is None and e.action and (first := FRACTION.match(e.text)):
                number = Decimal(first[1])
            if number is not None and 0 < number < 1:
                yield self.at("W409", e.path, found=f"{number:f}", want=f"{number * 100:f}".rstrip("0").rstrip("."))

    def values(self, path: DataPath, values: Values, low: int, high: int, one: int = 100) -> Iterator[Problem]:
        """What may be drawn lies in a range and can be held: `one` integers make one of the author's units."""
        if any(not low <= v <= high for v in values):
            yield self.at("E205", path, low=low, high=high)
        elif rough := next((v for v in values if v * one != int(v * one)), None):
            yield self.at("E221", path, name=str(path[-1]), value=f"{rough:f}")

    def of_meters(self) -> Iterator[Problem]:
        for name, m in self.sc.meters.items():
            if max(abs(m.range[0]), abs(m.range[1])) > MANY:
                yield self.at("E205", ("meters", name, "range"), low=-MANY, high=MANY)
            elif not m.range[0] <= m.to <= m.range[1]:
                yield self.at("E205", ("meters", name, "to"), low=m.range[0], high=m.range[1])
            else:
                yield from self.of_start(name, m)

    def of_start(self, name: str, m: Meter) -> Iterator[Problem]:
        yield from self.values(("meters", name, "start"), m.start, m.range[0], m.range[1], 1 if m.whole else 100)

    def of_people(self) -> Iterator[Problem]:
        rules = self.sc.rules
        for name, p in self.sc.people.items():
            yield from self.values(("people", name, "stance"), p.stance, -2, 2, 1)
            drawn = rules.anchor + sum(int(pull * rules.influence) for pull in p.hears.values())
            if drawn > CERTAIN:  # beyond that a stance would swing ever wider
                path = ("people", name, "hears") if p.hears else ("rules", "anchor")
                yield self.at("E231", path, name=name, found=f"{Decimal(drawn) / 100:f}")

    def of_actions(self) -> Iterator[Problem]:
        for name, a in self.sc.actions.items():
            if a.cut and not 0 <= a.cut[0] <= a.cut[1] <= 100:
                yield self.at("E205", ("actions", name, "cut"), low=0, high=100)
            if a.cost.weeks == 0 and a.times is None:
                yield self.at_key("E223", ("actions", name), name=name)
        if not 0 <= self.sc.rules.cut[0] <= self.sc.rules.cut[1] <= 100:
            yield self.at("E205", ("rules", "cut"), low=0, high=100)

    def of_procurement(self) -> Iterator[Problem]:
        """What the way of buying asks for: time for bids, notice of the award, bidders, the weight of the price, and nothing
        against the bid afterwards."""
        p = self.sc.procurement
        if p is None:
            return
        rules, bidders = RULES[p.kind], 1 + len(self.sc.rivals)
        if p.weeks < rules.weeks:
            yield self.at("E234", ("procurement", "weeks"), least=rules.weeks)
        elif p.weeks + p.judging < NOTICE:
            yield self.at("E235", ("procurement", "weeks"), least=NOTICE)
        if bidders < rules.bidders:
            yield self.at("E237", ("procurement", "kind"), least=rules.bidders, found=bidders)
        if rules.most and bidders > rules.most:
            yield self.at("E238", ("procurement", "kind"), most=rules.most, found=bidders)
        if rules.scored:
            yield from self.of_price_share()
        if rules.bound and self.sc.negotiation:
            for name, issue in self.sc.negotiation.issues.items():
                if issue.substance:
                    yield self.at_key("E240", ("negotiation", "issues", name), name=name)

    def of_price_share(self) -> Iterator[Problem]:
        """The price's part of the criteria as they are at first."""
        criteria = self.sc.award.criteria if self.sc.award else {}
        whole = sum(c.weight for c in criteria.values())
        for name, c in criteria.items():
            share = 100 * c.weight / whole if whole else 0
            if name == "price" and not PRICE_SHARE[0] <= share <= PRICE_SHARE[1]:
                low, high = PRICE_SHARE
                yield self.at("E239", ("award", "criteria", name, "weight"), low=low, high=high, found=f"{share:.0f}")

    def of_others(self) -> Iterator[Problem]:
        deal = self.sc.deal
        if deal.weeks * deal.alternative > MANY:
            yield self.at("E205", ("deal", "alternative"), low=0, high=MANY // deal.weeks)
        for name, r in self.sc.rivals.items():
            for c, score in r.scores.items():
                yield from self.values(("rivals", name, "scores", c), score, 0, 100)
            for person, hold in r.net.items():
                yield from self.values(("rivals", name, "net", person), hold, 0, 100)
        for name, issue in self.sc.negotiation.issues.items() if self.sc.negotiation else ():
            yield from self.values(("negotiation", "issues", name, "worth"), issue.worth, 0, MOST_WORTH_OF_ISSUE)
