// The wall for the projector: where everybody is, what they forecast, how it ended. Without names until somebody wants them.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id), words = roomWords, say = roomSay;
  const stages = JSON.parse(document.body.dataset.stages);
  let named = false, state = null;

  const clock = (left) => Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
  function make(tag, kind, text = "") { const box = document.createElement(tag); box.className = kind; box.textContent = text; return box; }
  function label(seat, k) { return named ? seat.name : say("room.team", { n: k + 1 }); }

  // A slide is fetched when another one is asked for, when it is opened further, and when another deal has been judged.
  let slide = "";
  async function showSlide(now) {
    $("live").hidden = now.slide !== "live";
    document.body.classList.toggle("sliding", now.slide !== "live");
    if (now.slide === "live") { $("slide").hidden = true; slide = ""; return; }
    const wanted = [now.slide, now.step, now.judged, now.over, named].join();
    if (wanted === slide) return;
    slide = wanted;
    const answer = await fetch("/wall/slide?named=" + (named ? 1 : 0), { credentials: "same-origin" });
    if (!answer.ok) { slide = ""; return; }
    $("slide").innerHTML = await answer.text();
    $("slide").hidden = false;
    const at = $("slide").querySelector(".now");
    if (at) at.scrollIntoView({ block: "center" });
  }

  function show(now) {
    showSlide(now);
    $("votes").replaceChildren(...roomVotes(now.poll));
    // A question has the wall to itself.
    $("votes").hidden = !now.poll;
    $("track").hidden = $("dots").hidden = Boolean(now.poll);
    state = now;
    const seats = now.seats.filter((seat) => !seat.out);
    const columns = [...stages, say("room.finished")].map((name, g) => {
      const column = make("div", "column");
      column.append(make("h3", "", name));
      seats.forEach((seat, k) => {
        const at = seat.over ? stages.length : Math.min(seat.stage, stages.length - 1);
        if (at === g) column.append(make("span", "chip" + (seat.over ? " over" : seat.here ? "" : " gone") + (seat.waits ? " waits" : ""), label(seat, k)));
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
    $("sign").hidden = !now.paused;
    $("sign").firstElementChild.textContent = say(now.timed ? "room.time_up" : "room.paused");
    $("left").textContent = now.left === null ? "" : clock(now.left);
    $("arrived").textContent = now.last_stage >= 0 ? say("room.arrived", { n: seats.filter((seat) => seat.waits || seat.over).length, of: seats.length }) : "";
  }

  $("names").addEventListener("click", () => { named = !named; $("names").setAttribute("aria-pressed", String(named)); if (state) show(state); });
  const events = new EventSource("/console/events");
  const gone = $("gone");
  events.onmessage = (event) => { gone.hidden = true; show(JSON.parse(event.data)); };
  events.onerror = () => { gone.hidden = false; };
})();
