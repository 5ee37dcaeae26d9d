const tabs = all('[role="tab"]');
const panel = (tab) => by(tab.getAttribute("aria-controls"));
const stages = new Map(tabs.map((tab) => [tab, all(".stage", panel(tab)).map((svg) => new Stage(svg))]));
const everyStage = [...stages.values()].flat();
let whole = false; // of a proof that has a short one, too
let current = tabs.find((tab) => tab.getAttribute("aria-selected") === "true");
let shown; // of the pictures of the current tab
const stage = () => shown;
const has = (tab, node) => stages.get(tab).some((each) => each.find(node));

// The address says which tab and which box are open, and how much of a proof, so that it can be passed on.
function address(node) {
  const words = [`tab=${encodeURIComponent(current.dataset.name)}`];
  if (whole) words.push("whole=yes");
  if (node) words.push(`node=${encodeURIComponent(node)}`);
  return `#${words.join("&")}`;
}

function choose(tab) {
  current = tab;
  for (const each of tabs) {
    const chosen = each === tab;
    each.setAttribute("aria-selected", String(chosen));
    each.tabIndex = chosen ? 0 : -1;
    panel(each).hidden = !chosen;
    all(`[data-tab="${CSS.escape(each.dataset.name)}"]`).forEach((part) => { part.hidden = !chosen; });
  }
  const list = tab.parentElement;
  list.scrollLeft = Math.min(tab.offsetLeft, Math.max(list.scrollLeft, tab.offsetLeft + tab.offsetWidth - list.clientWidth));
  document.querySelector(".tools").hidden = !stages.get(tab).length;
  document.body.classList.toggle("pictured", Boolean(stages.get(tab).length));
  pick();
  by("whole").textContent = whole ? "The strongest reasons" : "The whole proof";
  if (stage()?.scale) stage().show();
  else stage()?.fit();
  search();
}

// Show all of a proof, or the picture that can be read best where all of it is on show: of equal ones the longest.
function pick() {
  const pictures = stages.get(current);
  const show = (one) => pictures.forEach((each) => { each.svg.parentElement.hidden = each !== one; });
  let readable = 0;
  let best;
  for (const each of pictures) {
    show(each);
    const scale = Math.min(1, each.fitting);
    if (scale >= readable) [readable, best] = [scale, each];
  }
  by("whole").hidden = best?.boxes.size === pictures.at(-1)?.boxes.size;
  shown = whole ? pictures.at(-1) : best;
  show(shown);
}

function open(node) {
  const about = node && all(".about").find((each) => each.dataset.node === node);
  const box = about && stage()?.find(node);
  all(".about").forEach((each) => { each.hidden = each !== about; });
  by("reading").classList.toggle("open", Boolean(about));
  by("overview").hidden = Boolean(about) && !narrow.matches;
  by("back").hidden = !about;
  by("back").textContent = narrow.matches ? "Close" : "Back to the overview";
  all(".chosen").forEach((each) => each.classList.remove("chosen"));
  box?.classList.add("chosen");
  if (box) stage().reveal(box);
  stage()?.light(box);
  by("reading").scrollTop = 0;
  if (box && narrow.matches) uncover(box);
}

// Scroll a box that has been on the screen out from under the sheet.
function uncover(box) {
  const { top, bottom } = box.getBoundingClientRect();
  const covered = bottom + 8 - by("reading").getBoundingClientRect().top;
  if (top < innerHeight && covered > 0) scrollBy(0, Math.min(covered, top - 8));
}

function follow() {
  const words = new URLSearchParams(location.hash.slice(1));
  const tab = tabs.find((each) => each.dataset.name === words.get("tab"));
  const node = words.get("node");
  current = tab ?? (node && tabs.find((each) => has(each, node))) ?? current;
  whole = words.has("whole");
  choose(current);
  if (node && has(current, node) && !stage().find(node)) {
    whole = true;
    choose(current);
  }
  open(node);
}

function go(node, tab, all = whole) {
  current = tab ?? ((node && !has(current, node) && tabs.find((each) => has(each, node))) || current);
  whole = all;
  const to = address(node);
  if (location.hash !== to) history.pushState(null, "", to);
  follow();
}

function search() {
  if (!stage()) return [];
  const wanted = by("search").value.trim().toLowerCase();
  const hits = [...stage().boxes.values()].filter((box) => {
    const hit = wanted && box.textContent.toLowerCase().includes(wanted);
    box.classList.toggle("hit", Boolean(hit));
    return hit;
  });
  const finds = (each) => [...each.boxes.values()].some((box) => box.textContent.toLowerCase().includes(wanted));
  const name = (tab) => (tab === current ? "the whole proof" : tab.firstChild.textContent);
  const others = tabs.filter((tab) => wanted && stages.get(tab).some(finds)).map(name);
  const more = !hits.length && others.length ? `; look at ${others.join(", ")}` : "";
  by("hits").textContent = wanted ? `${hits.length} found${more}` : "";
  return hits;
}

