// What if: each fact of the graph page can be changed or withdrawn in place, and what follows is shown at once.

/** What was given, and what is supposed instead. */
const reported = saying(STARTED.facts);
const supposed = new Map(reported);
const reportedState = consult(base, reported);

/** Keep what says something. @param {Map<number, Fact>} answers @returns {Facts} */
function saying(answers) {
  /** @type {Facts} */
  const facts = new Map();
  for (const [position, { value, certainty }] of answers) if (value !== null) facts.set(position, { value, certainty });
  return facts;
}

/** Write what a fact says, with its certainty where that is not 1.
 * @param {Attribute} attribute @param {Said | null | undefined} said */
function saidText(attribute, said) {
  if (!said) return "not known";
  return labelOf(attribute, said.value) + (said.certainty === 1 ? "" : ` (${written(String(said.certainty))})`);
}

/** Suppose a fact, or none, and show what follows. @param {number} position @param {Said | null} said */
function suppose(position, said) {
  if (said) supposed.set(position, said);
  else supposed.delete(position);
  showSupposed();
}

/** @param {number} position */
function isChanged(position) {
  const [was, now] = [reported.get(position), supposed.get(position)];
  return was?.value !== now?.value || was?.certainty !== now?.certainty;
}

/** Offer to suppose something of an attribute. @param {number} position */
function row(position) {
  const attribute = base.attributes[position];
  const id = `suppose-${position}`;
  const note = STARTED.facts.get(position)?.note;
  return el(
    "li",
    { class: "supposed", id: `${id}-row` },
    el("label", { for: id }, attribute.question ?? attribute.about ?? attribute.words),
    ...(attribute.number ? numberField(position, id) : [chooser(position, id)]),
    el("span", { class: "faint", id: `${id}-was` }),
    note ? el("p", { class: "faint" }, note) : null,
  );
}

/** Offer the values of an attribute, what was given in doubt, and nothing. @param {number} position @param {string} id */
function chooser(position, id) {
  const attribute = base.attributes[position];
  const was = reported.get(position);
  /** @type {(Said | null)[]} */
  const offered = (attribute.choices ?? []).map(([value]) => ({ value, certainty: 1 }));
  if (was && was.certainty !== 1) offered.unshift(was);
  offered.push(null);
  const chosen = offered.findIndex((said) => said?.value === was?.value && said?.certainty === was?.certainty);
  const options = offered.map((said, i) => el("option", { selected: i === chosen }, saidText(attribute, said)));
  const change = (/** @type {any} */ event) => suppose(position, offered[event.target.selectedIndex]);
  return el("select", { id, autocomplete: "off", change }, ...options);
}

/** Offer to type a number; an empty field says nothing. @param {number} position @param {string} id @returns {Node[]} */
function numberField(position, id) {
  const attribute = base.attributes[position];
  const was = reported.get(position);
  const wrong = el("p", { class: "wrong", id: `${id}-wrong`, role: "alert" });
  const change = (/** @type {any} */ { target }) => {
    const found = target.value.trim() ? readValue(attribute, target.value) : null;
    const isWrong = found !== null && "wrong" in found;
    wrong.textContent = isWrong ? `Please give ${attribute.number?.text}.` : "";
    target.setAttribute("aria-invalid", String(isWrong));
    if (isWrong) return;
    suppose(position, found && was?.value === found.value ? was : found && { ...found, certainty: 1 });
  };
  const value = was ? String(was.value) : "";
  const described = { "aria-describedby": `${id}-wrong`, placeholder: "not known" };
  const input = el("input", { type: "text", inputmode: "decimal", id, autocomplete: "off", value, change, ...described });
  return [input, el("span", {}, ` ${attribute.number?.unit ?? ""} `), wrong];
}

