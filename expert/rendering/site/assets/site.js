"use strict";
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const by = (id) => document.getElementById(id);
const root = document.documentElement;

// Everything that can be found, with its words, and with its place in the contents.
const places = new Map(all("nav li:not(.all) a").map((a) => [decodeURIComponent(a.hash.slice(1)), a.parentElement]));
const entries = all("main article, main .levels tbody tr").map((part) => ({ part, place: places.get(part.id), text: part.textContent.toLowerCase() }));
const sections = all("main > section:not(#overview, #picture)");
const folds = all("nav details");

// Say how many parts of a section, or of its contents, are shown; hide it where there are none.
function count(within, parts) {
  const shown = all(parts, within).length;
  within.hidden = !shown;
  within.querySelector(".count").textContent = shown.toLocaleString("en");
}

function search() {
  const words = by("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const { part, place, text } of entries) {
    const hit = words.every((word) => text.includes(word));
    part.hidden = !hit;
    if (place) place.hidden = !hit;
    found += hit;
  }
  const searching = words.length > 0;
  for (const section of sections) count(section, "article:not([hidden]), .levels tbody tr:not([hidden])");
  for (const fold of folds) {
    count(fold, "li:not(.all, [hidden])");
    fold.querySelector(".all").hidden = searching;
    fold.open = searching;
  }
  by("overview").hidden = by("picture").hidden = searching;
  by("nothing").hidden = found > 0;
  by("hits").textContent = searching ? `${found} found` : "";
}

// A link may lead to what the search has hidden.
function follow() {
  const target = location.hash && by(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  if (target.closest("[hidden]")) {
    by("search").value = "";
    search();
  }
  target.scrollIntoView();
}

/** Take light or dark colours; the button says which it takes next. */
function paint(isDark) {
  root.dataset.theme = isDark ? "dark" : "light";
  by("theme").textContent = isDark ? "Light colours" : "Dark colours";
}

by("search").addEventListener("input", search);
by("search").addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  by("search").value = "";
  search();
  by("search").blur();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.matches("input") || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  by("search").focus();
});
const darkness = matchMedia("(prefers-color-scheme: dark)");
paint(darkness.matches);
darkness.addEventListener("change", () => paint(darkness.matches));
by("theme").addEventListener("click", () => paint(root.dataset.theme !== "dark"));
addEventListener("hashchange", follow);
for (const hidden of all("#theme, .search")) hidden.hidden = false;
