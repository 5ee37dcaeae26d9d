// The proof: what led to a candidate.

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
