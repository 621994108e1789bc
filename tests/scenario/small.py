"""A small deal in which every section of the language stands, with a file it uses, a translation and the deal it goes on from."""

from __future__ import annotations

from pathlib import Path

SCENARIO = """\
format: 2
title: 小单
language: zh
market: solution
summary: 一张小单
brief: 三周之内拿下来
minutes: [5, 10]
size: S
use: [library/part]
deal: {value: 900, unit: 元, budget: 60, weeks: 10, fronts: 2, best: 500, alternative: 3, pass: 50}
rules:
  repeat: 10
  recover: 5
  tire: 3
  rest: 6
  rapport_fade: 3%
  knot_fade: 5%
  influence: 20%
  lure: 3%
  anchor: 10%
  cut: [5, 95]
  debt: 4
  wait: 2
  spread: 15
  withdraw: week >= 2
  carry: 2
  foresee: 1
  mastery: 5
  comparison: 2
  overpromise: 1
  aftersales: 150
stages:
  P0: {name: 找, milestone: 20%}
  P1: {name: 谈, milestone: 60%, about: 坐下来谈}
team:
  ae: {name: 甲, role: account, about: 跑客户, good_at: {visit: 5, boss: -3}}
  se: {name: 乙, role: solution, level: middle, uses: 4, away: [[2, 3]]}
people:
  boss: {name: 王总, title: 总经理, level: top, function: general, roles: [decider, user], power: 8,
    stance: {-1: 40%, 0: 35%, 1: 25%}, honest: 80%, wins: {business: 省钱, personal: 清闲}, hears: {clerk: 0.5}}
  clerk: {name: 小李, title: 科员, level: staff, function: purchasing, roles: coach, stance: 1, met: true, rapport: 20,
    reports_to: boss, wins: 少填表, about: 话多}
  heir: {name: 小王, title: 副总, level: middle, function: finance, stance: 0, here: false, found: false}
meters:
  need: {name: 需求, start: 10, fade: 5%, about: 有多想要}
  price: {name: 价位, start: {40: 50%, 60: 50%}, seen: {by: [tight]}, range: [0, 100]}
  boxes: {name: 箱数, whole: true, range: [0, 12], start: 3, to: 2}
gauges:
  need: {name: 需求, value: 0.5 * need + 3 * boxes}
  rivals: {name: 竞争, value: 0.3 * coverage - 2 * debt}
facts:
  tight: {text: 预算紧, element: need, swot: threat, prior: 40%, claimed_by: [clerk, boss], sure: 70%, question: 钱够吗？}
  fond: {text: 老板喜欢我们, element: decision, swot: strength, prior: 55.5%, counts: 6}
actions:
  visit:
    name: 拜访
    about: 上门坐坐
    stage: [P0, P1]
    by: [account, se]
    with: {level: [top, staff], function: [general, purchasing], role: [decider, coach], found: true}
    cost: {weeks: 1, money: 4}
    when: target.rapport < 90 and not (need > 95)
    phase: [aware, decide]
    chance: 50 + 0.4 * target.rapport - 10 * phase_gap
    cut: [10, 90]
    times: 3
    family: visit
    tags: [business/customer management]
    coach: 先听后说
    outcomes:
      success: {target.stance: 0.5, target.met: "=1", target.rapport: +12, knot: 20, asks: true, reads: 70%,
        say: [谈得好, 又谈得好]}
      cold: {share: 40%, target.rapport: -5, said: cold_word}
      failure: {debt: 1, claims: {tight: 60%}, say: 没谈成}
  ask:
    name: 打听
    stage: P0
    by: ae
    with: [boss, clerk]
    times: 2
    cost: {weeks: 0}
    outcomes: {success: {verifies: tight, reads: {boss: 80%}, reveals: {rich: 75%}, finds: heir, checks: true}}
  bid:
    name: 报价
    stage: [P0, P1]
    by: se
    family: proposal
    breach: true
    outcomes: {success: {said: bid, price: "=50", need: 5 + 0.1 * need, promises: soon, money: 3, boxes: -1, target_price: 0}}
strategies:
  low: {name: 低价, kind: position, chances: {visit: 5, negotiation: -4}}
  cards: {name: 借力, about: 借老板的力, pair: [tight, fond], when: week <= 4, chances: {proposal: 6}}
bones:
  frozen: {name: 冻结, about: 预算冻结}
start:
  stage: P0
  phase: aware
  then: {need: 3, said: old_word}
  after: {before: {won: {stage: P1, phase: weigh, then: {need: "=20", boss.met: 1}}}}
events:
  rain: {text: 下雨, when: week >= 2, chance: 20 + 5 * week - 3 * bone.frozen, prevented_by: [said.bid, need >= 80], times: 2,
    branches: {wet: {share: 50%, need: -3, say: 湿了}, flood: {debt: 2, arrives: heir, leaves: clerk}}}
  rumour: {text: 传言, chance: 10, hidden: true, branches: {bad: {boss.stance: -0.3}}}
injects:
  storm: {text: 台风, about: 看谁先打电话, when: week >= 2, branches: {hit: {need: -2, say: 停电两天}}}
rivals:
  rich:
    name: 富家
    about: 有钱
    style: price
    scores: {cost: {50: 40%, 70: 60%}, trust: 55}
    net: {boss: {20: 50%, 50: 50%}, clerk: 10}
    bid: week >= 1
    moves:
      dine: {name: 请客, weight: 40 + 0.2 * need, when: week >= 1, aim: 10 * target.power, weeks: 2, chance: 60,
        outcomes: {success: {knot: 15, target.stance: -0.2, say: 请了客}, failure: {}}}
      cut: {name: 降价, hidden: true, outcomes: {success: {rich.cost: 4}}}
  old: {name: 老家, style: relationship, scores: {cost: 40, trust: {60: 100%}}}
scenes:
  talk:
    title: 问一句
    who: boss
    place: office
    text: 老板抬起头
    lines: [“行不行？”, “说话。”]
    stake: 一句话
    when: need >= 5 and boss.met
    chance: 40 + 0.2 * need
    limit: 2
    answers:
      yes:
        say: “行。”
        chance: 50 + 0.1 * need
        outcomes: {success: {need: 4, boss.stance: 0.3, say: 好}, failure: {debt: 1}}
        coach: 有话直说
      no: {say: “不行。”, when: week >= 1, breach: true, outcomes: {told: {need: -4, opens: walk}}}
      wait: {say: “再看看。”, outcomes: {told: {boss.rapport: 2}}}
    lapse: {need: -6, say: 没吭声}
    tags: [business/process]
  walk:
    title: 走人
    who: rich
    text: 门开了
    lines: “走？”
    answers: {go: {say: 走, outcomes: {told: {said: gone}}}, stay: {say: 留, outcomes: {told: {need: 1}}}}
moments:
  met: {title: 见面了, who: boss, place: office, when: boss.met, text: 他站起来握手, lines: [“坐。”, “说吧。”]}
buyer:
  phases:
    aware: {name: 知道, chance: 15 + 0.2 * need, when: week >= 1, weeks: [1, 2],
      work: {owner: {text: 有人认账, when: boss.met, weeks: 2}},
      speeds: {hurry: {text: 着急, when: need >= 30, weeks: 1}}, holds: {doubt: {text: 犯嘀咕, when: debt >= 3, weeks: 1}}}
    weigh: {name: 比较, chance: 25 + issue.pay, enter: {need: 2}}
    decide: {name: 决定, chance: 0}
  steps:
    open: {name: 立项, when: phase >= aware}
    close: {name: 评标, when: phase >= weigh and said.bid, enter: {boxes: 1}}
procurement: {kind: private, issue: weigh, weeks: 2, judging: 1}
says:
  purse: {by: boss, at: weigh, text: 出不出钱, chance: 40 + 10 * boss.stance,
    outcomes: {carry: {need: 3, say: 出。}, bend: {share: 60%, price: -2}, stop: {need: -7, say: 不出。}}}
routes:
  straight: {text: 直来直去, wins: 10%, endings: won, order: {P0: [visit.boss, ask], P1: [bid, trade_pay]}, answers: {talk: yes}}
course: {order: {P0: [visit]}, answers: {talk: no}, steps: [visit.clerk]}
gates:
  P0:
    - {id: met, text: 见过老板, when: boss.met, must: true}
    - {id: rich, text: 知道预算, when: knows.tight or refuted.tight, weight: 2}
  P1: [{id: won, text: 中标, when: won and conceded >= 5, must: true}]
false_claims:
  P1: {debt: 5, say: 谎称}
award:
  at: decide
  bid: said.bid
  criteria:
    cost: {name: 价格, weight: 60, us: 130 - price, none: 20}
    trust: {name: 信任, weight: 40, us: 60 + 0.5 * coverage, none: 40}
  stance: 12
  net: 8
  extra: 2 - 0.5 * debt
  none: 5 - criterion.cost
  none_name: 都不选
  spread: 9
epilogue:
  boss_glad: {who: boss, when: won and boss.stance >= 0, text: 老板高兴}
  boss_sad: {who: boss, when: lost or need <= 90, text: 老板走了}
negotiation:
  stage: P1
  by: account
  when: won
  patience: 4
  who: boss
  opens: 坐下谈
  issues:
    pay: {name: 付款, levels: 2, cost: 20, gets: 8, worth: {10: 50%, 30: 50%}, give: 让付款, trade: 换付款,
      asks: “晚点付。”, on_give: “好。”, on_trade: “行。”, on_refuse: “不行。”}
    time: {name: 工期, cost: 5, worth: 12.5, substance: false, give: 让工期, trade: 换工期}
  give: {patience: 1, say: 让了}
  trade_chance: 50 + 0.2 * boss.rapport
  traded: {say: 换了}
  refused: {patience: -1, say: 不换}
promises:
  soon: {text: 尽快交货, test: week >= 3, chance: 60, kept: {boss.rapport: 5}, broken: {debt: 3, say: 食言}}
endings:
  won: {kind: won, reason: 赢了, text: 签了, when: won and conceded >= 5, payoff: 400 - conceded - spent + their_gain}
  lost: {kind: lost, reason: 输了, text: 没签, when: lost, payoff: freed - spent}
  quit: {kind: withdrawn, reason: 撤了, text: 撤了, when: withdrawn, payoff: freed - spent - 10}
  out: {kind: undecided, reason: 没下文, text: 没了, payoff: 0 - spent - 5 * oversold, last: true}
coaching:
  slow: {when: week >= 3 and not said.bid, text: 该报价了}
debrief:
  weights: {relationships: 20, control: 30, decisions: 50}
  questions: {why: {text: 为什么？}}
"""
PART = """\
coaching:
  early: {when: week <= 1, text: 别急}
meters:
  need: {name: 需要, range: [0, 100], start: 5}
"""
BEFORE = "endings: {won: {kind: won}, lost: {kind: lost}}\n"
ENGLISH = (
    "title: Small deal\nactions.visit.name: Call\nactions.visit.outcomes.success.say: [Good, Good again]\nsummary: A small deal\n"
)
SCENARIO = SCENARIO.replace(", target_price: 0", "")


def write(shelf: Path, text: str = SCENARIO, part: str = PART, english: str = ENGLISH) -> Path:
    """The deal on a shelf of its own, with these texts instead; its folder."""
    files = {"small/scenario.yaml": text, "library/part.yaml": part, "small/en.yaml": english, "before/scenario.yaml": BEFORE}
    for name, content in files.items():
        path = shelf / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8", "surrogatepass"))
    return shelf / "small"
