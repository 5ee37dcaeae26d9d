"use strict";
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const by = (id) => document.getElementById(id);
const tabs = all('[role="tab"]');
const LEAST = 0.7; // smaller than this, text can no longer be read
const MOST = 4;

// Each panel's picture: what of it is seen, and how its boxes hang together.
class Stage {
  constructor(panel) {
    this.svg = panel.querySelector("svg");
    const [, , width, height] = this.svg.getAttribute("viewBox").split(" ").map(Number);
    this.size = { width, height };
    this.boxes = new Map(all(".box", this.svg).map((box) => [box.id, box]));
    this.links = all(".link", this.svg);
    this.scale = 0;
  }

  show() {
    const { x, y, scale } = this;
    const { clientWidth, clientHeight } = this.svg;
    this.svg.setAttribute("viewBox", `${x} ${y} ${clientWidth / scale} ${clientHeight / scale}`);
  }

  // Everything if it can still be read, else the left upper corner, moved so that the answer is seen.
  fit(least = LEAST) {
    const { clientWidth, clientHeight } = this.svg;
    const room = clientHeight - 60;
    this.scale = Math.min(1.3, Math.max(least, Math.min(clientWidth / this.size.width, room / this.size.height)));
    const [wide, high] = [clientWidth / this.scale, clientHeight / this.scale];
    const over = (clientHeight - room) / this.scale;
    this.x = Math.min(0, (this.size.width - wide) / 2);
    this.y = Math.min(0, (this.size.height - (high - over)) / 2) - over;
    this.show();
    const answer = this.svg.querySelector(".best");
    if (answer) this.reveal(answer);
  }

  zoom(factor, at) {
    const box = this.svg.getBoundingClientRect();
    const { x, y } = at ?? { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    const scale = Math.min(MOST, Math.max(0.1, this.scale * factor));
    this.x += (x - box.left) * (1 / this.scale - 1 / scale);
    this.y += (y - box.top) * (1 / this.scale - 1 / scale);
    this.scale = scale;
    this.show();
  }

  move(dx, dy) {
    this.x -= dx / this.scale;
    this.y -= dy / this.scale;
    this.show();
  }

  // Move a box into sight.
  reveal(box) {
    const seen = this.svg.getBoundingClientRect();
    const at = box.getBoundingClientRect();
    const off = (low, high, from, to) => (low < from ? from - low : high > to ? Math.max(to - high, from - low) : 0);
    const dx = off(at.left, at.right, seen.left + 20, seen.right - 20);
    const dy = off(at.top, at.bottom, seen.top + 60, seen.bottom - 20);
    if (dx || dy) this.move(dx, dy);
  }

  // Light a box up with all that led to it.
  light(box) {
    all(".on", this.svg).forEach((lit) => lit.classList.remove("on"));
    this.svg.classList.toggle("lit", Boolean(box));
    const waiting = box ? [box.id] : [];
    const seen = new Set(waiting);
    while (waiting.length) {
      const id = waiting.pop();
      this.boxes.get(id).classList.add("on");
      for (const link of this.links.filter((each) => each.dataset.to === id)) {
        link.classList.add("on");
        if (!seen.has(link.dataset.from)) waiting.push(link.dataset.from);
        seen.add(link.dataset.from);
      }
    }
  }

  find(node) {
    return [...this.boxes.values()].find((box) => box.dataset.node === node);
  }

  beside(box, key) {
    const [here, there] = key === "ArrowRight" ? ["from", "to"] : ["to", "from"];
    const link = this.links.find((each) => each.dataset[here] === box.id);
    return link && this.boxes.get(link.dataset[there]);
  }
}

const stages = new Map(tabs.map((tab) => [tab, new Stage(by(tab.getAttribute("aria-controls")))]));
let current = tabs[0];
const stage = () => stages.get(current);

// The address says which tab and which box are open, so that it can be passed on.
function address(node) {
  const words = [`tab=${encodeURIComponent(current.dataset.name)}`];
  if (node) words.push(`node=${encodeURIComponent(node)}`);
  return `#${words.join("&")}`;
}

function choose(tab) {
  current = tab;
  for (const each of tabs) {
    const chosen = each === tab;
    each.setAttribute("aria-selected", String(chosen));
    each.tabIndex = chosen ? 0 : -1;
    by(each.getAttribute("aria-controls")).hidden = !chosen;
    all(`[data-tab="${CSS.escape(each.dataset.name)}"]`).forEach((part) => { part.hidden = !chosen; });
  }
  if (!stage().scale) stage().fit();
  search();
}

function open(node) {
  const about = node && all(".about").find((each) => each.dataset.node === node);
  const box = about && stage().find(node);
  all(".about").forEach((each) => { each.hidden = each !== about; });
  by("overview").hidden = Boolean(about);
  by("back").hidden = !about;
  all(".chosen").forEach((each) => each.classList.remove("chosen"));
  box?.classList.add("chosen");
  if (box) stage().reveal(box);
  stage().light(box);
  document.querySelector("aside").scrollTop = 0;
}

function follow() {
  const words = new URLSearchParams(location.hash.slice(1));
  const tab = tabs.find((each) => each.dataset.name === words.get("tab"));
  const node = words.get("node");
  choose(tab ?? (node && tabs.find((each) => stages.get(each).find(node))) ?? current);
  open(node);
}

function go(node, tab) {
  const has = (each) => stages.get(each).find(node);
  current = tab ?? ((node && !has(current) && tabs.find(has)) || current);
  const to = address(node);
  if (location.hash !== to) history.pushState(null, "", to);
  follow();
}

function search() {
  const wanted = by("search").value.trim().toLowerCase();
  const hits = [...stage().boxes.values()].filter((box) => {
    const hit = wanted && box.textContent.toLowerCase().includes(wanted);
    box.classList.toggle("hit", Boolean(hit));
    return hit;
  });
  const finds = (tab) => [...stages.get(tab).boxes.values()].some((box) => box.textContent.toLowerCase().includes(wanted));
  const others = tabs.filter((tab) => wanted && tab !== current && finds(tab)).map((tab) => tab.firstChild.textContent);
  const more = !hits.length && others.length ? `; look at ${others.join(", ")}` : "";
  by("hits").textContent = wanted ? `${hits.length} found${more}` : "";
  return hits;
}

for (const [index, tab] of tabs.entries()) {
  tab.addEventListener("click", () => go(null, tab));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs[(index + step + tabs.length) % tabs.length];
    next.focus();
    go(null, next);
  });
}

