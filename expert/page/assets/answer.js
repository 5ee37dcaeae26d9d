// The answer and its reasons.

/** So many rules that would have supported a candidate are listed, and so many questions that would change the answer. */
const LISTED = 5;

/** State the answer, draw the ranking, and say what is still possible. @param {View} view @returns {Node[]} */
function answer({ certainties, leaders, found, state, facts }) {
  const [bold, rest] = headline(base, certainties);
  const possible = facts.size || found.possible ? stillPossible(base, found, leaders.length) : "";
  const { recommendation } = answerOf(base, leaders);
  const start = recommendation !== null && base.attributes[base.goal].starts?.find(([value]) => value === recommendation);
  const late = base.reviewBy && new Date().toISOString().slice(0, 10) > base.reviewBy;
  const contradictory = base.candidates.filter((value) => isContradiction(state, base.goal, value));
  return [
    el("p", { class: "headline", id: "headline", "aria-live": "polite" }, el("b", {}, bold), rest),
    late
      ? el(
          "p",
          { class: "told" },
          `Its authors meant to review ${base.name} by ${base.reviewBy}: it may no longer be right.`,
        )
      : el("span"),
    axis(certainties),
    el("p", { class: "faint small" }, "Weight of evidence, not probability."),
    ...contradictory.map((value) =>
      el("p", {}, `Contradiction: ${candidateName(base, value)} is certain, and certainly not so.`),
    ),
    possible ? el("p", {}, possible) : el("span"),
    start ? el("p", { id: "begin" }, ...beginning(start)) : el("span"),
  ];
}

/** Say how to begin with a candidate. @param {[string, string, string]} start */
function beginning([value, command, address]) {
  const link = /^https?:\/\//.test(address) ? el("a", { href: address, rel: "noreferrer" }, address) : address;
  return [`To begin with ${candidateName(base, value)}: `, command, command && address && "; then ", address && "read ", link];
}

/** Tell whether a pair is certain, and certainly not so.
 * @param {State} state @param {number} attribute @param {Value} value */
function isContradiction(state, attribute, value) {
  return complements(evidenceFor(base, state, attribute, value).map((piece) => piece.strength)).every(
    (short) => short === 0,
  );
}

/** Give the reasons for and against what leads, and why the others do not. @param {View} view @returns {Node[]} */
function reasons({ state, certainties, leaders }) {
  const order = ranking(certainties);
  const firsts = leaders.length ? leaders : order.slice(0, 1).filter((position) => evidenceOf(state, position).length);
  const main = firsts.flatMap((position) => sides(state, position));
  const others = order
    .filter((position) => !firsts.includes(position))
    .map((position) => {
      const numbers = new Numbers(certainties, base.threshold);
      const name = candidateName(base, base.candidates[position]);
      return el(
        "details",
        { class: "why-not" },
        el(
          "summary",
          {},
          el(
            "h3",
            {},
            leaders.length ? `Why not ${name}? ` : `${name} `,
            el("span", { class: "faint" }, numbers.write(certainties[position], true)),
          ),
        ),
        ...sides(state, position),
        ...missed(state, position),
      );
    });
  const retired = retiredReasons(base, state);
  return [
    ...main,
    ...others,
    ...(retired.length
      ? [
          el("h2", {}, "Retired: would have held, and no longer count"),
          el(
            "ul",
            { class: "pieces missed" },
            ...retired.map((each) =>
              el(
                "li",
                {},
                bracketed(each.strength),
                ` ${each.strength > 0 ? "for" : "against"} ${pairName(base, each.attribute, each.value)}: ${each.rule.because}${citation(each.rule)}`,
                el("br"),
                el("span", { class: "faint" }, `no longer counts: ${each.rule.reason}`),
              ),
            ),
          ),
        ]
      : []),
  ];
}

/** @param {State} state @param {number} position */
const evidenceOf = (state, position) => evidenceFor(base, state, base.goal, base.candidates[position]);

/** @param {number} by */
const strong = (by) => el("strong", { class: by > 0 ? "for" : "against" }, number(by, true));

/** Write what a rule that does not count would give, so that it looks like no real evidence. @param {number} by */
const bracketed = (by) => el("strong", {}, `(${number(by, true)})`);

/** Write what speaks for a candidate, and what against it.
 * @param {State} state @param {number} position @returns {Node[]} */
function sides(state, position) {
  const value = base.candidates[position];
  const name = candidateName(base, value);
  const found = piecesFor(base, state, base.goal, value, saidOf);
  const side = (/** @type {string} */ word, /** @type {Piece[]} */ pieces) =>
    pieces.length
      ? [el("h3", {}, `${word} ${name}`), el("ul", { class: "pieces" }, ...pieces.map((piece) => reason(state, piece)))]
      : [el("p", { class: "faint" }, `Nothing speaks ${word.toLowerCase()} ${name}.`)];
  const sums =
    found.length > 1
      ? arithmetic(found.map((piece) => piece.strength)).map((line) => el("p", { class: "sum" }, line))
      : [];
  return [
    ...side(
      "For",
      found.filter((piece) => piece.strength > 0),
    ),
    ...side(
      "Against",
      found.filter((piece) => piece.strength < 0),
    ),
    ...sums,
  ];
}

/** Say how a fact came to be given. @param {number} attribute */
const saidOf = (attribute) =>
  `It was given${page.answers.get(attribute)?.note ? `: ${page.answers.get(attribute)?.note}` : "."}`;

/** Write one piece of evidence, with the facts that it rests on. @param {State} state @param {Piece} piece */
function reason(state, piece) {
  const rule = base.rules[piece.rule];
  const grounds = piece.grounds.flatMap((each, i) => [i ? ", " : "since ", factLink(each)]);
  return el(
    "li",
    {},
    strong(piece.strength),
    ` ${piece.sentence}`,
    el("br"),
    el(
      "span",
      { class: "faint small" },
      rule && !rule.isDefault ? `${rule.name}${grounds.length ? ", " : ""}` : "",
      ...grounds,
      piece.held ? `; ${piece.held}` : "",
    ),
  );
}

/** Write a fact; where it can be changed, as what leads to its question. @param {Ground} each */
function factLink(each) {
  const text = groundText(base, each);
  if (!base.attributes[each.attribute].canBeGiven || (each.how !== "" && each.how !== "default")) return text;
  return el("button", { type: "button", class: "link", click: () => lead(each.attribute), title: "Change this" }, text);
}

/** List the strongest rules that would have supported a candidate, with what they lack.
 * @param {State} state @param {number} position @returns {Node[]} */
function missed(state, position) {
  const value = base.candidates[position];
  const rules = [...(base.concluding[base.goal].get(value) ?? [])].filter(
    ([rule, certainty]) => certainty > 0 && state.degree[rule] === 0,
  );
  rules.sort((a, b) => b[1] - a[1]);
  if (!rules.length) return [];
  const rows = rules
    .slice(0, LISTED)
    .map(([rule, certainty]) =>
      el(
        "li",
        {},
        bracketed(certainty),
        ` ${base.rules[rule].because}${citation(base.rules[rule])}`,
        el("br"),
        el("span", { class: "faint small" }, lacking(base, state, base.rules[rule])),
      ),
    );
  const more = rules.length - rows.length;
  return [
    el("h3", { class: "faint" }, `Would have supported ${candidateName(base, value)}, but did not hold`),
    el("ul", { class: "pieces missed" }, ...rows),
    more > 0 ? el("p", { class: "faint" }, `and ${more} more rule${more === 1 ? "" : "s"}`) : el("span"),
  ];
}
