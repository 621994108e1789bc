"""The debrief as data: what it shows hangs together, in both languages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from game.debrief.cohort import histogram, tell_cohort
from game.debrief.entries import Entry, RefusedFile
from game.debrief.records import Review
from game.debrief.review import cautions, other_ways, tell_review
from game.debrief.scorecard import PILLARS, Metric, ScoreMaker, forecasts
from game.debrief.story import Unseen, tell_story
from game.i18n import LANGUAGES, Say
from game.judging.judgement import Candidate, Judgement
from game.judging.workers import Case, case_of
from game.paths import SCENARIOS
from game.play.playing import Playing, start_playing
from game.policies.policies import POLICIES
from game.policies.rollout import rollout
from game.report.data import class_json, debrief_json
from game.scenario.load import Ready
from game.scenario.tables import DEBT, ENDED, PASS, WAIT, WEEK
from game.scenario.topics import COLUMNS
from tests.judgements import made_up
from tests.said import said


def played(ready: Ready, seed: int, policy: str = "greedy") -> Playing:
    playing = start_playing(ready.compiled, seed)
    playing.say(said("swot", stage="P0", sorted={next(iter(ready.scenario.facts)): "strength"}))
    while not playing.over:
        decision = POLICIES[policy](ready.compiled.tables, playing.state, seed)
        if decision == PASS:
            stage = ready.compiled.ids.stages[playing.result()["stage"] and 0]
            playing.say(said("forecast", stage=stage, win=40, value=1, week=9))
            tasks = [{"action": a, "owner": "ae", "week": 3} for a in ("visit", "survey")]
            playing.say(said("plan", stage=stage, tasks=tasks))
        playing.decide(decision)
    return playing


def reviewed(ready: Ready, playing: Playing, language: str) -> tuple[Review, Judgement, Case]:
    case = case_of(ready, SCENARIOS / ready.name)
    judged, say = made_up(case, playing), Say(language)
    seen = Unseen(playing)
    story = tell_story(ready, seen, say)
    return tell_review(ready, seen, judged, story, other_ways(case, playing, judged), say), judged, case


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("policy", ["greedy", "random", "cautious"])
def test_every_decision_is_there_with_what_it_was_worth(office: Ready, factory: Ready, policy: str, language: str) -> None:
    for ready in (office, factory):
        playing = played(ready, 11, policy)
        review, judged, _ = reviewed(ready, playing, language)
        assert [m.number for m in review.moves] == list(range(1, len(playing.decisions) + 1))
        for m, j in zip(review.moves, judged.decisions, strict=True):
            assert (m.regret, m.week) == (j.regret, j.at[0])
            assert m.luck == pytest.approx(sum(g.luck for g in m.gifts))
            assert bool(m.better) == (j.best != j.decision)
            assert m.why or not m.better
            assert sum(o.chosen for o in m.options) == 1
        assert review.quality + review.luck == pytest.approx(review.result)
        assert sum(m.luck for m in review.moves) == pytest.approx(review.luck)
        assert sum(b.points for b in review.bones) == pytest.approx(review.luck - review.given)
        assert set(review.turning) <= {m.number for m in review.moves} and len(review.turning) == min(3, len(review.moves))
        assert set(review.others) <= {m.number for m in review.moves if m.better}


def test_a_won_deal_shows_its_mistakes_first_and_a_lost_one_what_was_right(office: Ready) -> None:
    seen = set()
    for seed in range(40):
        playing = played(office, seed)
        review, judged, _ = reviewed(office, playing, "zh")
        if not review.first or judged.won in seen:
            continue
        head = review.moves[review.first[0] - 1]
        right = [m for m in review.moves if m.grade == "best" and m.advantage >= 0.5]
        assert bool(head.better) == (judged.won or not right)
        seen.add(judged.won)
    assert seen == {True, False}


def test_what_could_still_follow_is_told_and_is_no_praise(office: Ready) -> None:
    playing = played(office, 11)
    judged = reviewed(office, playing, "en")[1]
    at = next(k for k, j in enumerate(judged.decisions) if j.best == j.decision and len(j.candidates) > 1)
    j = replace(judged.decisions[at], value=judged.decisions[at].chosen - 2)
    other = next(c.decision for c in j.candidates if c.decision != j.decision)
    for then in (None, Candidate(other, j.chosen + 12, 1.0, 0.6)):
        decisions = (*judged.decisions[:at], replace(j, then=then), *judged.decisions[at + 1 :])
        seen, say = Unseen(playing), Say("en")
        review = tell_review(office, seen, replace(judged, decisions=decisions), tell_story(office, seen, say), {}, say)
        assert (j.number in review.first) == (then is None)
        assert any("could still follow" in line for line in review.moves[at].why) == (then is not None)


@pytest.mark.parametrize(("language", "words"), [("zh", "耐心"), ("en", "patience")])
def test_the_last_concession_is_told_as_what_ended_the_deal(factory: Ready, language: str, words: str) -> None:
    ids, t = factory.compiled.ids, factory.compiled.tables
    seed = next(k for k in range(100) if ids.endings[rollout(t, k, POLICIES["greedy"]).x[ENDED] - 1] == "broken")
    playing = start_playing(factory.compiled, seed)
    while not playing.over:
        week = playing.state.x[WEEK]
        playing.decide(POLICIES["greedy"](t, playing.state, seed))
    assert playing.state.x[WEEK] == week, "the last decision ended it"
    case, say, seen = case_of(factory, SCENARIOS / factory.name), Say(language), Unseen(playing)
    judged = made_up(case, playing)
    last = replace(judged.decisions[-1], best=WAIT, regret=30.0)
    judged = replace(judged, decisions=(*judged.decisions[:-1], last))
    review = tell_review(factory, seen, judged, tell_story(factory, seen, say), {}, say)
    assert words in review.moves[-1].why[0]
    assert not any(words in line for m in review.moves[:-1] for line in m.why)


def test_the_same_dice_that_change_nothing_are_owned_up_to(office: Ready) -> None:
    told = set()
    for seed in range(12):
        playing = played(office, seed)
        review, judged, case = reviewed(office, playing, "en")
        for number, (better, own) in other_ways(case, playing, judged).items():
            kinds = {office.scenario.endings[p.result()["ending"]].kind for p in (better, own)}
            alike = len(kinds) == 1 and abs(better.result()["points"] - own.result()["points"]) < 5
            assert ("made no difference" in review.others[number]) == alike
            told.add(alike)
    assert told == {True, False}


def test_forecasts_are_graded_against_what_could_be_known(office: Ready) -> None:
    playing = played(office, 11)
    _, judged, _ = reviewed(office, playing, "zh")
    found = forecasts(playing.statements, judged)
    assert found
    for f in found:
        assert f.true == 100 * judged.decisions[f.at].win
        assert f.brier == pytest.approx(((f.stated - f.true) / 100) ** 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_epilogue_tells_of_five_at_most_and_only_what_holds(factory: Ready, language: str) -> None:
    """Of everybody one sentence; a deal that never came about has no acceptance to tell of."""
    told = set()
    for seed in range(10):
        playing = played(factory, seed, "greedy" if seed % 2 else "random")
        story = tell_story(factory, Unseen(playing), Say(language))
        assert len(story.epilogue) <= 5 and len({b.key for b in story.epilogue}) == len(story.epilogue)
        accepted = playing.state.x[factory.compiled.ids.slots.index("said.accepted")]
        words = " ".join(b.text for b in story.epilogue)
        assert accepted or ("一百二十七条" not in words and "127 of them" not in words)
        told.update(b.key for b in story.epilogue)
    assert len(told) > 3


def test_the_score_card_knows_what_was_not_exercised(office: Ready) -> None:
    playing = start_playing(office.compiled, 3)
    while not playing.over:
        playing.decide(0)
    review, _, _ = reviewed(office, playing, "en")
    metrics = {m.key: m for p in review.card.pillars for m in p.metrics}
    assert metrics["forecast"].points is None and metrics["plan"].points is None
    assert metrics["forecast"].value == Say("en")("metric.none")
    assert all(c.points is None for c in review.card.columns)
    assert [p.key for p in review.card.pillars] == list(PILLARS) and [c.key for c in review.card.columns] == list(COLUMNS)


def test_the_score_card_fines_nothing_that_the_review_calls_best(factory: Ready) -> None:
    """Debt left at a gate and a step out of time count where something better could be done about it, and only there."""
    playing = played(factory, 4)
    assert playing.state.x[DEBT] > 0
    case = case_of(factory, SCENARIOS / factory.name)
    judged = made_up(case, playing)
    faultless = replace(judged, decisions=tuple(replace(j, best=j.decision, regret=0.0) for j in judged.decisions))
    early = [replace(j, best=WAIT, regret=6.0) if j.decision == PASS else j for j in faultless.decisions]
    blamed = replace(judged, decisions=tuple(early))

    def metrics(one: Judgement) -> dict[str, Metric]:
        card = ScoreMaker(factory, Unseen(playing), one, Say("en")).card()
        return {m.key: m for p in card.pillars for m in p.metrics}

    right, wrong = metrics(faultless), metrics(blamed)
    assert right["gates"].points == 100 and right["step"].points == 100
    assert wrong["gates"].points == max(0.0, 100 - 3 * playing.state.x[DEBT] / 100)


def test_decisions_count_by_what_they_were_worth_against_the_reference(office: Ready) -> None:
    """One point behind is one mark, however many decisions it took."""
    playing = played(office, 3)
    _, judged, _ = reviewed(office, playing, "en")
    for ahead in (-30.0, -4.0, 6.0):
        each = ahead / len(judged.decisions)
        same = replace(judged, decisions=tuple(replace(j, chosen=j.value + each) for j in judged.decisions))
        card = ScoreMaker(office, Unseen(playing), same, Say("en")).card()
        found = {m.key: m.points for p in card.pillars for m in p.metrics}
        assert found["advantage"] == pytest.approx(min(100.0, 100 + ahead))


def test_weights_are_shares_of_a_hundred(office: Ready) -> None:
    assert sum(office.scenario.debrief.weights.shares().values()) == 100


def test_a_breach_stands_apart(factory: Ready) -> None:
    t, ids = factory.compiled.tables, factory.compiled.ids
    for seed in range(30):
        playing = start_playing(factory.compiled, seed)
        while not playing.over:
            playing.decide(POLICIES["random"](t, playing.state, seed))
        did = [w for w in playing.decisions if w[0] == "start" and t.action_breach[ids.actions.index(w[1])]]
        if did:
            review, _, _ = reviewed(factory, playing, "zh")
            assert len(review.compliance) == len(did)
            return
    raise AssertionError("nobody broke a rule")


def test_numbers_for_other_programs_add_up(office: Ready) -> None:
    playing = played(office, 11)
    _, judged, _ = reviewed(office, playing, "zh")
    data = debrief_json(office, playing, judged)
    assert data["start_value"] + data["advantage"] + data["luck"] == pytest.approx(data["result"])
    for k, d in enumerate(data["decisions"]):
        assert d["chosen"] == playing.decisions[k]
        assert {"week", "stage", "best", "regret", "se", "luck", "grade", "candidates"} <= set(d)


def test_a_class_is_ranked_by_decisions_and_every_figure_has_its_n(office: Ready) -> None:
    case = case_of(office, SCENARIOS / "office-supplies")
    entries = [Entry(f"T{k}", p, made_up(case, p, k), "2026-11-23T10:00:00Z") for k in range(6) for p in [played(office, k)]]
    cohort = tell_cohort(office, entries, [RefusedFile("x.play.json", "class.unfinished", {})], Say("zh"))
    adjusted = [p.adjusted for p in cohort.people]
    assert adjusted == sorted(adjusted, reverse=True)
    for figure in (cohort.points, cohort.adjusted, cohort.luck, cohort.given, cohort.won, cohort.passed):
        assert figure["n"] == 6 and figure["lo"] <= (figure.get("mean", figure.get("share"))) <= figure["hi"]
    for key_point in cohort.key_points:
        given = [round(c.given["mean"], 3) for c in key_point.choices]
        assert given == sorted(given)
    assert cohort.refused == [("x.play.json", Say("zh")("class.unfinished"))]
    stated = [f for e in entries for f in forecasts(e.playing.statements, e.judged)]
    assert 0 < sum(b.n for b in cohort.calibration) == sum(not f.early for f in stated) < len(stated)
    assert len(class_json(office, cohort, entries)["plays"]) == 6


def test_a_forecast_before_there_is_a_project_is_on_record_and_not_graded(office: Ready) -> None:
    playing = played(office, 11)
    review, _, _ = reviewed(office, playing, "zh")
    early = [f for f in review.forecasts if f.early]
    assert early and all(f.at <= playing.decisions.index(["pass"], 1) or f.early for f in early)
    late = [abs(f.stated - f.true) for f in review.forecasts if not f.early]
    metric = next(m for p in review.card.pillars for m in p.metrics if m.key == "forecast")
    assert metric.value == Say("zh")("metric.off", n=round(sum(late) / len(late)))
    assert all("2" not in f.words(Say("zh")).partition("不评")[2] for f in early)


def test_the_histogram_holds_everybody() -> None:
    found = histogram([-400, -1, 0, 9.9, 10, 99, 100, 250])
    assert dict(found) == {**dict.fromkeys(range(-10, 101, 10), 0), -10: 2, 0: 2, 10: 1, 90: 1, 100: 2}


def test_nowhere_is_needed(tmp_path: Path, office: Ready) -> None:
    """A scenario without par.json is judged by greedy play."""
    assert case_of(office, tmp_path).player.policy == case_of(office, tmp_path / "none").player.policy


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reference_that_was_not_tuned_for_these_rules_is_owned_up_to(office: Ready, language: str) -> None:
    _, judged, _ = reviewed(office, played(office, 3), language)
    say = Say(language)
    assert judged.reference == "tuned" and cautions(judged, say) == []
    assert cautions(replace(judged, reference="old"), say) == [say("debrief.reference.old")]
    assert cautions(replace(judged, reference="none", coarse=True), say) == [say("debrief.coarse"), say("debrief.reference.none")]


def test_a_judge_knows_whether_its_reference_was_tuned_for_these_rules(office: Ready, factory: Ready, tmp_path: Path) -> None:
    assert case_of(office, SCENARIOS / office.name).reference == "tuned"
    assert case_of(office, SCENARIOS / factory.name).reference == "old"
    assert case_of(office, tmp_path).reference == "none"
