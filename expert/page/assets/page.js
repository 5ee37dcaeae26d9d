// The page: it asks, keeps the answers, and shows at once what follows from them.

/** @typedef {Record<string, string | boolean | number | ((event: any) => void) | undefined>} Properties */
/** @typedef {(Node | string | null | undefined | false)[]} Children */

const by = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const base = prepared(JSON.parse(by("base").textContent ?? ""));
/** What the page starts with, and under which name this browser keeps what is answered. */
const STARTED = taken(base, Object.entries(base.given));
const STORED = `expert:${base.digest}${writeAddress(base, STARTED.facts)}`;
/** So many rules that would have supported a candidate are listed. */
const MISSED = 5;

/** Make an element. Texts become text, never markup; what is not to be seen is made visible.
 * @param {string} name @param {Properties} properties @param {Children} children */
function el(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined) made.setAttribute(key, String(value));
  }
  made.append(...children.filter((child) => child || child === "").map((child) => (typeof child === "string" ? visible(child.replace(/[\r\n\t]+/g, " ")) : /** @type {Node} */ (child))));
  return made;
}

/** Make an element of SVG. @param {string} name @param {Record<string, string | number>} properties @param {Node[]} children */
function svg(name, properties, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(properties)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

// What the page knows: the answers in the order in which they were given, and what is open because of them.
const page = {
  /** @type {Map<number, Fact>} */
  answers: new Map(),
  /** @type {Set<number>} answers that count though their question would not be asked, as those of a facts file do */
  always: new Set(),
  /** @type {number | null} the question that is shown though another would be next */
  shown: null,
  /** @type {Map<number, string>} what was typed and could not be read, with the words about it */
  wrong: new Map(),
  isForm: false,
  asksOn: false,
  /** @type {string | null} the candidate whose proof is open; null for the best */
  proven: null,
};

/** @typedef {{facts: Facts, counted: Map<number, Fact>, state: State, certainties: number[], leaders: number[], found: Outlook}} View */

/** Work out what follows from the answers. @returns {View} */
function look() {
  const given = new Map([...page.answers].filter(([position]) => page.always.has(position)));
  const others = new Map([...page.answers].filter(([position]) => !page.always.has(position)));
  const fits = fitting(base, known(given), new Map([...others].map(([position, fact]) => [position, saidBy(fact)])));
  const counted = new Map([...page.answers].filter(([position]) => page.always.has(position) || fits.has(position)));
  const facts = known(counted);
  const state = consult(base, facts);
  const certainties = scores(base, state);
  return { facts, counted, state, certainties, leaders: leading(base, certainties), found: outlook(base, facts, new Set(counted.keys())) };
}

/** @param {Fact} fact @returns {Said | null} */
const saidBy = ({ value, certainty }) => (value === null || certainty === 0 ? null : { value, certainty });

/** Keep what says something. @param {Map<number, Fact>} answers @returns {Facts} */
function known(answers) {
  return withAnswers(new Map(), [...answers].map(([position, fact]) => /** @type {[number, Said | null]} */ ([position, saidBy(fact)])));
}

/** Show everything anew, and keep the place of whoever is typing. @param {string} [focus] what to move to */
function show(focus) {
  const view = look();
  const held = focus ?? document.activeElement?.id;
  const parts = { question: question(view), answer: answer(view), given: given(view), reasons: reasons(view), changes: changes(view), proof: proof(view) };
  for (const [id, children] of Object.entries(parts)) {
    by(id).replaceChildren(...children);
    by(id).hidden = !children.length;
  }
  if (held && document.activeElement?.id !== held) by(held)?.focus({ preventScroll: !focus });
  remember(view);
}

/** Take an answer, or take it back. @param {number} position @param {Fact | undefined} fact @param {boolean} [stay] */
function reply(position, fact, stay = page.isForm) {
  page.wrong.delete(position);
  if (fact) page.answers.set(position, fact);
  else page.answers.delete(position);
  if (!fact) page.always.delete(position);
  if (!stay) page.shown = null;
  show(stay ? undefined : "question");
}

// The interview

/** Write the questions: one, or all. @param {View} view @returns {Node[]} */
function question(view) {
  const modes = [["one", "One question at a time"], ["form", "All on one form"]].map(([mode, text]) => el("button", {
    type: "button", class: "small", id: `mode-${mode}`, "aria-pressed": String(page.isForm === (mode === "form")),
    click: () => { page.isForm = mode === "form"; page.shown = null; show(); },
  }, text));
  const bar = el("div", { class: "bar-row", role: "group", "aria-label": "How to ask" }, ...modes);
  return [...(page.isForm ? form(view) : single(view)), bar];
}

/** Ask one question, or say that there is none to ask. @param {View} view @returns {Node[]} */
function single(view) {
  const { found, counted } = view;
  const next = page.shown ?? found.best[0] ?? (page.asksOn ? found.open.ready[0] : undefined);
  const before = [...counted.keys()].filter((position) => base.attributes[position].question);
  const at = page.shown === null ? before.length : before.indexOf(page.shown);
  const back = at > 0 && el("button", { type: "button", class: "small", id: "back", click: () => { page.shown = before[at - 1]; show("question"); } }, "Back");
  if (next === undefined) return [...ended(view), el("div", { class: "bar-row" }, back || null)];
  const attribute = base.attributes[next];
  const left = page.shown === null && !page.asksOn ? `Question ${before.length + 1}, at most ${found.matter.length} left` : `Question ${at + 1 || before.length + 1}`;
  const onward = page.shown !== null && el("button", { type: "button", class: "small", id: "onward", click: () => { page.shown = null; show("question"); } }, "Keep it, and go on");
  return [
    el("p", { class: "faint small" }, left),
    el("h2", { class: "asked", id: "asked" }, attribute.question ?? attribute.about ?? attribute.name),
    attribute.help ? el("p", { class: "faint" }, attribute.help) : el("span"),
    ...field(next, view, "asked"),
    el("div", { class: "bar-row" }, back, onward),
  ];
}

/** Say why nothing more is asked. @param {View} view @returns {Node[]} */
function ended(view) {
  const { found } = view;
  const open = found.open.ready.length;
  const none = base.attributes.some((attribute) => attribute.question) ? "Every question has been answered." : "There are no questions.";
  const settled = found.settled === null ? "" : stillPossible(base, found, 0);
  const sure = open ? "No open question can change it any more." : none;
  const more = open > 0 && el("button", { type: "button", id: "ask-on", click: () => { page.asksOn = true; show("question"); } }, `Go on with the other ${open === 1 ? "question" : `${open} questions`}`);
  return [
    el("h2", { class: "asked" }, settled ? "It is settled" : "The answer is certain"),
    el("p", {}, settled || sure),
    el("div", { class: "bar-row" }, more),
  ];
}

/** Ask all questions that can be asked; those that cannot matter step back. @param {View} view @returns {Node[]} */
function form(view) {
  const { found, counted } = view;
  const open = new Set([...found.open.ready, ...found.open.waiting]);
  const fields = base.attributes.flatMap((attribute, position) => {
    if (!attribute.canBeGiven || (!attribute.question && !counted.has(position))) return [];
    const matters = counted.has(position) || found.matter.includes(position);
    const why = matters ? "" : open.has(position) ? "It cannot change the answer any more." : "It is not asked, as things are.";
    return [el("fieldset", { class: matters ? "" : "aside", id: `field-${position}`, tabindex: "-1" },
      el("legend", { id: `legend-${position}` }, attribute.question ?? attribute.about ?? attribute.name),
      attribute.help && matters ? el("p", { class: "faint small" }, attribute.help) : el("span"),
      why ? el("p", { class: "faint small" }, why) : null,
      ...field(position, view, `legend-${position}`))];
  });
  return [el("h2", {}, "All questions"), ...fields];
}

/** Offer the answers to a question, and how sure. @param {number} position @param {View} view @param {string} label @returns {Node[]} */
function field(position, view, label) {
  const attribute = base.attributes[position];
  const fact = page.answers.get(position);
  const certainty = fact && fact.value !== null ? fact.certainty : 1;
  const answered = (/** @type {Value | null} */ value) => reply(position, { value, certainty: value === null ? 1 : sureness(position, certainty) });
  const pick = (/** @type {Value | null} */ value, /** @type {string} */ text, /** @type {number} */ i) => el("button", {
    type: "button", id: `pick-${position}-${i}`, "aria-pressed": String(fact !== undefined && fact.value === value), click: () => answered(value),
  }, text);
  const doubt = pick(null, "I don't know", 999);
  const choices = attribute.number ? [typed(position, attribute, fact), doubt] : [...(attribute.choices ?? []).map(([value, text], i) => pick(value, text, i)), doubt];
  const wrong = page.wrong.get(position);
  return [
    el("div", { class: "choices", role: "group", "aria-labelledby": label }, ...choices),
    wrong ? el("p", { class: "wrong", id: `wrong-${position}`, role: "alert" }, wrong) : el("span"),
    sure(position, certainty, fact),
  ];
}

/** Offer to type a number. @param {number} position @param {Attribute} attribute @param {Fact | undefined} fact */
function typed(position, attribute, fact) {
  const id = `number-${position}`;
  const input = /** @type {HTMLInputElement} */ (el("input", {
    type: "text", inputmode: "decimal", id, autocomplete: "off", "aria-label": attribute.question ?? attribute.name, value: fact && fact.value !== null ? String(fact.value) : "",
    "aria-invalid": page.wrong.has(position) ? "true" : undefined, "aria-describedby": page.wrong.has(position) ? `wrong-${position}` : undefined,
  }));
  const take = () => {
    if (!input.value.trim()) return;
    const found = readValue(attribute, input.value);
    if ("value" in found) return void reply(position, { value: found.value, certainty: sureness(position, 1) });
    page.wrong.set(position, `Please give ${attribute.number?.text}.`);
    show(id);
    /** @type {HTMLInputElement} */ (by(id)).value = input.value;
  };
  input.addEventListener("keydown", (event) => { if (event.key === "Enter") take(); });
  if (page.isForm) input.addEventListener("change", take);
  return el("div", { class: "bar-row", style: undefined }, input, el("span", {}, attribute.number?.unit ?? ""), el("button", { type: "button", id: `take-${position}`, click: take }, "Answer"));
}

/** Ask how sure one is. @param {number} position @param {number} certainty @param {Fact | undefined} fact */
function sure(position, certainty, fact) {
  const id = `sure-${position}`;
  const words = (/** @type {number} */ percent) => (percent === 100 ? "certain" : percent < 0 ? `${percent} %: rather not so` : percent === 0 ? "it says nothing" : `${percent} %`);
  const said = el("output", { for: id, id: `${id}-said` }, words(Math.round(certainty * 100)));
  const slider = /** @type {HTMLInputElement} */ (el("input", { type: "range", id, min: certainty < 0 ? "-100" : "5", max: "100", step: "5", value: String(Math.round(certainty * 100)), "aria-valuetext": words(Math.round(certainty * 100)) }));
  slider.addEventListener("input", () => {
    const text = words(slider.valueAsNumber);
    said.textContent = text;
    slider.setAttribute("aria-valuetext", text);
  });
  slider.addEventListener("change", () => { if (fact && fact.value !== null) reply(position, { ...fact, certainty: slider.valueAsNumber / 100 }, true); });
  return el("p", { class: "small" }, el("label", { for: id }, "How sure are you? "), slider, " ", said);
}

/** Read how sure one is from the slider. @param {number} position @param {number} otherwise */
function sureness(position, otherwise) {
  const slider = /** @type {HTMLInputElement | null} */ (document.getElementById(`sure-${position}`));
  return slider ? slider.valueAsNumber / 100 : otherwise;
}

/** Lead to a question, to change its answer. @param {number} position */
function lead(position) {
  if (!page.isForm) page.shown = position;
  show(page.isForm ? `field-${position}` : "question");
  by(page.isForm ? `field-${position}` : "question").scrollIntoView({ block: "nearest" });
}

/** List the answers, each to be changed, with what can be done with all of them. @param {View} view @returns {Node[]} */
function given({ counted }) {
  const rows = [...page.answers].map(([position, fact]) => {
    const attribute = base.attributes[position];
    const value = fact.value === null ? "not known" : labelOf(attribute, fact.value);
    const certainty = fact.value === null || fact.certainty === 1 ? "" : ` (${written(String(fact.certainty))})`;
    const isCounted = counted.has(position);
    return el("li", {},
      el("span", { class: isCounted ? "" : "faint" }, attribute.question ?? attribute.about ?? attribute.name, " ", el("b", {}, value + certainty),
        fact.note ? el("span", { class: "faint" }, ` ${fact.note}`) : null, isCounted ? null : " (not asked any more; it does not count)"),
      el("button", { type: "button", class: "small", id: `change-${position}`, "aria-label": `Change: ${attribute.question ?? attribute.name}`, click: () => lead(position) }, "Change"),
      el("button", { type: "button", class: "small", id: `remove-${position}`, "aria-label": `Remove: ${attribute.question ?? attribute.name}`, click: () => reply(position, undefined, true) }, "Remove"));
  });
  const action = (/** @type {string} */ id, /** @type {string} */ text, /** @type {() => void} */ click) => el("button", { type: "button", class: "small", id, click }, text);
  const file = /** @type {HTMLInputElement} */ (el("input", { type: "file", id: "file", accept: ".yaml,.yml,.json", hidden: true }));
  file.addEventListener("change", () => {
    if (file.files?.[0]) load(file.files[0]);
    file.value = ""; // so that the same file can be loaded again
  });
  const some = page.answers.size > 0;
  return [
    el("h2", {}, "Your answers"),
    some ? el("ul", { class: "plain" }, ...rows) : el("p", { class: "faint" }, "None yet. They stay in this browser: nothing is sent anywhere."),
    el("div", { class: "bar-row" },
      some && action("share", "Copy a link", share), some && action("save", "Save as a facts file", save), action("load", "Load a facts file", () => file.click()),
      some && action("print", "Print", () => window.print()), some && action("clear", "Clear all", clear)),
    el("p", { class: "faint small", id: "done", role: "status" }), file,
  ];
}

// The answer

/** State the answer, draw the ranking, and say what is still possible. @param {View} view @returns {Node[]} */
function answer({ certainties, leaders, found, state }) {
  const [bold, rest] = headline(base, certainties);
  const possible = stillPossible(base, found, leaders.length);
  const { recommendation } = answerOf(base, leaders);
  const start = base.attributes[base.goal].starts?.find(([value]) => value === recommendation);
  const begin = start && recommendation !== null ? `To begin with ${candidateName(base, recommendation)}: ${start.slice(1).filter(Boolean).join("; then read ")}` : "";
  const late = base.reviewBy && new Date().toISOString().slice(0, 10) > base.reviewBy;
  const contradictory = base.candidates.filter((value) => isContradiction(state, base.goal, value));
  return [
    el("p", { class: "headline", id: "headline", "aria-live": "polite" }, el("b", {}, bold), rest),
    late ? el("p", { class: "told" }, `Its authors meant to review ${base.name} by ${base.reviewBy}: it may no longer be right.`) : el("span"),
    axis(certainties),
    ...contradictory.map((value) => el("p", {}, `Contradiction: ${candidateName(base, value)} is certain, and certainly not so.`)),
    possible ? el("p", {}, possible) : el("span"),
    begin ? el("p", { id: "begin" }, begin) : el("span"),
  ];
}

/** Tell whether a pair is certain, and certainly not so. @param {State} state @param {number} attribute @param {Value} value */
function isContradiction(state, attribute, value) {
  return complements(evidenceFor(base, state, attribute, value).map((piece) => piece.strength)).every((short) => short === 0);
}

/** Draw a bar for each candidate, from 0 to its certainty. @param {number[]} certainties */
function axis(certainties) {
  const numbers = new Numbers(certainties, base.threshold);
  const rows = ranking(certainties).flatMap((position) => {
    const certainty = certainties[position];
    const width = Math.abs(certainty) * 50;
    return [
      el("span", { class: "name" }, candidateName(base, base.candidates[position])),
      svg("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
        svg("rect", { class: "rest", y: 4.5, width: 100, height: 1 }),
        svg("rect", { class: certainty > 0 ? "for" : "against", x: certainty > 0 ? 50 : 50 - width, width, height: 10 }),
        svg("line", { x1: 50, x2: 50, y1: -2, y2: 12 })),
      el("span", { class: "value" }, numbers.write(certainty, true)),
    ];
  });
  const ends = el("span", { class: "ends", "aria-hidden": "true" }, ...["−1", "0", "+1"].map((text) => el("span", {}, text)));
  return el("div", { class: "axis", role: "group", "aria-label": "Certainty of each candidate, from −1 to +1" }, ...rows, el("span"), ends, el("span"));
}

/** Give the reasons for and against what leads, and why the others do not. @param {View} view @returns {Node[]} */
function reasons({ state, certainties, leaders }) {
  const order = ranking(certainties);
  const firsts = leaders.length ? leaders : order.slice(0, 1).filter((position) => evidenceOf(state, position).length);
  const main = firsts.flatMap((position) => sides(state, position));
  const others = order.filter((position) => !firsts.includes(position)).map((position) => {
    const numbers = new Numbers(certainties, base.threshold);
    const name = candidateName(base, base.candidates[position]);
    return el("details", { class: "why-not" },
      el("summary", {}, el("h3", {}, `${leaders.length ? "Why not " : ""}${name}? `, el("span", { class: "faint" }, numbers.write(certainties[position], true)))),
      ...sides(state, position), ...missed(state, position));
  });
  const retired = retiredReasons(base, state);
  return [
    ...main,
    ...others,
    ...(retired.length ? [el("h2", {}, "Retired: would have held, and no longer count"), el("ul", { class: "pieces" }, ...retired.map((each) => el("li", {},
      strong(each.strength), ` ${each.strength > 0 ? "for" : "against"} ${pairName(base, each.attribute, each.value)}: ${each.rule.because}${citation(each.rule)}`,
      el("br"), el("span", { class: "faint" }, `no longer counts: ${each.rule.reason}`))))] : []),
  ];
}

/** @param {State} state @param {number} position */
const evidenceOf = (state, position) => evidenceFor(base, state, base.goal, base.candidates[position]);

/** @param {number} by */
const strong = (by) => el("strong", { class: by > 0 ? "for" : "against" }, number(by, true));

/** Write what speaks for a candidate, and what against it. @param {State} state @param {number} position @returns {Node[]} */
function sides(state, position) {
  const value = base.candidates[position];
  const name = candidateName(base, value);
  const found = piecesFor(base, state, base.goal, value, saidOf);
  const side = (/** @type {string} */ word, /** @type {Piece[]} */ pieces) => (pieces.length
    ? [el("h3", {}, `${word} ${name}`), el("ul", { class: "pieces" }, ...pieces.map((piece) => reason(state, piece)))]
    : [el("p", { class: "faint" }, `Nothing speaks ${word.toLowerCase()} ${name}.`)]);
  const sums = found.length > 1 ? arithmetic(found.map((piece) => piece.strength)).map((line) => el("p", { class: "sum" }, line)) : [];
  return [...side("For", found.filter((piece) => piece.strength > 0)), ...side("Against", found.filter((piece) => piece.strength < 0)), ...sums];
}

/** Say how a fact came to be given. @param {number} attribute */
const saidOf = (attribute) => `It was given${page.answers.get(attribute)?.note ? `: ${page.answers.get(attribute)?.note}` : "."}`;

/** Write one piece of evidence, with the facts that it rests on. @param {State} state @param {Piece} piece */
function reason(state, piece) {
  const rule = base.rules[piece.rule];
  const grounds = piece.grounds.flatMap((each, i) => [i ? ", " : "since ", factLink(each)]);
  return el("li", {}, strong(piece.strength), ` ${piece.sentence}`, el("br"),
    el("span", { class: "faint small" }, rule && !rule.isDefault ? `${rule.name}${grounds.length ? ", " : ""}` : "", ...grounds, piece.held ? `; ${piece.held}` : ""));
}

/** Write a fact; where it can be changed, as what leads to its question. @param {Ground} each */
function factLink(each) {
  const text = groundText(base, each);
  if (!base.attributes[each.attribute].canBeGiven || (each.how !== "" && each.how !== "default")) return text;
  return el("button", { type: "button", class: "link", click: () => lead(each.attribute), title: "Change this" }, text);
}

/** List the strongest rules that would have supported a candidate, with what they lack. @param {State} state @param {number} position @returns {Node[]} */
function missed(state, position) {
  const value = base.candidates[position];
  const rules = [...(base.concluding[base.goal].get(value) ?? [])].filter(([rule, certainty]) => certainty > 0 && state.degree[rule] === 0);
  rules.sort((a, b) => b[1] - a[1]);
  if (!rules.length) return [];
  const rows = rules.slice(0, MISSED).map(([rule, certainty]) => el("li", {}, strong(certainty), ` ${base.rules[rule].because}${citation(base.rules[rule])}`,
    el("br"), el("span", { class: "faint small" }, lacking(base, state, base.rules[rule]))));
  const more = rules.length - rows.length;
  return [el("h3", {}, `Would have supported ${candidateName(base, value)}`), el("ul", { class: "pieces" }, ...rows), more > 0 ? el("p", { class: "faint" }, `and ${more} more rule${more === 1 ? "" : "s"}`) : el("span")];
}

/** List single answers that would change the answer: to open questions, and instead of those given. @param {View} view @returns {Node[]} */
function changes({ facts, counted, leaders, found }) {
  const now = leaders.join();
  const outcomes = (/** @type {number} */ position) => askedOf(base, position).values.flatMap((value) => {
    const said = facts.get(position);
    if (value === null ? !said : said?.value === value && said.certainty === 1) return [];
    const changed = new Map(facts);
    if (value === null) changed.delete(position);
    else changed.set(position, { value, certainty: 1 });
    const after = leading(base, scores(base, consult(base, changed)));
    return after.join() === now ? [] : [{ position, value, after }];
  });
  const list = (/** @type {string} */ title, /** @type {{position: number, value: Value | null, after: number[]}[]} */ rows) => (rows.length
    ? el("div", {}, el("h3", {}, title), el("ul", { class: "plain" }, ...rows.map(({ position, value, after }) => el("li", {},
      el("button", { type: "button", class: "link", click: () => lead(position) }, base.attributes[position].question ?? base.attributes[position].name),
      ` ${value === null ? "not known" : labelOf(base.attributes[position], value)} → `, el("b", {}, answerName(base, after))))))
    : null);
  const open = list("One more answer", found.open.ready.flatMap(outcomes));
  const other = list("One other answer", [...counted.keys()].filter((position) => base.attributes[position].asked).flatMap(outcomes));
  const none = !open && !other && facts.size > 0 && el("p", {}, "No single answer would change it.");
  return open || other || none ? [el("h2", {}, "What would change it"), ...[open, other, none].filter((part) => part instanceof Node)] : [];
}

// The proof

/** Draw the tree of what led to a candidate. @param {View} view @returns {Node[]} */
function proof({ state, certainties, leaders }) {
  const order = ranking(certainties);
  const chosen = base.candidates.indexOf(page.proven ?? "");
  const shownOne = chosen >= 0 ? chosen : leaders[0] ?? order[0];
  if (!order.some((position) => evidenceOf(state, position).length)) return [];
  const tabs = order.map((position) => el("button", {
    type: "button", class: "small", id: `proof-${position}`, "aria-pressed": String(position === shownOne), click: () => { page.proven = String(base.candidates[position]); show(); },
  }, candidateName(base, base.candidates[position])));
  const rules = base.name ? ` --rules ${base.name}` : "";
  return [
    el("h2", {}, "The proof"),
    el("div", { class: "bar-row", role: "group", "aria-label": "The proof of" }, ...tabs),
    el("ul", { class: "tree" }, branch(state, base.goal, base.candidates[shownOne], new Set(), new Numbers(certainties, base.threshold))),
    el("p", { class: "faint small" }, "The whole graph: save the answers as facts.yaml, then ", el("code", {}, `expert graph facts.yaml${rules} --out proof.html`)),
  ];
}

/** Draw a fact, and below it the rules that gave it evidence, each above the facts that it rests on; once, where
 * several rules rest on it.
 * @param {State} state @param {number} attribute @param {Value} value @param {Set<string>} drawn @param {Numbers} [numbers]
 * @returns {HTMLElement} */
function branch(state, attribute, value, drawn, numbers) {
  const certainty = state.known[attribute]?.get(value) ?? 0;
  const how = howKnown(base, state, attribute, value);
  const details = attribute === base.goal ? "candidate" : how || "given";
  const pieces = piecesFor(base, state, attribute, value, saidOf).filter((piece) => piece.rule >= 0 || piece.grounds.length);
  const isAbove = pieces.length > 0 && drawn.has(`${attribute}=${value}`);
  drawn.add(`${attribute}=${value}`);
  const written = numbers ? numbers.write(certainty, true) : number(certainty);
  const title = [el("b", {}, pairName(base, attribute, value)), ` ${certainty === 1 && !numbers ? "" : written}`, el("span", { class: "faint" }, isAbove ? "as above" : meaning(attribute, value, how))];
  const can = base.attributes[attribute].canBeGiven && (how === "" || how === "default");
  const box = can ? el("button", { type: "button", class: `box ${details}`, click: () => lead(attribute), title: "Change this" }, ...title) : el("div", { class: `box ${details}` }, ...title);
  return el("li", {}, box, pieces.length && !isAbove ? el("ul", {}, ...pieces.map((piece) => twig(state, piece, drawn))) : null);
}

/** Say what a fact means to people. @param {number} attribute @param {Value} value @param {string} how */
function meaning(attribute, value, how) {
  const { question: asked, about } = base.attributes[attribute];
  if (attribute === base.goal) return "";
  const label = labelOf(base.attributes[attribute], value);
  return `${how ? `${how}: ` : ""}${asked ?? about ?? ""}${label === String(value) && !asked ? "" : ` ${label}`}`;
}

/** Draw a rule that held. @param {State} state @param {Piece} piece @param {Set<string>} drawn */
function twig(state, piece, drawn) {
  const rule = base.rules[piece.rule];
  const box = el("div", { class: `box ${rule && !rule.isDefault ? "rule" : "default"}` }, strong(piece.strength), " ", rule ? el("b", {}, rule.isDefault ? "default" : rule.name) : el("b", {}, "computed"), el("span", { class: "faint" }, piece.sentence, piece.held ? ` (${piece.held})` : ""));
  const below = piece.grounds.map((each) => (each.value === null
    ? el("li", {}, el("div", { class: "box default" }, groundText(base, each)))
    : branch(state, each.attribute, each.value, drawn)));
  return el("li", {}, box, below.length ? el("ul", {}, ...below) : null);
}

// What is kept, shared, saved and loaded

/** Keep the answers in this browser. @param {View} view */
function remember({ counted }) {
  try {
    if (page.answers.size) localStorage.setItem(STORED, writeAddress(base, counted));
    else localStorage.removeItem(STORED);
  } catch { /* This browser keeps nothing: the page works all the same. */ }
}

/** What the browser kept; empty where it keeps nothing. */
function remembered() {
  try {
    return localStorage.getItem(STORED) ?? "";
  } catch {
    return "";
  }
}

/** Take answers in place of all others; tell what does not fit. @param {Reading} reading @param {string} what */
function take(reading, what) {
  page.answers = reading.facts;
  const answers = new Map([...reading.facts].map(([position, fact]) => [position, saidBy(fact)]));
  const fits = fitting(base, new Map(), answers);
  page.always = new Set([...reading.facts.keys()].filter((position) => !fits.has(position) && reading.facts.get(position)?.value !== null));
  page.shown = null;
  page.wrong.clear();
  tell(reading.told.length ? `${what}: not all of it fits.` : "", reading.told);
  show();
}

/** Say something at the top of the page; nothing where there is nothing to say. @param {string} text @param {string[]} [more] */
function tell(text, more = []) {
  const rows = more.length > 12 ? [...more.slice(0, 11), `and ${more.length - 11} more`] : more;
  by("told").replaceChildren(...(text ? [el("b", {}, text), ...(rows.length ? [el("ul", {}, ...rows.map((row) => el("li", {}, row)))] : [])] : []));
  by("told").hidden = !text;
}

/** Copy a link that has the answers in its fragment, which no server sees. */
async function share() {
  const address = writeAddress(base, look().counted);
  history.replaceState(null, "", address);
  let said = "The link is in the address bar; what stands after # is not sent to any server.";
  try {
    await navigator.clipboard.writeText(location.href);
    said = "The link is copied. The answers stand after #, which is not sent to any server.";
  } catch { /* The address bar has it. */ }
  by("done").textContent = said;
}

/** Save the answers as a facts file. */
function save() {
  const address = URL.createObjectURL(new Blob([writeFacts(base, look().counted)], { type: "application/yaml" }));
  el("a", { href: address, download: "facts.yaml" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
  by("done").textContent = "Saved as facts.yaml: expert recommend facts.yaml gives the same answer.";
}

/** Load a facts file. @param {File} file */
async function load(file) {
  const text = file.size > LONGEST ? "" : await file.text();
  const reading = file.size > LONGEST ? { facts: new Map(), told: ["it is too long to be a facts file"] } : readFacts(base, text);
  if (reading.facts.size || !reading.told.length) take(reading, shown(file.name));
  else tell(`${shown(file.name)}: nothing in it fits; the answers stay as they were.`, reading.told);
}

/** Forget all answers. */
function clear() {
  history.replaceState(null, "", location.pathname + location.search);
  page.proven = null;
  page.asksOn = false;
  take({ facts: new Map(), told: [] }, "");
}

/** Take the answers in the address. */
function follow() {
  const reading = readAddress(base, location.hash);
  if (reading) take(reading, "The link");
  return reading !== null;
}

by("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
});
addEventListener("hashchange", follow);
addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("dropping"); });
addEventListener("dragleave", () => document.body.classList.remove("dropping"));
addEventListener("drop", (event) => {
  event.preventDefault();
  document.body.classList.remove("dropping");
  const file = event.dataTransfer?.files[0];
  if (file) load(file);
});
/** @type {Element[]} */
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details.why-not:not([open])")];
  folded.forEach((each) => each.setAttribute("open", ""));
});
addEventListener("afterprint", () => folded.forEach((each) => each.removeAttribute("open")));
by("theme").hidden = false;
by("rules").querySelector("details")?.removeAttribute("open");
if (!follow()) take(readAddress(base, remembered()) ?? STARTED, "What this browser kept");
