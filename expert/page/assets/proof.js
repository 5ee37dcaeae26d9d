// The proof: what led to a candidate.

/** So deep is a tree drawn, and so many facts are in it. */
const DEEP = 12;
const MANY = 150;

/** Draw the tree of what led to a candidate. @param {View} view @returns {Node[]} */
function proof({ state, certainties, leaders }) {
  const order = ranking(certainties);
  const chosen = base.candidates.indexOf(page.proven ?? "");
  const shownOne = chosen >= 0 ? chosen : (leaders[0] ?? order[0]);
  if (!order.some((position) => evidenceOf(state, position).length)) return [];
  const tabs = order.map((position) =>
    el(
      "button",
      {
        type: "button",
        class: "small",
        id: `proof-${position}`,
        "aria-pressed": String(position === shownOne),
        click: () => {
          page.proven = String(base.candidates[position]);
          show();
        },
      },
      candidateName(base, base.candidates[position]),
    ),
  );
  return [
    el("h2", {}, "The proof"),
    el("div", { class: "bar-row", role: "group", "aria-label": "The proof of" }, ...tabs),
    el(
      "ul",
      { class: "tree" },
      branch(state, base.goal, base.candidates[shownOne], new Set(), 0, new Numbers(certainties, base.threshold)),
    ),
    el(
      "p",
      { class: "faint small" },
      "The whole graph: save the answers as facts.yaml, then ",
      el("code", {}, `expert graph facts.yaml --out proof.html${base.option}`),
    ),
  ];
}

/** Draw a fact, and below it the rules that gave it evidence, each above the facts that it rests on; once, where
 * several rules rest on it, and not too deep.
 * @param {State} state @param {number} attribute @param {Value} value @param {Set<string>} drawn @param {number} depth
 * @param {Numbers} [numbers] @returns {HTMLElement} */
function branch(state, attribute, value, drawn, depth, numbers) {
  const pieces = restsOn(state, attribute, value);
  const left = !pieces.length
    ? ""
    : drawn.has(`${attribute}=${value}`)
      ? "as above"
      : depth > DEEP || drawn.size > MANY
        ? "what led to it is in the whole graph"
        : "";
  drawn.add(`${attribute}=${value}`);
  const box = factBox(state, attribute, value, numbers, left);
  if (left || !pieces.length) return el("li", {}, box);
  return el(
    "li",
    {},
    box,
    el(
      "ul",
      {},
      ...pieces.map((piece) =>
        el(
          "li",
          {},
          ruleBox(piece),
          piece.grounds.length
            ? el(
                "ul",
                {},
                ...piece.grounds.map((each) =>
                  each.value === null
                    ? el("li", {}, unknownBox(each))
                    : branch(state, each.attribute, each.value, drawn, depth + 1),
                ),
              )
            : null,
        ),
      ),
    ),
  );
}

/** List the evidence for a fact that rests on other facts.
 * @param {State} state @param {number} attribute @param {Value} value */
function restsOn(state, attribute, value) {
  return piecesFor(base, state, attribute, value, saidOf).filter((piece) => piece.rule >= 0 || piece.grounds.length);
}

/** Draw the box of a fact; one that was given leads to its question.
 * @param {State} state @param {number} attribute @param {Value} value @param {Numbers} [numbers] @param {string} [said] */
function factBox(state, attribute, value, numbers, said) {
  const certainty = state.known[attribute]?.get(value) ?? 0;
  const how = howKnown(base, state, attribute, value);
  const shownAs = numbers ? numbers.write(certainty, true) : certainty === 1 ? "" : number(certainty);
  const details = el("span", { class: "faint" }, said || meaning(attribute, how));
  const parts = [el("b", {}, pairName(base, attribute, value)), shownAs && ` ${shownAs}`, details];
  const kind = attribute === base.goal ? "candidate" : how || "given";
  if (!base.attributes[attribute].canBeGiven || (how !== "" && how !== "default"))
    return el("div", { class: `box ${kind}` }, ...parts);
  return el(
    "button",
    { type: "button", class: `box ${kind}`, title: "Change this", click: () => lead(attribute) },
    ...parts,
  );
}

/** Say where a fact comes from, and what its attribute is. @param {number} attribute @param {string} how */
function meaning(attribute, how) {
  const { question: asked, about } = base.attributes[attribute];
  return attribute === base.goal ? "" : [how, asked ?? about].filter(Boolean).join(": ");
}

/** Draw the box of a rule that held, or of a computation. @param {Piece} piece */
function ruleBox(piece) {
  const rule = base.rules[piece.rule];
  const kind = rule && !rule.isDefault ? "rule" : "default";
  const name = !rule ? "computed" : rule.isDefault ? "default" : rule.name;
  const details = el("span", { class: "faint" }, name, piece.held ? ` (${piece.held})` : "");
  return el("div", { class: `box ${kind}` }, strong(piece.strength), ` ${piece.sentence}`, details);
}

/** Draw the box of what is not known. @param {Ground} ground */
const unknownBox = (ground) => el("div", { class: "box default" }, groundText(base, ground));