function paint(theme) {
  document.documentElement.dataset.theme = theme;
  by("theme").textContent = theme === "dark" ? "Light colours" : "Dark colours";
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

for (const each of everyStage) {
  const { svg } = each;
  let from = null;
  let moved = 0;
  svg.addEventListener("pointerdown", (event) => { from = event.pointerType === "touch" ? null : event; moved = 0; });
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
  let fingers = null;
  svg.addEventListener("touchstart", (event) => {
    fingers = event.touches.length === 2 ? between(event.touches) : null;
    if (fingers) event.preventDefault();
  }, { passive: false });
  svg.addEventListener("touchmove", (event) => {
    if (!fingers || event.touches.length !== 2) return;
    event.preventDefault();
    const now = between(event.touches);
    each.move(now.x - fingers.x, now.y - fingers.y);
    each.zoom(now.apart / fingers.apart, now);
    fingers = now;
  }, { passive: false });
  svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    each.zoom(Math.exp(-event.deltaY / 400), { x: event.clientX, y: event.clientY });
  }, { passive: false });
  svg.addEventListener("click", (event) => {
    if (moved <= 4 && !event.target.closest(".box")) go(null);
  });
  for (const box of each.boxes.values()) {
    const choose = () => (box.matches(".more") ? go(null, current, true) : go(box.dataset.node));
    box.addEventListener("click", () => { if (moved <= 4) choose(); });
    box.addEventListener("mouseenter", () => { if (!from) each.light(box); });
    box.addEventListener("mouseleave", () => each.light(svg.querySelector(".chosen")));
    box.addEventListener("focus", () => { each.light(box); if (box.matches(":focus-visible")) each.reveal(box); });
    box.addEventListener("blur", () => each.light(svg.querySelector(".chosen")));
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") choose();
      else if (event.key === "ArrowRight" || event.key === "ArrowLeft") each.beside(box, event.key)?.focus();
      else return;
      event.preventDefault();
    });
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#node="], a[href="#changes"]');
  if (!link) return;
  event.preventDefault();
  if (link.hash === "#changes") {
    go(null);
    by("changes").scrollIntoView();
  } else go(decodeURIComponent(link.hash.slice("#node=".length)));
});
by("nearer").addEventListener("click", () => stage()?.zoom(1.25));
by("farther").addEventListener("click", () => stage()?.zoom(0.8));
by("fit").addEventListener("click", () => stage()?.fit());
by("whole").addEventListener("click", () => go(null, current, !whole));
by("back").addEventListener("click", () => go(null));
by("download").addEventListener("click", () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([picture(stage())], { type: "image/svg+xml" }));
  link.download = `${current.dataset.name}.svg`;
  link.click();
});
by("theme").addEventListener("click", () => paint(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
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
    "+": () => stage()?.zoom(1.25), "=": () => stage()?.zoom(1.25), "-": () => stage()?.zoom(0.8), 0: () => stage()?.fit(),
    "/": () => by("search").focus(), Escape: () => go(null),
  }[event.key];
  if (!does || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  does();
});
addEventListener("popstate", follow);
addEventListener("hashchange", follow);
let unfolded = []; // for paper
addEventListener("resize", () => {
  if (!stage()?.fitted) { stage()?.show(); return; }
  pick();
  stage().fit();
});
addEventListener("beforeprint", () => {
  everyStage.forEach((each) => each.all());
  unfolded = all("details:not([open], :has(.missed))");
  unfolded.forEach((each) => { each.open = true; });
});
addEventListener("afterprint", () => {
  everyStage.forEach((each) => { if (each.scale) each.show(); });
  unfolded.forEach((each) => { each.open = false; });
});
for (const button of all(".copy")) {
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "Copied";
  });
}
for (const review of document.querySelectorAll("[data-review-by]")) {
  if (new Date().toISOString().slice(0, 10) > review.dataset.reviewBy) review.textContent = review.dataset.late;
}
document.documentElement.classList.add("scripted");
all(".about").forEach((each) => each.removeAttribute("id")); // or else the browser jumps to it
all(".copy, .choosing, #theme").forEach((each) => { each.hidden = false; });
document.querySelector("nav").hidden = tabs.length < 2;
paint(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
follow();
