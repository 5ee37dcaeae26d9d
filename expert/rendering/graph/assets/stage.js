"use strict";
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const by = (id) => document.getElementById(id);
const narrow = matchMedia("(max-width: 60rem)");
const MOST = 4;
const LEGIBLE = 0.5; // Below, letters would be specks: the picture is a map of boxes, to be seen close up.
const LINE = 16; // From one name to the next: browsers do not agree on how high a text is.
const PAPER = { width: 850, height: 600, legible: 0.35, line: 15 }; // A landscape page, where letters can be smaller.
const ROOM = 12; // Between a box and its name beside a map, and between that and the edge.

// A picture: what of it is seen, and how its boxes hang together.
class Stage {
  constructor(svg) {
    this.svg = svg;
    const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    this.size = { width, height };
    svg.style.aspectRatio = width / height;
    this.boxes = new Map(all(".box", svg).map((box) => [box.id, box]));
    this.links = all(".link", svg);
    this.scale = 0;
    this.landmarks = [...all(".box.candidate", svg), ...all(".box.given", svg)].map(landmark);
    svg.lastElementChild.append(...this.landmarks); // above all boxes
  }

  show() {
    const { x, y, scale } = this;
    const { clientWidth, clientHeight } = this.svg;
    this.svg.setAttribute("viewBox", `${x} ${y} ${clientWidth / scale} ${clientHeight / scale}`);
    this.svg.style.setProperty("--scale", scale);
    this.svg.classList.toggle("map", this.isMap);
    if (this.isMap) this.name();
    by("hint").textContent = this.isMap ? "Too small to read: choose a box, or zoom in." : "";
  }

  // On a map, name candidates, then the facts that weigh most, beside it where there is room; no name over another.
  name() {
    this.landmarks.forEach((each) => each.removeAttribute("hidden"));
    const places = () => this.landmarks.map((each) => each.getBoundingClientRect());
    const widths = (those) => places().filter((_, index) => this.landmarks[index].matches(those)).map(({ width }) => width);
    const [left, right] = [":not(.of-candidate)", ".of-candidate"].map((those) => Math.max(0, ...widths(those)) + ROOM);
    this.beside = left + right;
    const isRoomy = this.beside < this.svg.clientWidth - this.size.width * this.scale + 1;
    this.svg.classList.toggle("roomy", isRoomy);
    this.aside = isRoomy ? (left - right) / 2 : 0;
    const named = [];
    for (const [index, place] of places().entries()) {
      const isOver = ({ left, right, top, bottom }) => {
        return place.left < right && left < place.right && Math.abs(place.top + place.bottom - top - bottom) < 2 * LINE;
      };
      const covers = named.some(isOver);
      this.landmarks[index].toggleAttribute("hidden", covers);
      if (!covers) named.push(place);
    }
  }

  // How large all of it can be shown.
  get fitting() {
    const { clientWidth, clientHeight } = this.svg;
    return Math.min(1.3, clientWidth / this.size.width, clientHeight / this.size.height);
  }

  // All of it, in the middle; on a map with the names beside it, if that takes little room.
  fit() {
    const { clientWidth } = this.svg;
    this.scale = this.fitting;
    this.fitted = true;
    this.centre(0);
    if (!this.isMap) return;
    const smaller = (clientWidth - this.beside) / this.size.width;
    if (smaller > 0.7 * this.scale) this.scale = Math.min(this.scale, smaller);
    this.centre(0);
    this.centre(this.aside);
  }

  centre(aside) {
    const { clientWidth, clientHeight } = this.svg;
    this.x = (this.size.width - clientWidth / this.scale) / 2 - aside / this.scale;
    this.y = (this.size.height - clientHeight / this.scale) / 2;
    this.show();
  }

  get isMap() {
    return this.scale < LEGIBLE;
  }

  // All of it, on paper; of a map, the names beside it that have a line of their own.
  all() {
    const { width, height } = this.size;
    const scale = Math.min(1, PAPER.width / width, PAPER.height / height);
    this.light(null);
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.style.setProperty("--scale", scale);
    ["map", "roomy"].forEach((kind) => this.svg.classList.toggle(kind, scale < PAPER.legible));
    const named = [];
    for (const each of this.landmarks) {
      const place = (text) => [text.matches(".of-candidate"), Number(text.getAttribute("y")) * scale];
      const [side, at] = place(each);
      const covers = named.map(place).some(([other, y]) => side === other && Math.abs(at - y) < PAPER.line);
      each.toggleAttribute("hidden", covers || !each.matches(".outer"));
      if (!each.hasAttribute("hidden")) named.push(each);
    }
  }

