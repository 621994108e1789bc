// The wall for the projector: where everybody is, what they forecast, how it ended. Without names until somebody wants them.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id), words = JSON.parse(document.body.dataset.words);
  const stages = JSON.parse(document.body.dataset.stages);
  const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  let named = false, state = null;

  function make(tag, kind, text = "") { const box = document.createElement(tag); box.className = kind; box.textContent = text; return box; }
  function label(seat, k) { return named ? seat.name : say("room.team", { n: k + 1 }); }

  function votes(asked) {
    if (!asked) return [];
    const title = document.createElement("h3");
    title.textContent = asked.text;
    const told = document.createElement("p");
    told.textContent = say(asked.open ? "room.votes_open" : "room.votes_closed", { n: asked.n });
    const rows = asked.answers.map((text, k) => {
      const row = document.createElement("div"), bar = document.createElement("span"), words = document.createElement("p");
      row.className = "vote";
      words.textContent = asked.counts ? `${text}  ${asked.counts[k]}` : text;
      bar.style.width = asked.counts && asked.n ? (100 * asked.counts[k]) / asked.n + "%" : "0";
      row.append(words, bar);
      return row;
    });
    return [title, told, ...rows];
  }

  function show(now) {
    $("votes").replaceChildren(...votes(now.poll));
    $("votes").hidden = !now.poll;
    state = now;
    const seats = now.seats.filter((seat) => !seat.out);
    const columns = [...stages, say("room.finished")].map((name, g) => {
      const column = make("div", "column");
      column.append(make("h3", "", name));
      seats.forEach((seat, k) => {
        const at = seat.over ? stages.length : Math.min(seat.stage, stages.length - 1);
        if (at === g) column.append(make("span", "chip" + (seat.over ? " over " + seat.kind : seat.here ? "" : " gone"), label(seat, k)));
      });
      return column;
    });
    $("track").replaceChildren(...columns);
    const dots = seats.map((seat, k) => [seat, k]).filter(([seat]) => seat.forecast !== null).map(([seat, k]) => {
      const dot = make("span", "dot");
      dot.style.left = seat.forecast + "%";
      dot.title = label(seat, k) + " " + seat.forecast + "%";
      return dot;
    });
    $("forecasts").replaceChildren(make("span", "scale"), ...dots, make("small", "low", "0%"), make("small", "high", "100%"));
    const over = seats.map((seat, k) => [seat, k]).filter(([seat]) => seat.over);
    $("done").replaceChildren(...over.map(([seat, k]) => make("span", "chip over " + seat.kind,
      say("room.came_to", { name: label(seat, k), kind: words["kind." + seat.kind], points: seat.points }))));
    $("sign").hidden = !now.paused;
  }

  $("names").addEventListener("click", () => { named = !named; $("names").setAttribute("aria-pressed", String(named)); if (state) show(state); });
  const events = new EventSource("/console/events");
  events.onmessage = (event) => show(JSON.parse(event.data));
})();
