// The page of a seat: sends what was pressed, puts in what has changed. No rules and no texts live here.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const stage = $("stage"), sign = $("sign"), note = $("note"), busy = $("busy"), time = $("time"), live = $("live"), poll = $("poll"), team = $("crew"), strip = $("strip");
  const queue = [];
  let version = -1, number = Math.floor(Math.random() * 1e9), working = false, outside = false, held = "", asking = 0, heard = -1;
  // What was said before this seat was taken, or was read in this tab before it was loaded again, is not said again.
  let lastNote = Math.max(Number(document.body.dataset.since), Number(sessionStorage.getItem("note")));
  const scrolled = new Map();

  const KEYS = { " ": "space", Enter: "return", Escape: "escape", ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up",
    ArrowDown: "down", PageDown: "page down", PageUp: "page up", Backspace: "backspace" };
  const name = (key) => KEYS[key] || (/^F\d+$/.test(key) || key.length === 1 ? key.toLowerCase() : "");

  // ---- sending: one at a time, again and again until it was answered
  function send(act) {
    queue.push({ press: "", key: "", text: null, enter: false, outside: false, have: version, ...act, n: ++number });
    work();
  }

  async function work() {
    if (working || !queue.length) return;
    working = true;
    stage.setAttribute("aria-busy", "true");
    const slow = setTimeout(() => { busy.hidden = false; }, 300);
    while (queue.length) {
      const act = { ...queue[0], size: [innerWidth, innerHeight - strip.offsetHeight] };
      const answer = await post(act);
      if (answer === null) { lost(true); await new Promise((done) => setTimeout(done, 1000)); continue; }
      lost(false);
      queue.shift();
      apply(answer);
    }
    clearTimeout(slow);
    busy.hidden = true;
    stage.setAttribute("aria-busy", "false");
    working = false;
    // What changed while an answer was awaited may have missed that answer.
    const behind = heard >= 0 && heard !== version;
    heard = -1;
    if (behind) send({});
  }

  // The room cannot be reached: said as long as it lasts; what was pressed is sent once it is there again.
  const working_ = busy.textContent;
  function lost(so) {
    busy.textContent = so ? document.body.dataset.lost : working_;
    if (so) busy.hidden = false;
  }

  async function post(act) {
    try {
      const answer = await fetch("/act", { method: "POST", body: JSON.stringify(act),
        headers: { "content-type": "application/json", "x-room": "1" }, credentials: "same-origin" });
      if (answer.status === 401) { location.href = "/?gone=1"; return null; }
      if (answer.status === 400) { queue.shift(); return null; }
      return answer.ok ? await answer.json() : null;
    } catch { return null; }
  }

  // ---- putting in what has changed
  function apply(page) {
    for (const box of stage.querySelectorAll(".sc")) scrolled.set(box.dataset.id, box.scrollTop);
    const had = document.activeElement && stage.contains(document.activeElement) ? document.activeElement.id : "";
    const mould = document.createElement("template");
    mould.innerHTML = page.html.join("");
    if (page.whole) stage.replaceChildren(mould.content);
    else {
      const old = [...stage.childNodes].slice(page.from, page.to), next = stage.childNodes[page.to] || null;
      for (const node of old) node.remove();
      stage.insertBefore(mould.content, next);
    }
    for (const box of stage.querySelectorAll(".sc")) box.scrollTop = scrolled.get(box.dataset.id) || 0;
    version = page.v; outside = page.outside;
    document.documentElement.dataset.theme = page.theme;
    document.documentElement.lang = page.lang;
    live.textContent = page.said || "";
    signs(page);
    if (page.told) { told(page.told); }
    focus(had, page.focus);
  }

  function focus(had, wanted) {
    if (document.activeElement && document.activeElement !== document.body && stage.contains(document.activeElement)) return;
    const reachable = (id) => { const box = id && $(id); return box && !box.disabled && !box.closest("[inert]") ? box : null; };
    const box = reachable(had) || reachable(wanted);
    if (box && box.tagName !== "INPUT") box.focus({ preventScroll: false });
  }

  function signs(state) {
    const tall = strip.offsetHeight;
    held = state.held;
    ask(state.poll);
    together(state.team);
    sign.hidden = !held;
    sign.firstElementChild.textContent = held;
    stage.inert = Boolean(held);
    const gate = $("waits");
    gate.hidden = !state.waits;
    gate.textContent = state.waits || "";
    time.hidden = state.left === null;
    time.textContent = state.left === null ? "" : `${Math.floor(state.left / 60)}:${String(state.left % 60).padStart(2, "0")}`;
    // The game is laid out above what stands at the foot.
    if (strip.offsetHeight !== tall) setTimeout(() => send({}), 0);
  }

  // What a team proposes, below everything: the captain sees it before deciding.
  function together(state) {
    team.hidden = !state;
    document.body.classList.toggle("together", Boolean(state));
    if (!state) return;
    team.querySelector("b").textContent = state.part;
    team.querySelector("span").textContent = state.missing;
    team.querySelector("ul").replaceChildren(...state.proposed.map((one) => {
      const item = document.createElement("li"), who = document.createElement("strong");
      who.textContent = one.who;
      item.append(who, " " + one.what);
      return item;
    }));
  }

  let saying = 0;
  function told(text) {
    const box = team.querySelector("em");
    box.textContent = text;
    clearTimeout(saying);
    saying = setTimeout(() => { box.textContent = ""; }, 8000);
  }

  // A question from the trainer stands over everything until it was answered.
  function ask(asked) {
    const wanted = asked && asked.mine === null ? asked.number : 0;
    if (wanted === asking) return;
    asking = wanted;
    poll.hidden = !wanted;
    if (!wanted) return;
    const title = document.createElement("h2");
    title.textContent = asked.text;
    const answers = asked.answers.map((text, k) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      button.addEventListener("click", () => vote(asked.number, k));
      return button;
    });
    poll.firstElementChild.replaceChildren(title, ...answers);
    answers[0].focus();
  }

  async function vote(number, answer) {
    poll.hidden = true;
    try {
      const told = await fetch("/vote", { method: "POST", body: JSON.stringify({ number, answer }),
        headers: { "content-type": "application/json", "x-room": "1" }, credentials: "same-origin" });
      if (!told.ok) throw new Error();
      note.firstElementChild.textContent = document.body.dataset.voted;
      note.hidden = false;
      setTimeout(() => { note.hidden = true; }, 3000);
    } catch { poll.hidden = false; }
  }

  // ---- pressing
  stage.addEventListener("click", (event) => {
    const box = event.target.closest("button");
    if (box) send({ press: box.id });
    else if (event.target.classList.contains("veil") && outside) send({ outside: true });
  });
  stage.addEventListener("change", (event) => { if (event.target.tagName === "INPUT") send({ text: event.target.value }); });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || held || !poll.hidden) return;
    const key = name(event.key), at = document.activeElement;
    if (at && at.tagName === "INPUT") {
      if (key === "return") { send({ text: at.value, enter: true }); event.preventDefault(); }
      if (key === "escape") at.blur();
      return;
    }
    if (!key) return;
    const claimed = [...stage.querySelectorAll("button[data-keys]")].filter((box) => !box.disabled && !box.closest("[inert]"))
      .find((box) => box.dataset.keys.split("|").includes(key));
    if (claimed) { if (!event.repeat) send({ press: claimed.id }); event.preventDefault(); return; }
    if ((key === "return" || key === "space") && at && at.tagName === "BUTTON") return;
    if (key in { left: 1, right: 1, up: 1, down: 1 }) { toward(key, at); event.preventDefault(); return; }
    if (key.startsWith("page ")) { scroll(key === "page down" ? 1 : -1); event.preventDefault(); return; }
    if (event.repeat || /^f(1|[4-9]|1[0-2])$/.test(key)) return;
    if (key === "space" || key === "f3") event.preventDefault();
    send({ key });
  });

  function middle(box) { const r = box.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }

  function toward(key, at) {
    const [dx, dy] = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] }[key];
    const boxes = [...stage.querySelectorAll("button:not(:disabled), input")].filter((box) => !box.closest("[inert]"));
    if (!at || !stage.contains(at)) { if (boxes[0]) boxes[0].focus(); return; }
    const [x, y] = middle(at);
    let best = null, score = Infinity;
    for (const box of boxes) {
      const [bx, by] = middle(box), along = (bx - x) * dx + (by - y) * dy, across = Math.abs((bx - x) * dy) + Math.abs((by - y) * dx);
      if (box !== at && along > 0 && along + 3 * across < score) { best = box; score = along + 3 * across; }
    }
    if (best) best.focus();
  }

  function scroll(way) {
    const at = document.activeElement, boxes = [...stage.querySelectorAll(".sc")].filter((box) => !box.closest("[inert]"));
    const box = (at && at.closest && at.closest(".sc")) || boxes.sort((a, b) => b.clientHeight * b.clientWidth - a.clientHeight * a.clientWidth)[0];
    if (box) box.scrollBy({ top: way * box.clientHeight * 0.75 });
  }

  // ---- what comes from the room
  function listen() {
    const events = new EventSource("/events?after=" + lastNote);
    events.onmessage = (event) => {
      const state = JSON.parse(event.data);
      if (state.gone) { events.close(); location.href = "/?gone=1"; return; }
      signs(state);
      for (const [id, text] of state.notes) { lastNote = id; note.firstElementChild.textContent = text; note.hidden = false; }
      if (working) heard = state.v; else if (state.v !== version) send({});
    };
    events.onopen = () => { if (!queue.length) { lost(false); busy.hidden = true; } };
    events.onerror = () => { lost(true); if (events.readyState === EventSource.CLOSED) setTimeout(listen, 2000); };
  }
  note.querySelector("button").addEventListener("click", () => { note.hidden = true; sessionStorage.setItem("note", lastNote); });
  let resizing = 0;
  addEventListener("resize", () => { clearTimeout(resizing); resizing = setTimeout(() => send({}), 150); });
  addEventListener("online", work);
  send({});
  listen();
})();
