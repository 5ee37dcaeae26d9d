// Why a question is asked: which way each answer would push.

/** Offer to say which way each answer to a question would push; that is worked out when it is wanted.
 * @param {number} position @param {View} view */
function whyAsked(position, { facts }) {
  const list = el("ul", {});
  const said = el("div", {}, el("h3", {}, "Which way each answer would push"), list);
  const fill = () => {
    const rows = list.childElementCount ? [] : pushes(position, facts);
    list.append(...rows.map((row) => el("li", {}, row)));
  };
  return el("details", { id: "why", toggle: fill }, el("summary", {}, "Why is this asked?"), said);
}

/** Say which candidates each answer alone would raise and lower; of numbers with the same effect, one stands for all.
 * @param {number} position @param {Facts} facts */
function pushes(position, facts) {
  const attribute = base.attributes[position];
  const others = new Map([...facts].filter(([other]) => other !== position));
  const now = scores(base, consult(base, others));
  const values = attribute.choices?.map(([value]) => value) ?? askedOf(base, position).values.filter(isSaid);
  const found = values.map((value) => {
    const then = scores(base, consult(base, new Map(others).set(position, { value, certainty: 1 })));
    const moved = (/** @type {string} */ word, /** @type {number} */ sign) => {
      const names = base.candidates.filter((_, i) => sign * (then[i] - now[i]) > 0);
      return names.length ? `${word} ${names.map((each) => candidateName(base, each)).join(", ")}` : "";
    };
    return { value, effect: [moved("for", 1), moved("against", -1)].filter(Boolean).join("; ") };
  });
  const told = attribute.number
    ? found.filter(({ effect }, i) => effect && found.findIndex((each) => each.effect === effect) === i)
    : found;
  if (!told.some(({ effect }) => effect))
    return ["On its own, the answer moves no candidate; it counts together with others."];
  return told.map(({ value, effect }) => {
    const name = labelOf(attribute, value);
    return `${attribute.number ? "such as " : ""}${name}: ${effect || "no effect on its own"}`;
  });
}

/** @param {Value | null} value @returns {value is Value} */
const isSaid = (value) => value !== null;
