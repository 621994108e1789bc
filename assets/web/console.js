// The trainer's console: shows the room as it stands, sends what is asked of it.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id), words = roomWords, say = roomSay;
  const stages = JSON.parse(document.body.dataset.stages);
  let state = null;

  async function order(act) {
    const answer = await send(act);
    if (!answer) { $("news").textContent = say("room.no_server"); return { ok: false }; }
    if (answer.status === 403) { $("news").textContent = say("room.console_gone"); return { ok: false }; }
    const told = answer.ok ? await answer.json() : { ok: false };
    $("news").textContent = told.ok ? "" : say("room.not_done");
    // What was asked for shows at once: whoever presses twice presses what stands there now.
    if (told.state) show(told.state);
    return told;
  }

  const send = (act) => fetch("/console/do", { method: "POST", body: JSON.stringify(act),
    headers: { "content-type": "application/json", "x-room": "1" }, credentials: "same-origin" }).catch(() => null);


  function press(text, act, label) {
    const button = document.createElement("button");
    button.type = "button"; button.textContent = text; button.setAttribute("aria-label", label || text);
    button.addEventListener("click", act);
    return button;
  }

  // A link for somebody whose browser is lost: a seat's own, or a mate's in a team.
  async function wayBack(seat, number, name) {
    if (!confirm(say("room.back_sure", { name }))) return;
    const told = await order({ do: "browser", seat, number });
    if (!told.ok) return;
    const box = $("link");
    box.querySelector("p").textContent = say("room.back_link", { name });
    box.querySelector("input").value = told.answer.link;
    box.querySelector("div").innerHTML = told.answer.qr;
    box.showModal();
    box.querySelector("input").select();
  }

  function since(seconds) {
    if (seconds < 60) return say("room.seconds", { n: seconds });
    return say("room.minutes", { n: Math.floor(seconds / 60) });
  }

  // A row is made once and filled again and again: what is being pressed must not be taken away under the finger.
  const rows = new Map();

  function row(seat, number) {
    const made = [seat.out, seat.name, seat.captain, seat.mates].join();
    let known = rows.get(seat.id);
    if (!known || known.made !== made) {
      const tr = document.createElement("tr"), name = document.createElement("th"), label = document.createElement("span"), sign = document.createElement("small");
      name.scope = "row";
      name.append(label, " ", sign);
      if (seat.captain) name.append(crew(seat));
      const cells = [0, 1, 2, 3, 4, 5].map(() => document.createElement("td"));
      tr.append(name, ...cells, actions(seat));
      known = { made, tr, label, sign, cells };
      rows.set(seat.id, known);
    }
    fill(known, seat, number);
    return known.tr;
  }

  function fill({ tr, label, sign, cells }, seat, number) {
    const away = !seat.here && !seat.over;
    tr.className = seat.out ? "out" : away ? "gone" : "";
    label.textContent = number ? say("room.team", { n: number }) + " · " + seat.name : seat.name;
    sign.textContent = seat.out ? say("room.is_out") : away ? say("room.is_gone") : "";
    const where = seat.over ? say("room.is_over", { kind: words["kind." + seat.kind] }) : stages[seat.stage] || "";
    const idle = seat.waits ? say("room.at_gate") : seat.over ? "" : since(seat.idle);
    [where, seat.week, seat.decisions, idle, seat.forecast === null ? "–" : seat.forecast + "%", seat.points === null ? "" : seat.points]
      .forEach((text, k) => { cells[k].textContent = text; });
    cells[3].className = seat.waits ? "good" : seat.idle > 300 && !seat.over ? "warn" : "";
  }

  function crew(seat) {
    const box = document.createElement("p");
    box.className = "crew";
    box.append(say("room.captain", { name: seat.captain }));
    for (const [id, mate] of seat.mates) box.append(" · ", press(mate, () => wayBack(seat.id, id, mate), say("room.back") + " " + mate),
      press("×", () => { if (confirm(say("room.take_mate", { name: mate }) + "?")) order({ do: "out", seat: seat.id, number: id }); }, say("room.take_mate", { name: mate })));
    return box;
  }

  function actions(seat) {
    const td = document.createElement("td"), look = document.createElement("a");
    look.href = "/look/" + seat.id; look.target = "_blank"; look.textContent = say("room.look");
    look.setAttribute("aria-label", say("room.look") + " " + seat.name);
    td.append(look, " ", press(say("room.say_one"), async () => {
      const text = prompt(say("room.say_to", { name: seat.name }));
      if (text && (await order({ do: "say", seat: seat.id, text })).ok) $("news").textContent = say("room.said_to", { text, name: seat.name });
    }, say("room.say_to", { name: seat.name })), " ",
      press(say("room.back"), () => wayBack(seat.id, 0, seat.captain || seat.name), say("room.back") + " " + seat.name), " ",
      press(say(seat.out ? "room.let_in" : "room.take_out"), () => order({ do: seat.out ? "in" : "out", seat: seat.id }),
        say(seat.out ? "room.let_in" : "room.take_out") + " " + seat.name));
    return td;
  }

  function show(now) {
    $("votes").replaceChildren(...roomVotes(now.poll));
    $("ask_close").disabled = !now.poll || !now.poll.open;
    state = now;
    showSlide(now);
    showInjects(now);
    let number = 0;
    const body = $("seats"), trs = now.seats.map((seat) => row(seat, seat.out ? 0 : ++number));
    if (trs.length !== body.children.length || trs.some((tr, k) => body.children[k] !== tr)) body.replaceChildren(...trs);
    const open = now.seats.filter((seat) => !seat.out);
    $("count").textContent = say("room.count_of", { n: open.length, here: open.filter((seat) => seat.here).length, waits: open.filter((seat) => seat.waits).length, over: open.filter((seat) => seat.over).length });
    $("door").textContent = say(now.closed ? "room.open" : "room.shut");
    $("lost").textContent = now.lost.length ? say("room.lost_deals", { names: now.lost.join(", ") }) : "";
    $("cancel").hidden = now.left === null;
    $("clear").hidden = !now.poll;
    $("none").hidden = now.seats.length > 0;
    $("pause").textContent = say(now.paused ? "room.resume" : "room.pause");
    $("hold").value = String(now.last_stage);
    $("left").textContent = now.left === null ? "" : say("room.left", { time: Math.floor(now.left / 60) + ":" + String(now.left % 60).padStart(2, "0") });
    $("report").hidden = !now.report;
    $("make").textContent = now.reporting ? words[now.reporting] : say("room.report_make_n", { judged: now.judged, over: now.over });
  }

  // Whom an inject may reach; the choice stays while people come and go.
  function showInjects(now) {
    const at = $("inject_at");
    if (!at) return;
    const before = at.value, open = now.seats.filter((seat) => !seat.out && !seat.over);
    const all = at.firstElementChild;
    const names = open.map((seat) => seat.id + seat.name).join();
    if (names === at.dataset.names) return;
    at.dataset.names = names;
    at.replaceChildren(all, ...open.map((seat) => new Option(seat.name, seat.id)));
    at.value = open.some((seat) => String(seat.id) === before) ? before : "0";
  }

  for (const box of document.querySelectorAll("[data-inject]")) box.addEventListener("click", async () => {
    const at = $("inject_at");
    if (!confirm(say("room.inject_sure", { what: box.textContent, who: at.selectedOptions[0].textContent }))) return;
    const told = await order({ do: "inject", text: box.dataset.inject, seat: Number(at.value) });
    if (told.ok) $("injected").textContent = say("room.injected", { what: box.textContent, n: told.answer[0], of: told.answer[1] });
  });

  function showSlide(now) {
    for (const box of document.querySelectorAll("[data-slide]")) box.setAttribute("aria-pressed", String(box.dataset.slide === now.slide));
    $("cue").textContent = words["slide." + now.slide + ".cue"] || "";
    const steps = ["gates", "award", "keys", "questions"].includes(now.slide);
    $("earlier").hidden = $("further").hidden = $("step").hidden = !steps;
    $("step").textContent = now.slide === "gates" ? "P" + now.step : now.slide === "award" ? now.step : now.step + 1;
    $("further").disabled = now.step >= now.last_step;
  }

  for (const box of document.querySelectorAll("[data-slide]")) box.addEventListener("click", () => order({ do: "slide", text: box.dataset.slide }));
  $("further").addEventListener("click", () => order({ do: "slide", text: state.slide, number: state.step + 1 }));
  $("earlier").addEventListener("click", () => order({ do: "slide", text: state.slide, number: Math.max(0, state.step - 1) }));
  $("pause").addEventListener("click", () => order({ do: state && state.paused ? "resume" : "pause" }));
  $("hold").addEventListener("change", (event) => order({ do: "hold", number: Number(event.target.value) }));
  $("minutes").addEventListener("change", (event) => { const n = Number(event.target.value); if (n) order({ do: "count", number: n }); event.target.value = "0"; });
  $("door").addEventListener("click", () => order({ do: state && state.closed ? "open" : "shut" }));
  $("cancel").addEventListener("click", () => order({ do: "count", number: 0 }));
  $("clear").addEventListener("click", () => order({ do: "clear" }));
  $("make").addEventListener("click", () => order({ do: "report" }));
  $("say").addEventListener("submit", async (event) => {
    event.preventDefault();
    const field = event.target.elements.text;
    const text = field.value.trim();
    if (text && (await order({ do: "say", text })).ok) { field.value = ""; $("news").textContent = say("room.said", { text }); }
  });
  $("poll").querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    if ((await order({ do: "ask", text: $("ask").value })).ok) $("ask").value = "";
  });
  $("ask_close").addEventListener("click", () => order({ do: "close" }));
  const events = new EventSource("/console/events");
  events.onmessage = (event) => { if ($("news").dataset.lost) { $("news").textContent = $("news").dataset.lost = ""; } show(JSON.parse(event.data)); };
  events.onerror = () => { $("news").dataset.lost = "1"; $("news").textContent = say(events.readyState === EventSource.CLOSED ? "room.console_gone" : "room.no_server"); };
})();
