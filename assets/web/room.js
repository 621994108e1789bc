// What the console and the wall share: texts, and how a question's votes are shown.
"use strict";
const roomWords = JSON.parse(document.body.dataset.words);
const roomSay = (key, values = {}) => roomWords[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

function roomVotes(asked) {
  if (!asked) return [];
  const title = document.createElement("h3");
  title.textContent = asked.text;
  const told = document.createElement("p");
  told.textContent = roomSay(asked.open ? "room.votes_open" : "room.votes_closed", { n: asked.n });
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