  zoom(factor, at) {
    const box = this.svg.getBoundingClientRect();
    const { x, y } = at ?? { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    const scale = Math.min(MOST, Math.max(0.1, this.scale * factor));
    this.x += (x - box.left) * (1 / this.scale - 1 / scale);
    this.y += (y - box.top) * (1 / this.scale - 1 / scale);
    this.scale = scale;
    this.fitted = false;
    this.show();
  }

  move(dx, dy) {
    this.x -= dx / this.scale;
    this.y -= dy / this.scale;
    this.fitted = false;
    this.show();
  }

  // Move a box into sight; on a map into the middle and close up, if there is room for that.
  reveal(box) {
    const near = this.isMap && !narrow.matches;
    if (near) this.zoom(1.1 / this.scale);
    const seen = this.svg.getBoundingClientRect();
    const at = box.getBoundingClientRect();
    const off = (low, high, from, to) => {
      if (near) return (from + to - low - high) / 2;
      return low < from ? from - low : high > to ? Math.max(to - high, from - low) : 0;
    };
    const dx = off(at.left, at.right, seen.left + 20, seen.right - 20);
    const dy = off(at.top, at.bottom, seen.top + 20, seen.bottom - 20);
    if (dx || dy) this.move(dx, dy);
  }

  // Light a box up with all that led to it, and in another shade with all that it led to.
  light(box) {
    all(".on", this.svg).forEach((lit) => lit.classList.remove("on", "led-to", "followed"));
    this.svg.classList.toggle("lit", Boolean(box));
    if (!box) return;
    this.spread(box, "to", "from", "led-to");
    this.spread(box, "from", "to", "followed");
    box.classList.remove("led-to", "followed");
  }

  spread(box, near, far, shade) {
    const waiting = [box.id];
    const seen = new Set(waiting);
    while (waiting.length) {
      const id = waiting.pop();
      this.boxes.get(id).classList.add("on", shade);
      for (const link of this.links.filter((each) => each.dataset[near] === id)) {
        link.classList.add("on", shade);
        if (!seen.has(link.dataset[far])) waiting.push(link.dataset[far]);
        seen.add(link.dataset[far]);
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

// What a given fact or a candidate says, large enough to be read on a map: from the outer edge of its box inwards, or
// outwards if nothing is beyond that.
function landmark(box) {
  const name = all(".title", box).map((line) => line.textContent).join(" ");
  const text = Object.assign(document.createElementNS(box.namespaceURI, "text"), { textContent: name });
  const [x, y, width, height] = ["x", "y", "width", "height"].map((key) => Number(box.querySelector(".shape").getAttribute(key)));
  const isCandidate = box.matches(".candidate");
  const kinds = ["landmark", ...(isCandidate ? ["of-candidate"] : []), ...(isCandidate || x === 0 ? ["outer"] : [])];
  const edge = isCandidate ? x + width : x;
  for (const [key, value] of Object.entries({ class: kinds.join(" "), "aria-hidden": true, x: edge, y: y + height / 2 })) {
    text.setAttribute(key, value);
  }
  return text;
}

// The middle of two fingers, and how far they are apart.
function between([one, other]) {
  const [dx, dy] = [other.clientX - one.clientX, other.clientY - one.clientY];
  return { x: one.clientX + dx / 2, y: one.clientY + dy / 2, apart: Math.hypot(dx, dy) };
}

// The picture as a file: with the rules for its looks, in the colours of both schemes.
function picture({ svg, size: { width, height } }) {
  const sheet = document.querySelector("style").textContent;
  const pairs = [...sheet.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\)/g)];
  const colours = new Map(pairs.map(([, name, ...both]) => [name, both]));
  const rules = sheet.match(/^\.expert .*$/gm).join("\n");
  const painted = (scheme) => rules.replace(/var\(--([\w-]+)\)/g, (_, name) => colours.get(name)[scheme]);
  const copy = svg.cloneNode(true);
  all(".landmark", copy).forEach((each) => each.remove());
  const add = (name, text = "") => Object.assign(document.createElementNS(svg.namespaceURI, name), { textContent: text });
  const paper = add("rect");
  for (const [key, value] of Object.entries({ class: "paper", width, height })) paper.setAttribute(key, value);
  for (const [key, value] of Object.entries({ class: "expert", width, height, viewBox: `0 0 ${width} ${height}` })) {
    copy.setAttribute(key, value);
  }
  copy.prepend(add("style", `${painted(0)}\n@media (prefers-color-scheme: dark) {${painted(1)}}`), paper);
  return new XMLSerializer().serializeToString(copy);
}