for (const each of stages.values()) {
  const { svg } = each;
  let from = null;
  let moved = 0;
  svg.addEventListener("pointerdown", (event) => { from = event; moved = 0; });
  svg.addEventListener("pointermove", (event) => {
    if (!from) return;
    moved += Math.abs(event.clientX - from.clientX) + Math.abs(event.clientY - from.clientY);
    if (moved > 4 && !svg.hasPointerCapture(event.pointerId)) svg.setPointerCapture(event.pointerId);
    svg.classList.toggle("dragged", moved > 4);
    each.move(event.clientX - from.clientX, event.clientY - from.clientY);
    from = event;
  });
  const release = () => { from = null; svg.classList.remove("dragged"); };
  svg.addEventListener("pointerup", release);
  svg.addEventListener("pointercancel", release);
  svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    each.zoom(Math.exp(-event.deltaY / 400), { x: event.clientX, y: event.clientY });
  }, { passive: false });
  svg.addEventListener("click", (event) => {
    if (moved <= 4 && !event.target.closest(".box")) go(null);
  });
  for (const box of each.boxes.values()) {
    box.addEventListener("click", () => { if (moved <= 4) go(box.dataset.node); });
    box.addEventListener("mouseenter", () => { if (!from) each.light(box); });
    box.addEventListener("mouseleave", () => each.light(svg.querySelector(".chosen")));
    box.addEventListener("focus", () => { each.light(box); each.reveal(box); });
    box.addEventListener("blur", () => each.light(svg.querySelector(".chosen")));
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") go(box.dataset.node);
      else if (event.key === "ArrowRight" || event.key === "ArrowLeft") each.beside(box, event.key)?.focus();
      else return;
      event.preventDefault();
    });
  }
}

document.querySelector("aside").addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#node="]');
  if (!link) return;
  event.preventDefault();
  go(decodeURIComponent(link.hash.slice("#node=".length)));
});
by("nearer").addEventListener("click", () => stage().zoom(1.25));
by("farther").addEventListener("click", () => stage().zoom(0.8));
by("fit").addEventListener("click", () => stage().fit(0.1));
by("back").addEventListener("click", () => go(null));
by("theme").addEventListener("click", () => {
  document.documentElement.dataset.theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
});
by("search").addEventListener("input", search);
by("search").addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  const hits = search();
  const last = hits.findIndex((box) => box.classList.contains("chosen"));
  if (hits.length) go(hits[(last + 1) % hits.length].dataset.node);
});
document.addEventListener("keydown", (event) => {
  if (event.target.matches("input")) {
    if (event.key === "Escape") { event.target.value = ""; search(); event.target.blur(); }
    return;
  }
  const does = {
    "+": () => stage().zoom(1.25), "=": () => stage().zoom(1.25), "-": () => stage().zoom(0.8), 0: () => stage().fit(0.1),
    "/": () => by("search").focus(), Escape: () => go(null),
  }[event.key];
  if (!does || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  does();
});
addEventListener("popstate", follow);
addEventListener("hashchange", follow);
addEventListener("resize", () => stage().show());
addEventListener("beforeprint", () => {
  const { svg, size } = stage();
  stage().light(null);
  svg.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
});
addEventListener("afterprint", () => stage().show());
for (const review of document.querySelectorAll("[data-review-by]")) {
  if (new Date().toISOString().slice(0, 10) > review.dataset.reviewBy) review.textContent = review.dataset.late;
}
document.documentElement.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
follow();
