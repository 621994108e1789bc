"""How somebody looks now: what the author wrote of them, and their mood by the stance as last read."""

from __future__ import annotations

from game.desk.views import Face
from game.scenario.compiled import Ids
from game.scenario.schema import Scenario
from game.scenario.tables import State, Tables


def face_of(sc: Scenario, ids: Ids, t: Tables, s: State, who: str) -> Face:
    """One of the customer's, one of ours, or a rival, by their name in the file."""
    if who in sc.people:
        p, looks = ids.people.index(who), sc.people[who].looks
        mood = round(s.x[t.level0 + p] / 100) if s.x[t.read_week0 + p] else 0
        return Face(who, looks.she, looks.age, looks.glasses, looks.clothes, mood)
    if who in sc.team:
        looks = sc.team[who].looks
        return Face(who, looks.she, looks.age, looks.glasses, looks.clothes)
    return Face(who, age=50, clothes="shirt")
