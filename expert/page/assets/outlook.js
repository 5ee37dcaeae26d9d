// Which questions matter, when the answer is certain, and what to ask next, as in expert/open_questions/prospects.py.

/** @typedef {{names: number[], counts: number[], rows: number[][], leaders: string[], weights: number[], complete: boolean}} Table */
/** @typedef {{open: Open, matter: number[], best: number[], left: number, certain: boolean, promising: boolean, settled: Value | null,
 *   possible: {values: Value[], always: boolean} | null}} Outlook */

/** Up to so many ways to answer are all looked at, each by running the rules. */
const WAYS = 2048;
/** Up to so many are, to prove that the answer is certain, or settled, where a sample suggests it. */
const PROOF = 12_288;
/** But no more than this in ways to answer times rules, so that large knowledge bases do not take long; for a proof, in
 * proportion. */
const WORK = 400_000;
/** So many ways to answer are drawn where they are more. */
const SAMPLE = 600;

/** Find what is still open, what of it matters, and what to ask next; `promising` if looking at more ways to answer is
 * likely to prove that nothing is left to ask.
 * @param {Base} base @param {Facts} facts @param {Set<number>} settled @param {number} [most] @returns {Outlook} */
function outlook(base, facts, settled, most = WAYS) {
  const open = openQuestions(base, facts, settled);
  const wanted = open.bounds.behind(open.bounds.contenders());
  const bounded = [...open.ready, ...open.waiting].filter((name) => wanted.has(name)).sort((a, b) => a - b);
  const now = leadersAfter(base, facts, [], []);
  const certain = {
    open,
    matter: [],
    best: [],
    left: 0,
    certain: true,
    promising: false,
    settled: null,
    possible: possibleAmong(base, [now]),
  };
  if (!bounded.length) return certain;
  const table = tableOf(base, facts, bounded, open, most);
  const endsAlike = table.leaders.every((leaders) => leaders === table.leaders[0]);
  if (table.complete && endsAlike) return certain;
  const matter = table.complete ? thatMatter(table) : bounded;
  const ends = isOrdered(base, bounded) ? possibleAmong(base, definiteEnds(base, table)) : null;
  const possible = table.complete ? ends : null;
  const only = ends && ends.always && ends.values.length === 1 ? ends.values[0] : null;
  const leaders = positions(now);
  const settles = only !== null && (leaders.length !== 1 || base.candidates[leaders[0]] === only);
  const promising = (endsAlike || settles) && canBeProved(base, bounded) && !table.complete;
  if (settles && table.complete) {
    return { ...certain, matter, certain: false, settled: only, possible };
  }
  const awaited = new Set(
    matter.filter((name) => open.waiting.includes(name)).flatMap((name) => askedOf(base, name).behind),
  );
  const before = [...open.ready, ...open.waiting].filter((name) => awaited.has(name));
  const ready = matter.filter((name) => open.ready.includes(name));
  // Where none that matters can be asked, those that they wait for come first, though they do not matter themselves.
  const best = ready.length ? byEntropy(table, ready) : open.ready.filter((name) => awaited.has(name));
  return {
    open,
    matter,
    best,
    left: new Set([...bounded, ...before]).size,
    certain: false,
    promising,
    settled: null,
    possible,
  };
}

/** Tell whether the order of answers to these does not count. @param {Base} base @param {number[]} names */
function isOrdered(base, names) {
  return names.every((name) => hasLevel(base, name) || !askedOf(base, name).behind.length);
}

/** Tell whether the ways to answer questions are few enough for a proof.
 * @param {Base} base @param {number[]} names @param {number} [most] */
function canBeProved(base, names, most = PROOF) {
  const ways = names.reduce((product, name) => product * askedOf(base, name).values.length, 1);
  const isFew = ways <= Math.min(most, (WORK / base.rules.length) * (most / WAYS));
  return isFew && !names.some((name) => base.attributes[name].isInput);
}

/** Decide all ways to answer questions, or some where they are too many, or endless.
 * @param {Base} base @param {Facts} facts @param {number[]} names @param {Open} open @param {number} most @returns {Table} */
function tableOf(base, facts, names, open, most) {
  const counts = names.map((name) => askedOf(base, name).values.length);
  const complete = canBeProved(base, names, most);
  const levels = names.map((name) => (open.waiting.includes(name) ? (askedOf(base, name).level ?? 0) : 0));
  const rows = complete
    ? allRows(counts)
    : drawnRows(base, names, Math.max(40, Math.min(SAMPLE, WORK / base.rules.length)));
  const weights = rows.map((row) =>
    complete ? row.reduce((w, at, i) => w * askedOf(base, names[i]).weights[at], 1) : 1,
  );
  const leaders = rows.map((row) => {
    const answers = row.map((at, i) => askedOf(base, names[i]).values[at]);
    return leadersAfter(base, facts, names, answers, levels);
  });
  return { names, counts, rows, leaders, weights, complete };
}

