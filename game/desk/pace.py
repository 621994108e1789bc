"""The customer's pace: how long the present phase still takes and why, what can be done about it, the procurement's dates, and
who has a say when."""

from __future__ import annotations

from game.belief.watched import Observation
from game.desk.gates import WAYS, Gates
from game.desk.pace_view import PaceLine, PaceView, SayView
from game.engine.week import dates_hold, phase_length, turning_odds
from game.i18n import Say
from game.scenario.tables import CLOSES, PHASE, PHASE_WEEKS, WEEK, WINNER, State
from game.scenario.walk import PACES
from game.words.names import Teller

SOON = 1
"""Phases ahead from which on somebody nobody has met is a matter of urgency."""


def span(say: Say, low: int, high: int) -> str:
    """So many weeks in words, or from so many to so many."""
    if low != high:
        return say("pace.span", low=low, high=high)
    return say("pace.span_one") if low == 1 else say("pace.span_same", n=low)


def pace_head(view: PaceView, say: Say) -> str:
    """How long the present phase still takes."""
    if not view.following:
        return say("pace.last", phase=view.phase)
    if view.weeks:
        return say("pace.left", phase=view.phase, weeks=span(say, *view.weeks), following=view.following)
    return say("pace.chance", phase=view.phase, n=view.chance or 0, following=view.following)


def pace_line(line: PaceLine, say: Say) -> str:
    """One thing that the phase waits for, that speeds it or holds it, and whether it is so."""
    return say(f"pace.{line.kind}_{'so' if line.so else 'not'}", text=line.text, weeks=span(say, line.weeks, line.weeks))


def pace_ways(line: PaceLine, say: Say) -> str:
    """What we can do to bring it about: to push the customer on, or to hold it back; '' where it is so, or nothing helps."""
    if line.so or not line.ways:
        return ""
    return say("pace.hold" if line.kind == "holds" else "pace.ways", ways=say("list.or").join(line.ways))


def pace_say(view: SayView, say: Say) -> str:
    """Somebody with a say, when, and how well we know them."""
    when = say("pace.when_now") if view.ahead == 0 else say("pace.when", phase=view.phase)
    if view.person < 0:
        return say("pace.say_unknown", text=view.text, when=when)
    return say("pace.say_met" if view.met else "pace.say_unmet", person=view.name, text=view.text, when=when, n=view.coverage)


class Pace:
    """Reads the customer's pace for a teller's scenario and language."""

    def __init__(self, tell: Teller, gates: Gates) -> None:
        self.tell, self.say, self.ready, self.gates = tell, tell.say, tell.ready, gates
        self.sc, self.t, self.ids = tell.sc, tell.t, tell.ids

    def view(self, playing: Observation) -> PaceView:
        """Everything as it stands."""
        t, s = self.t, playing.state
        phase = s.x[PHASE]
        last = phase >= t.n_phase - 1
        return PaceView(
            phase=self.tell.phase(phase),
            following="" if last else self.tell.phase(phase + 1),
            stayed=s.x[PHASE_WEEKS],
            weeks=self.weeks(s),
            chance=None if last or t.phase_least[phase] else turning_odds(t, s) // 100,
            lines=[] if s.x[WINNER] else self.lines(playing),
            dates=[] if s.x[WINNER] else self.dates(s),
            says=[] if s.x[WINNER] else self.says(playing),
        )

    def weeks(self, s: State) -> tuple[int, int] | None:
        """How many weeks this phase still takes, fewest and most, if nothing changes; None where that is left to chance, or where
        something else has to happen first."""
        t, phase = self.t, s.x[PHASE]
        if phase >= t.n_phase - 1 or not t.phase_least[phase]:
            return None
        length = phase_length(t, s, phase)
        low = max(1, length - s.x[PHASE_WEEKS])
        high = max(1, length + t.phase_spread[phase] - s.x[PHASE_WEEKS])
        if dates_hold(t, s, phase):
            held = s.x[CLOSES] + t.judge_weeks - s.x[WEEK] + 1
            low, high = max(low, held), max(high, held)
        return low, high

    def lines(self, playing: Observation) -> list[PaceLine]:
        """What the present phase waits for, what speeds it, what holds it."""
        name, s = self.ids.phases[playing.state.x[PHASE]], playing.state
        phase, found = self.sc.buyer.phases[name], []
        for group in PACES:
            for key, pace in getattr(phase, group).items():
                condition = self.ready.conditions["buyer", "phases", name, group, key, "when"]
                holds = self.gates.conditions.true(s, condition, -1)
                wanted = self.gates.wanted(s, condition)
                ways = [self.tell.text("actions", a, "name") for a in self.gates.ways(wanted)][:WAYS]
                text = self.tell.text("buyer", "phases", name, group, key, "text")
                found.append(PaceLine(group, text, pace.weeks, holds, ways))
        return found

    def dates(self, s: State) -> list[str]:
        """The procurement's dates, as far as they are known."""
        t, p, say = self.t, self.sc.procurement, self.say
        if p is None:
            return []
        how = say("pace.how", how=say(f"way.{p.kind}"))
        if not s.x[CLOSES]:
            return [how, say("pace.papers", phase=self.tell.phase(t.issue_phase), n=p.weeks)]
        if s.x[WEEK] <= s.x[CLOSES]:
            return [how, say("pace.open", week=s.x[CLOSES], n=s.x[CLOSES] - s.x[WEEK] + 1)]
        return [how, say("pace.closed", week=s.x[CLOSES], first=s.x[CLOSES] + t.judge_weeks)]

    def says(self, playing: Observation) -> list[SayView]:
        """Who has a say that is still to come, the next first."""
        t, s, found = self.t, playing.state, []
        for k, name in enumerate(self.sc.says):
            person = t.say_person[k]
            if s.event_count[t.say_event[k]] or s.x[PHASE] > t.say_phase[k] or not s.x[t.here0 + person]:
                continue
            known = bool(s.x[t.found0 + person])
            found.append(
                SayView(
                    person=person if known else -1,
                    name=self.tell.person(person) if known else "",
                    text=self.tell.text("says", name, "text"),
                    phase=self.tell.phase(t.say_phase[k]),
                    ahead=t.say_phase[k] - s.x[PHASE],
                    met=bool(s.x[t.met0 + person]),
                    coverage=s.x[t.cover0 + person] // 100,
                )
            )
        return sorted(found, key=lambda view: view.ahead)

    def urgent(self, playing: Observation) -> list[SayView]:
        """Who has a say before long and whom nobody of ours has met."""
        return [view for view in self.says(playing) if not view.met and view.ahead <= SOON]
