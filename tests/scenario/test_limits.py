"""Numbers too large and tables too long are refused, exactly where they begin to be."""

from __future__ import annotations

from pathlib import Path

from game.engine.odds import form
from game.engine.state import new_state
from game.scenario.load import Loaded, load
from tests.judging.test_judge import TINY

WIDE = TINY.replace("range: [0, 100]", "range: [-1000000, 1000000]")


def loaded(folder: Path, text: str) -> Loaded:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    return load(folder, folder.parent)


def codes(found: Loaded) -> list[str]:
    return [p.code for p in found.problems if p.code.startswith("E")]


def test_products_are_refused_at_the_very_edge(tmp_path: Path) -> None:
    """The largest factor that is taken keeps every sum below 2**63; one more is refused, where it stands."""

    def with_factor(k: int) -> Loaded:
        return loaded(tmp_path / "edge", WIDE.replace("payoff: 10 * need", f"payoff: {k} * need"))

    low, high = 10, 1 << 30
    assert not codes(with_factor(low)) and codes(with_factor(high)) == ["E213"]
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if codes(with_factor(middle)) else (middle, high)
    taken, refused = with_factor(low), with_factor(high)
    assert taken.compiled is not None
    t = taken.compiled.tables
    state = new_state(t)
    state.x = list(t.hi)
    for f in t.ending_pay:
        assert abs(form(t, state, f, 0, 0, 0)) < 1 << 63
    assert high * 1_000_000 * 1_000_000 >= 1 << 62 > low * 1_000_000 * 1_000_000
    problem = next(p for p in refused.problems if p.code == "E213")
    assert "need" in Path(tmp_path / "edge" / "scenario.yaml").read_text(encoding="utf-8").splitlines()[problem.place.line - 1]


def test_tables_too_long_name_the_number_needed(tmp_path: Path) -> None:
    ways = "{success: {need: 1, say: 好}, failure: {say: 坏}}"
    more = "".join(f"  more{k}: {{name: 多{k}, stage: P0, by: ae, chance: 50, outcomes: {ways}}}\n" for k in range(120))
    found = loaded(tmp_path / "long", TINY.replace("gauges:", more + "gauges:"))
    bad = [p for p in found.problems if p.code.startswith("E")]
    assert [p.code for p in bad] == ["E215"] and 123 in bad[0].values.values()