/** Count through all ways to answer; the last question's answers change fastest. @param {number[]} counts */
function allRows(counts) {
  return counts.reduce(
    (rows, count) => rows.flatMap((row) => Array.from({ length: count }, (_, at) => [...row, at])),
    [/** @type {number[]} */ ([])],
  );
}

/** Draw ways to answer, always the same. @param {Base} base @param {number[]} names @param {number} count */
function drawnRows(base, names, count) {
  const columns = names.map((name) => {
    const { weights } = askedOf(base, name);
    let seed = 0x9e3779b9 ^ name;
    return Array.from({ length: count }, () => {
      seed = (seed + 0x6d2b79f5) | 0; // the generator mulberry32
      let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      let drawn = ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
      const at = weights.findIndex((weight) => (drawn -= weight) < 0);
      return at < 0 ? weights.length - 1 : at;
    });
  });
  return Array.from({ length: count }, (_, row) => columns.map((column) => column[row]));
}

/** Find who leads after some answers; those to questions that the others close are ignored, level by level.
 * @param {Base} base @param {Facts} facts @param {number[]} names @param {(Value | null)[]} answers @param {number[]} [levels] */
function leadersAfter(base, facts, names, answers, levels = []) {
  const known = new Map(facts);
  const take = (/** @type {number} */ i) => {
    const value = answers[i];
    if (value !== null) known.set(names[i], { value, certainty: 1 });
  };
  names.forEach((_, i) => {
    if (!levels[i]) take(i);
  });
  const highest = Math.max(0, ...levels);
  for (let level = 1; level <= highest; level++) {
    const state = consult(base, known);
    const isOpen = (/** @type {number} */ name) => {
      const { askIf } = base.attributes[name];
      const opened = !askIf || degreeOf(state, askIf, base.threshold) > base.threshold;
      return opened && closing(base, name).every((position) => state.degree[position] === 0);
    };
    const taken = names.map((name, i) => levels[i] === level && isOpen(name));
    taken.forEach((isTaken, i) => {
      if (isTaken) take(i);
    });
  }
  return leading(base, scores(base, consult(base, known))).join();
}

/** @param {string} leaders */
const positions = (leaders) => (leaders ? leaders.split(",").map(Number) : []);

/** Keep the questions of a complete table whose answer, on its own, changes what leads in some row.
 * @param {Table} table */
function thatMatter({ names, counts, rows, leaders }) {
  let stride = rows.length;
  return names.filter((_, i) => {
    stride /= counts[i];
    return rows.some((row, at) => leaders[at] !== leaders[at - row[i] * stride]);
  });
}

/** Collect who leads in those rows of a table in which no answer is "don't know".
 * @param {Base} base @param {Table} table */
function definiteEnds(base, { names, rows, leaders }) {
  const definite = names.map((name) => askedOf(base, name).definite);
  return leaders.filter((_, at) => rows[at].every((each, i) => each < definite[i]));
}

/** Collect what is recommended where these lead; `always` if something is, each time.
 * @param {Base} base @param {Iterable<string>} ends */
function possibleAmong(base, ends) {
  const found = new Set([...new Set(ends)].map((leaders) => answerOf(base, positions(leaders)).recommendation));
  return { values: base.candidates.filter((value) => found.has(value)), always: !found.has(null) };
}

/** Order questions by the entropy of who leads that is to be expected once each is answered, the least first.
 * @param {Table} table @param {number[]} names */
function byEntropy({ names: columns, rows, leaders, weights }, names) {
  const cost = new Map(
    names.map((name) => {
      const column = columns.indexOf(name);
      /** @type {Map<number, Map<string, number>>} */
      const byAnswer = new Map();
      rows.forEach((row, at) => {
        const ends = byAnswer.get(row[column]) ?? new Map();
        byAnswer.set(row[column], ends.set(leaders[at], (ends.get(leaders[at]) ?? 0) + weights[at]));
      });
      let entropy = 0;
      for (const ends of byAnswer.values()) {
        const total = [...ends.values()].reduce((sum, weight) => sum + weight, 0);
        for (const weight of ends.values()) entropy -= weight * Math.log(weight / total);
      }
      return [name, Math.round(entropy * 1e12)];
    }),
  );
  return [...names].sort((a, b) => (cost.get(a) ?? 0) - (cost.get(b) ?? 0) || a - b);
}