/** List the facts that were given, and, folded, what else could be. */
function showFacts() {
  const positions = base.attributes.map((_, position) => position);
  const given = positions.filter((position) => reported.has(position));
  const others = positions.filter((position) => {
    const { canBeGiven, question } = base.attributes[position];
    return canBeGiven && question && !reported.has(position);
  });
  const folded = el(
    "details",
    { open: !given.length },
    el("summary", {}, `Questions without an answer (${others.length})`),
    el("ul", {}, ...others.map(row)),
  );
  by("what-if-facts").replaceChildren(
    el("p", { class: "faint" }, "Change a fact, and see what happens. The graphs still show the facts given."),
    el("ul", {}, ...given.map(row)),
    ...(others.length ? [folded] : []),
  );
}

/** Suppose nothing but what was given. */
function takeBack() {
  supposed.clear();
  for (const [position, said] of reported) supposed.set(position, said);
  showFacts();
  showSupposed();
  /** @type {HTMLElement | null} */ (document.querySelector("#what-if :is(select, input)"))?.focus();
}

/** Show what follows from what is supposed. */
function showSupposed() {
  const changed = base.attributes.map((_, position) => position).filter(isChanged);
  for (const each of document.querySelectorAll("#what-if .supposed")) {
    const position = Number(each.id.split("-")[1]);
    const isOther = changed.includes(position);
    each.classList.toggle("changed", isOther);
    const was = saidText(base.attributes[position], reported.get(position));
    by(`suppose-${position}-was`).textContent = isOther ? visible(` given: ${was}`) : "";
  }
  by("take-back").hidden = !changed.length;
  const state = consult(base, supposed);
  const [before, after] = [scores(base, reportedState), scores(base, state)];
  const [bold, rest] = headline(base, after);
  by("what-if-said").replaceChildren(el("b", {}, bold), visible(rest));
  const faint = (/** @type {string} */ text) => el("p", { class: "faint" }, text);
  const moved = after.some((certainty, candidate) => certainty !== before[candidate]);
  const rules = ruleChanges(state);
  by("what-if-follows").replaceChildren(
    changed.length ? faint(`Before: ${headline(base, before).join("")}`) : "",
    axis(after, before),
    moved ? faint("Outlined, and in grey numbers: before.") : "",
    ...(changed.length && !rules.length ? [faint("No rule started, stopped or changed.")] : rules),
  );
}

/** List the rules that hold now and did not, or did and do not, or hold to another degree. @param {State} state @returns {Node[]} */
function ruleChanges(state) {
  /** @type {Record<string, HTMLElement[]>} */
  const found = { started: [], stopped: [], changed: [] };
  base.rules.forEach((rule, position) => {
    const [was, now] = [reportedState.degree[position], state.degree[position]];
    if (was === now || rule.isDefault) return;
    const kind = !was ? "started" : now ? "changed" : "stopped";
    const numbers = new Numbers([was, now], base.threshold);
    const degrees = kind === "changed" ? ` (degree ${numbers.write(was)}, now ${numbers.write(now)})` : "";
    const name = el("span", { class: "faint" }, rule.name + degrees);
    found[kind].push(el("li", {}, rule.because + citation(rule), el("br"), name));
  });
  return Object.entries(found).flatMap(([kind, items]) =>
    items.length ? [el("h3", {}, `Rules that ${kind}`), el("ul", { class: "pieces" }, ...items)] : [],
  );
}

/** Lead from what is said about a given fact to where it can be changed. */
function leadFromGraph() {
  for (const [position, { value }] of reported) {
    const id = `${base.attributes[position].name}=${value}`;
    const about = [...document.querySelectorAll("section.about")].find((each) => each.getAttribute("data-node") === id);
    const lead = () => {
      /** @type {HTMLElement} */ (document.querySelector('[role="tab"][data-name="what if"]')).click();
      by(`suppose-${position}`).focus();
    };
    about?.append(el("p", {}, button(`change-${position}`, "What if it were otherwise?", lead)));
  }
}

by("what-if").addEventListener("keydown", (event) => event.stopPropagation()); // whose keys are not those of the graph
by("take-back").addEventListener("click", takeBack);
showFacts();
showSupposed();
leadFromGraph();
