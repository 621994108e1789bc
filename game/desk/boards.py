"""The boards of the desk: people, net, deal tree, rivals, team, account, promises."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

from game.belief.watched import Observation
from game.desk.faces import face_of
from game.desk.views import (
    CriterionView,
    ElementView,
    Knot,
    Leaf,
    MemberView,
    MeterView,
    PersonView,
    PromiseView,
    RivalView,
    StrategyView,
)
from game.engine.odds import form, rounded
from game.engine.step import asked, is_legal
from game.play import outcomes
from game.scenario.kinds import Element
from game.scenario.tables import MONEY, ONE, PHASE, STARTS, WEEK
from game.words.names import FELT_HOLD, Teller

ELEMENTS: tuple[Element, ...] = ("need", "decision", "rivals", "worth")
STALE_WEEKS = 3


class Boards:
    """Makes boards for a teller's scenario and language."""

    def __init__(self, tell: Teller) -> None:
        self.tell, self.say = tell, tell.say
        self.sc, self.t, self.ids = tell.sc, tell.t, tell.ids

    def slot(self, playing: Observation, name: str) -> int:
        """A visible quantity by its name, in the slot's integers."""
        return playing.seen.x[self.ids.slots.index(name)]

    # ---- the customer's side
    def people(self, playing: Observation) -> list[PersonView]:
        """Everyone who has been found and is here."""
        return [self.person(playing, p) for p in range(self.t.n_person) if self.known(playing, p)]

    def known(self, playing: Observation, p: int) -> bool:
        """Whether somebody is with the customer and we know of them."""
        x, t = playing.state.x, self.t
        return bool(x[t.found0 + p] and x[t.here0 + p])

    def boss(self, playing: Observation, name: str | None) -> int:
        """Who somebody reports to now: for one who left the successor, else whom that one reported to; -1 for nobody."""
        if not name:
            return -1
        p, then = self.ids.people.index(name), self.sc.people[name]
        if playing.state.x[self.t.here0 + p]:
            return p
        for q, other in enumerate(self.sc.people.values()):
            same = (other.level, other.function, other.reports_to) == (then.level, then.function, then.reports_to)
            if same and self.known(playing, q):
                return q
        return self.boss(playing, then.reports_to)

    def personal(self, playing: Observation, name: str) -> str:
        """What somebody wants for themselves, once it is known."""
        wanted = self.tell.text("people", name, "wins", "personal")
        return wanted if not wanted or self.slot(playing, f"{name}.wins") else self.say("person.unknown_want")

    def hears(self, playing: Observation, name: str) -> list[int]:
        """Whom somebody listens to, the most heard first; seen once they have been met."""
        if not self.slot(playing, f"{name}.met"):
            return []
        heard = self.sc.people[name].hears
        found = [self.ids.people.index(q) for q in sorted(heard, key=lambda q: -heard[q])]
        return [q for q in found if self.known(playing, q)]

    def holds(self, playing: Observation, p: int) -> list[tuple[str, int]]:
        """The rivals that we believe to have a hold on somebody."""
        t = self.t
        found = [(self.tell.rival_short(r), round(playing.hold(r, p) / 100)) for r in range(t.n_rival)]
        return sorted((row for row in found if row[1] >= FELT_HOLD), key=lambda row: -row[1])

    def person(self, playing: Observation, p: int) -> PersonView:
        t, s, tell, name = self.t, playing.state, self.tell, self.ids.people[p]
        person = self.sc.people[name]
        boss = self.boss(playing, person.reports_to)
        hears, holds = self.hears(playing, name), self.holds(playing, p)
        level, stale = self.stance_level(playing, p)
        return PersonView(
            at=p,
            name=tell.person(p),
            face=face_of(self.sc, self.ids, t, playing.seen, name),
            title=tell.text("people", name, "title"),
            about=tell.text("people", name, "about"),
            wins=tell.text("people", name, "wins", "business"),
            personal=self.personal(playing, name),
            hears=hears,
            hears_names=[tell.person(q) for q in hears],
            holds=holds,
            holds_words=self.say("list.and").join(self.say("person.hold", rival=rival, n=n) for rival, n in holds),
            roles=[self.say(f"role.{r}") for r in person.roles],
            level=self.say(f"level.{person.level}"),
            level_key=person.level,
            power=person.power,
            met=bool(self.slot(playing, f"{name}.met")),
            rapport=self.slot(playing, f"{name}.rapport") // 100,
            coverage=s.x[t.cover0 + p] // 100,
            stance=self.stance_words(playing, p),
            stance_level=level,
            stale=stale,
            believed=[round(100 * share) for share in playing.levels(p)],
            reports_to=tell.person(boss) if boss >= 0 else "",
            boss=boss if boss >= 0 and self.known(playing, boss) else -1,
        )

    def stance_level(self, playing: Observation, p: int) -> tuple[int | None, bool]:
        """The last level read and whether it is old."""
        t, s = self.t, playing.seen
        level = outcomes.read_level(t, s, p)
        return level, level is not None and s.x[WEEK] - s.x[t.read_week0 + p] >= STALE_WEEKS

    def stance_words(self, playing: Observation, p: int) -> str:
        t, s, say = self.t, playing.seen, self.say
        level, stale = self.stance_level(playing, p)
        if level is None:
            return say("stance.unread")
        return say(
            "stance.old" if stale else "stance.read",
            level=say(f"stance.{level}"),
            week=s.x[t.read_week0 + p],
            sure=s.x[t.read_sure0 + p] // 100,
        )

    def net(self, playing: Observation) -> list[Knot]:
        t, s = self.t, playing.state
        return [
            Knot(self.tell.member(m), self.tell.person(p), s.x[t.knot0 + m * t.n_person + p] // 100, m, p)
            for m in range(t.n_member)
            for p in range(t.n_person)
            if s.x[t.knot0 + m * t.n_person + p] > 0
        ]

    def tree(self, playing: Observation) -> list[ElementView]:
        """The four elements with their gauges and questions."""
        return [self.branch(playing, element) for element in ELEMENTS]

    def branch(self, playing: Observation, element: Element) -> ElementView:
        """An element: its gauge by what is proved and what is likely, and how far that may be off."""
        facts = [f for f, name in enumerate(self.ids.facts) if self.sc.facts[name].element == element]
        gauges = dict(zip(self.sc.gauges, self.t.gauge_form, strict=True))
        gauge = gauges.get(element, -1)
        value = form(self.t, playing.seen, gauge, 0, 0, 0) / ONE if gauge >= 0 else 0.0
        variance = 0.0
        for f in facts:
            chance, counts = playing.fact(f), self.sc.facts[self.ids.facts[f]].counting
            value += counts * chance
            variance += counts**2 * chance * (1 - chance)
        leaves = [self.leaf(playing, f) for f in facts]
        shown = max(0, min(100, round(value)))
        return ElementView(self.say(f"element.{element}"), shown, round(sqrt(max(0.0, variance))), leaves, element)

    def leaf(self, playing: Observation, f: int) -> Leaf:
        t, s, say = self.t, playing.seen, self.say
        status = outcomes.fact_status(t, s, f)
        name = self.ids.facts[f]
        question = self.tell.text("facts", name, "question")
        text = question if status == "unknown" and question else self.tell.fact(f)
        return Leaf(text, status, say(f"leaf.{status}"), round(100 * playing.fact(f)))

    def meters(self, playing: Observation) -> list[MeterView]:
        """The quantities that are always seen."""
        found = []
        for name, meter in self.sc.meters.items():
            if meter.seen == "always":
                slot = self.ids.slots.index(name)
                value = rounded(playing.state.x[slot], self.t.one[slot])
                low, high = meter.range
                found.append(
                    MeterView(
                        self.tell.text("meters", name, "name"),
                        self.tell.text("meters", name, "about"),
                        value,
                        low,
                        high,
                        self.t.gain[slot] >= 0,
                    )
                )
        return found

    def rivals(self, playing: Observation) -> list[RivalView]:
        s, tell, say = playing.seen, self.tell, self.say
        found = []
        for r, name in enumerate(self.ids.rivals):
            intel, known = say("intel.none"), s.intel_move[r] >= 0
            if known:
                who = s.intel_person[r]
                intel = say(
                    "intel.move" if who < 0 else "intel.move_on",
                    move=tell.move(s.intel_move[r]),
                    person=tell.person(who),
                    week=s.intel_week[r],
                )
            style = self.sc.rivals[name].style
            found.append(RivalView(tell.rival(r), tell.text("rivals", name, "about"), say(f"style.{style}"), style, intel, known))
        return found

    def criteria(self, playing: Observation) -> list[CriterionView]:
        """How the bidders compare by what the customer weighs, as far as we know; from the criteria on."""
        t, s = self.t, playing.state
        if t.award_phase < 0 or s.x[PHASE] < max(1, t.award_phase - 3):
            return []
        weights = [s.x[slot] for slot in t.weight_slot]
        return [
            CriterionView(self.tell.text("award", "criteria", name, "name"), round(100 * weight / max(1, sum(weights))), scores)
            for name, weight, scores in zip(self.ids.criteria, weights, playing.belief.scores(s), strict=True)
        ]

    # ---- our side
    def members(self, playing: Observation) -> list[MemberView]:
        return [self.member(playing, m) for m in range(self.t.n_member)]

    def member(self, playing: Observation, m: int) -> MemberView:
        t, s, say = self.t, playing.state, self.say
        name = self.ids.members[m]
        doing = ""
        if s.x[t.away0 + m]:
            doing = say("member.away")
        for f in range(t.fronts):
            arm = s.front_arm[f]
            if arm >= 0 and t.arm_member[arm] == m:
                doing = say("member.busy", action=self.tell.action(t.pair_action[t.arm_pair[arm]]), n=s.front_left[f])
        limited = self.sc.team[name].uses is not None
        favours = say("member.uses", n=s.x[t.uses0 + m]) if limited else ""
        spent = limited and s.x[t.uses0 + m] <= 0
        return MemberView(
            at=m,
            name=self.tell.member(m),
            short=self.tell.member_short(m),
            about=self.tell.text("team", name, "about"),
            doing=doing,
            favours=favours,
            tired=s.x[t.tired0 + m] // 100,
            free=not doing and not spent,
        )

    def promises(self, playing: Observation) -> list[PromiseView]:
        """What has been promised, and what became of it."""
        found = outcomes.promises(self.ids, self.t, playing.state, playing.happenings)
        return [PromiseView(self.tell.text("promises", p.name, "text"), p.became) for p in found]

    # ---- strategy
    def strategies(self, playing: Observation, kind: str) -> list[StrategyView]:
        """Positions or strategy cards, each with whether it can be adopted now."""
        found = []
        for name, s in self.sc.strategies.items():
            if s.kind == kind:
                bends = [(self.family(f), points) for f, points in s.bends.items()]
                facts = [
                    self.tell.text("facts", f, "text") if self.held(playing, f) else self.say("swot.unheard") for f in s.pair
                ]
                pair = list(dict.fromkeys(facts))
                held = bool(self.slot(playing, f"held.{name}"))
                made = self.choice(playing, "strategies", name, f"adopt_{name}", held, pair, bends)
                closed = "" if held or made.decision else self.closed(playing, kind, list(s.pair))
                found.append(replace(made, closed=closed))
        return found

    def closed(self, playing: Observation, kind: str, pair: list[str]) -> str:
        """What keeps a position or a card from being adopted now."""
        if asked(self.t, playing.state) >= 0:
            return self.say("why.asked")
        missing = sum(not self.held(playing, fact) for fact in pair)
        if missing:
            return self.say("swot.missing", n=missing)
        if kind == "position":
            return self.say("swot.taken" if self.slot(playing, "positions") else "swot.over")
        full = self.slot(playing, "carried") >= self.sc.rules.carry
        return self.say("swot.full", n=self.sc.rules.carry) if full else self.say("swot.over")

    def bones(self, playing: Observation) -> list[StrategyView]:
        """The premortem: what could kill this deal."""
        return [
            self.choice(playing, "bones", name, f"foresee_{name}", bool(self.slot(playing, f"bone.{name}")), [], [])
            for name in self.sc.bones
        ]

    def choice(
        self, playing: Observation, group: str, name: str, action: str, held: bool, pair: list[str], bends: list[tuple[str, int]]
    ) -> StrategyView:
        t, a = self.t, self.ids.actions.index(action)
        arm = t.pair_arm[t.action_pair[a]]
        decision = STARTS + arm if is_legal(t, playing.state, STARTS + arm) else 0
        about = self.tell.text(group, name, "about")
        return StrategyView(
            name=self.tell.text(group, name, "name"), about=about, held=held, decision=decision, pair=pair, bends=bends
        )

    def family(self, name: str) -> str:
        """A family of actions by name; an author's own as it is written."""
        return self.say(f"family.{name}") if self.say.has(f"family.{name}") else name

    def held(self, playing: Observation, fact: str) -> bool:
        """Whether a fact counts as evidence for a card: heard or proved true."""
        return bool(self.slot(playing, f"heard.{fact}") or self.slot(playing, f"knows.{fact}"))

    def money_left(self, playing: Observation) -> str:
        return self.tell.money(playing.state.x[MONEY])
