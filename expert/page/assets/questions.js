// Which questions may be asked, and which answers stay, as in expert/open_questions/gates.py; what rules alone say of
// questions is in the compiled form.

/** @typedef {"closed" | "waits" | "open"} Standing whether a question may be asked, may be later, or never */
/** @typedef {{ready: number[], waiting: number[], bounds: Bounds}} Open */

/** @param {Base} base */
const questionsOf = (base) =>
  base.attributes.map((_, position) => position).filter((position) => base.attributes[position].asked);

/** Give what the rules alone say of a question. @param {Base} base @param {number} name @returns {Asked} */
function askedOf(base, name) {
  return base.attributes[name].asked ?? { values: [null], weights: [1], definite: 0, behind: [], later: [] };
}

/** List the rules that leave nothing to ask where they hold; a default does not.
 * @param {Base} base @param {number} name */
function closing(base, name) {
  const rules = [...base.concluding[name].values()].flat().map(([position]) => position);
  return rules.filter((position) => !base.rules[position].isDefault);
}

/** Tell whether a question is open, closed or waits. @param {Bounds} bounds @param {number} name @returns {Standing} */
function standing(bounds, name) {
  const { base } = bounds;
  const { askIf } = base.attributes[name];
  const [low, high] = askIf ? bounds.degree(askIf) : [1, 1];
  const evidence = closing(base, name).map((position) => bounds.evidence[position]);
  if (high <= base.threshold || evidence.some((each) => each[0] > 0)) return "closed";
  return low > base.threshold && evidence.every((each) => each[1] === 0) ? "open" : "waits";
}

/** Find all questions that may be asked, whatever is answered to others of them: a least fixpoint.
 * @param {Base} base @param {Facts} facts @param {Set<number>} settled */
function askable(base, facts, settled) {
  const names = questionsOf(base).filter((name) => !settled.has(name));
  let found = new Set(names.filter((name) => !base.attributes[name].askIf && !closing(base, name).length));
  for (;;) {
    const bounds = new Bounds(base, facts, found);
    const opened = new Set(names.filter((name) => found.has(name) || standing(bounds, name) !== "closed"));
    if (opened.size === found.size) return { names: names.filter((name) => found.has(name)), bounds };
    found = opened;
  }
}

/** Divide some of the possible questions: those that may be asked now, and those that wait.
 * @param {Facts} facts @param {number[]} possible @param {number[]} names @param {Bounds} bounds @returns {Open} */
function divided(facts, possible, names, bounds) {
  const { base } = bounds;
  const soFar = (/** @type {number} */ name) => {
    const { later } = askedOf(base, name);
    const now = standing(bounds, name);
    if (now !== "waits" || !later.length) return now;
    return standing(
      new Bounds(
        base,
        facts,
        possible.filter((other) => !later.includes(other)),
      ),
      name,
    );
  };
  let ready = names.filter((name) => soFar(name) === "open");
  if (names.length && !ready.length) {
    const now = new Bounds(base, facts, []);
    const opened = names.filter((name) => standing(now, name) === "open");
    const unordered = opened.filter((name) => !hasLevel(base, name));
    ready = unordered.length ? unordered : opened;
  }
  return { ready, waiting: names.filter((name) => !ready.includes(name)), bounds };
}

/** @param {Base} base @param {number} name */
const hasLevel = (base, name) => typeof askedOf(base, name).level === "number";

/** Find the questions that may still be asked, whether anything can read their answers or not.
 * @param {Base} base @param {Facts} facts @param {Set<number>} settled @returns {Open} */
function possibleQuestions(base, facts, settled) {
  const { names, bounds } = askable(base, facts, settled);
  return divided(facts, names, names, bounds);
}

/** Find those whose answers something can still read.
 * @param {Base} base @param {Facts} facts @param {Set<number>} settled @returns {Open} */
function openQuestions(base, facts, settled) {
  const { names, bounds } = askable(base, facts, settled);
  const read = bounds.behind(base.candidates.map((_, position) => position));
  return divided(
    facts,
    names,
    names.filter((name) => read.has(name)),
    bounds,
  );
}

/** Find the answers that stay: their questions would be asked given the others that stay.
 * @param {Base} base @param {Facts} given @param {Map<number, Said | null>} answers @returns {Set<number>} */
function fitting(base, given, answers) {
  /** @type {Map<number, Said | null>} */
  const kept = new Map();
  let left = [...answers.keys()];
  while (left.length) {
    const { ready, waiting } = possibleQuestions(
      base,
      withAnswers(given, kept),
      new Set([...given.keys(), ...kept.keys()]),
    );
    left = left.filter((name) => ready.includes(name) || waiting.includes(name));
    const now = left.filter((name) => ready.includes(name));
    let take = now.filter((name) => hasLevel(base, name) || !askedOf(base, name).behind.length);
    if (!take.length) take = now.slice(0, 1);
    if (!take.length) {
      // they wait for what has not been answered
      take = left.filter((name) => !askedOf(base, name).behind.some((other) => left.includes(other)));
      if (!take.length) take = left.slice(0, 1);
    }
    for (const name of take) kept.set(name, answers.get(name) ?? null);
    left = left.filter((name) => !kept.has(name));
  }
  return new Set(kept.keys());
}

/** Add answers, of which null says nothing, to facts.
 * @param {Facts} given @param {Iterable<[number, Said | null]>} answers */
function withAnswers(given, answers) {
  /** @type {Facts} */
  const facts = new Map(given);
  for (const [name, said] of answers) if (said) facts.set(name, said);
  return facts;
}
