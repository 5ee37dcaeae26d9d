// What is said of an answer: the same words, and numbers written the same way, as expert/rendering has them.

/** @typedef {{attribute: number, value: Value | null, certainty: number, how: string}} Ground a fact that something rests on */
/** @typedef {{strength: number, sentence: string, rule: number, grounds: Ground[], held: string}} Piece evidence in words */

/** Name a value for people; a number with its unit, unless the attribute's own words end with it.
 * @param {Attribute} attribute @param {Value} value */
function labelOf({ number, words, choices }, value) {
  if (!number) return choices?.find(([choice]) => choice === value)?.[1] ?? String(value);
  const amount = Number(value).toLocaleString("en-US", { maximumFractionDigits: 9 });
  return number.unit && !` ${words}`.endsWith(` ${number.unit}`) ? `${amount} ${number.unit}` : amount;
}

/** Name a candidate. @param {Base} base @param {Value} value */
const candidateName = (base, value) => labelOf(base.attributes[base.goal], value);

/** Name a conclusion: a candidate by its label. @param {Base} base @param {number} attribute @param {Value} value */
function pairName(base, attribute, value) {
  const about = base.attributes[attribute];
  return attribute === base.goal ? labelOf(about, value) : `${about.words}: ${labelOf(about, value)}`;
}

/** State the answer, and how clear it is: the answer, and the rest of the sentence.
 * @param {Base} base @param {number[]} certainties */
function headline(base, certainties) {
  const numbers = new Numbers(certainties, base.threshold);
  const order = ranking(certainties);
  const leaders = leading(base, certainties);
  const { outcome, recommendation } = answerOf(base, leaders);
  const name = (/** @type {number} */ position) => candidateName(base, base.candidates[position]);
  const best = certainties[order[0]];
  if (outcome === "recommended") {
    const [, second, third] = order;
    if (second === undefined) return [name(order[0]), ` is recommended with certainty ${numbers.write(best)}.`];
    const clearly = rounded(best - certainties[second]) > base.threshold ? "clearly" : "narrowly";
    const whom = third !== undefined && certainties[second] - certainties[third] <= TIE ? "the others" : name(second);
    const by = numbers.difference(best, certainties[second]);
    return [
      name(order[0]),
      ` is recommended with certainty ${numbers.write(best)}, ${clearly} ahead of ${whom} (by ${by}).`,
    ];
  }
  if (outcome === "tie") {
    const names = leaders.map(name);
    return [
      `A tie between ${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`,
      `, with certainty ${numbers.write(best)} each.`,
    ];
  }
  const none = `: no candidate's certainty exceeds ${written(String(base.threshold))}.`;
  return recommendation === null
    ? ["Undecided", none]
    : [candidateName(base, recommendation), ` is the default answer${none}`];
}

/** Name an answer in few words. @param {Base} base @param {number[]} leaders */
function answerName(base, leaders) {
  const { outcome, recommendation } = answerOf(base, leaders);
  if (outcome === "tie")
    return `a tie between ${leaders.map((position) => candidateName(base, base.candidates[position])).join(" and ")}`;
  if (recommendation === null) return "undecided";
  return candidateName(base, recommendation) + (outcome === "default" ? ", the default" : "");
}

/** Order the positions of the candidates by their certainty. @param {number[]} certainties */
const ranking = (certainties) => [...certainties.keys()].sort((a, b) => certainties[b] - certainties[a] || a - b);

/** Say what definite answers can still lead to; empty where nothing is open.
 * @param {Base} base @param {Outlook} found @param {number} leaders */
function stillPossible(base, found, leaders) {
  const count = found.matter.length;
  if (leaders === 1 || !count) return "";
  const open = count === 1 ? "open question" : `${count} open questions`;
  if (!found.possible) return `The ${open} can be answered in too many ways to say what is still possible.`;
  const { values, always } = found.possible;
  if (always && values.length === 1)
    return `Whatever the answer${count === 1 ? "" : "s"} to the ${open}, it is ${candidateName(base, values[0])}.`;
  if (!values.length) return `No answer to the ${open} leads to a recommendation.`;
  const names = values.map((value) => candidateName(base, value)).join(", ");
  return `Still possible: ${names}${always ? "" : ", or no recommendation"}.`;
}

/** Write a test. @param {Base} base @param {Premise} test */
function testText(base, [kind, position, operand]) {
  const attribute = base.attributes[position];
  const value = operand === undefined ? "" : labelOf(attribute, operand);
  /** @type {Record<string, string>} */
  const texts = {
    is: value,
    not: `known not to be ${value}`,
    unknown: "unknown",
    known: "known",
    ">=": `at least ${value}`,
    "<=": `at most ${value}`,
    ">": `more than ${value}`,
    "<": `less than ${value}`,
  };
  return kind === "lacking" ? `nothing says what ${attribute.words} is` : `${attribute.words} is ${texts[kind]}`;
}

/** List the facts that make a premise hold: of `any`, those of each such branch.
 * @param {Base} base @param {State} state @param {Premise} premise @returns {Ground[]} */
function groundsOf(base, state, premise) {
  const [kind, attribute, operand] = premise;
  if (kind === "never") return groundsOf(base, state, operand);
  if (kind === "all" || kind === "any" || kind === "least") {
    const parts = premise.slice(kind === "least" ? 2 : 1);
    const holding = parts.filter((part) => kind === "all" || degreeOf(state, part, base.threshold) > 0);
    const grounds = holding.flatMap((part) => groundsOf(base, state, part));
    return grounds.filter(
      (one, i) => grounds.findIndex((other) => other.attribute === one.attribute && other.value === one.value) === i,
    );
  }
  const known = [...(state.known[attribute] ?? [])];
  if (kind === "unknown" || kind === "known" || kind === "lacking") {
    return known.length
      ? known.map(([value]) => ground(base, state, attribute, value))
      : [ground(base, state, attribute, null)];
  }
  if (kind === "is") return [ground(base, state, attribute, operand)];
  // Of equally strong ones the first by name.
  const supports = known.map(([value, certainty]) => ({ value, by: strength(premise, value, certainty) }));
  const [best] = supports
    .filter(({ by }) => by > 0)
    .sort((a, b) => b.by - a.by || (String(a.value) < String(b.value) ? -1 : 1));
  return best ? [ground(base, state, attribute, best.value)] : [];
}

/** Describe a fact that something rests on.
 * @param {Base} base @param {State} state @param {number} attribute @param {Value | null} value @returns {Ground} */
function ground(base, state, attribute, value) {
  const certainty = value === null ? 0 : (state.known[attribute]?.get(value) ?? 0);
  return { attribute, value, certainty, how: value === null ? "" : howKnown(base, state, attribute, value) };
}

/** Tell where a fact comes from: given, computed, by default, or derived.
 * @param {Base} base @param {State} state @param {number} attribute @param {Value} value */
function howKnown(base, state, attribute, value) {
  const pieces = evidenceFor(base, state, attribute, value).filter((piece) => piece.rule < 0 || piece.strength > 0);
  if (pieces.length && pieces.every((piece) => base.rules[piece.rule]?.isDefault)) return "default";
  if (base.attributes[attribute].formula) return "computed";
  return pieces.some((piece) => piece.rule >= 0) ? "derived" : "";
}

/** Write a fact with its certainty where that is not 1, and where it comes from.
 * @param {Base} base @param {Ground} ground */
function groundText(base, { attribute, value, certainty, how }) {
  const about = base.attributes[attribute];
  if (value === null) return `${about.words} is unknown`;
  const details = [certainty === 1 ? "" : number(certainty), how].filter(Boolean).join(", ");
  return `${about.words}: ${labelOf(about, value)}${details ? ` (${details})` : ""}`;
}

/** Write who says so. @param {Rule} rule */
const citation = (rule) =>
  rule.sources.length ? ` [${rule.sources.map(([source, where]) => `${source} ${where}`.trim()).join("; ")}]` : "";

/** Put the evidence for a pair into words, the strongest first. @param {Base} base @param {State} state @param {number} attribute @param {Value} value @param {(attribute: number) => string} said
 * @returns {Piece[]} */
function piecesFor(base, state, attribute, value, said) {
  const evidence = evidenceFor(base, state, attribute, value).sort(
    (a, b) => Math.abs(b.strength) - Math.abs(a.strength),
  );
  return evidence.map(({ rule: position, strength: by }) => {
    if (position < 0) return { strength: by, rule: -1, held: "", ...sayGiven(base, state, attribute, said) };
    const rule = base.rules[position];
    const grounds = rule.isDefault ? [] : groundsOf(base, state, rule.if);
    return {
      strength: by,
      rule: position,
      sentence: rule.because + citation(rule),
      grounds,
      held: heldBack(base, state, position),
    };
  });
}

/** Say that a fact was given, or how it was computed.
 * @param {Base} base @param {State} state @param {number} attribute @param {(attribute: number) => string} said */
function sayGiven(base, state, attribute, said) {
  const { formula, formulaText, words } = base.attributes[attribute];
  if (!formula) return { sentence: said(attribute), grounds: [] };
  const inputs = [...new Set(formula.filter((step) => step.length === 1).map(([input]) => input))];
  const grounds = inputs.map((input) => ground(base, state, input, mostCertain(state.known[input])?.value ?? null));
  return { sentence: `Computed: ${words} = ${formulaText} = ${labelOf(base.attributes[attribute], state.said[attribute].value)}.`, grounds };
}

/** Say which exceptions keep a rule below the degree of its premise.
 * @param {Base} base @param {State} state @param {number} position */
function heldBack(base, state, position) {
  const rule = base.rules[position];
  const own = degreeOf(state, rule.if, base.threshold);
  const degree = state.degree[position];
  if (degree === own) return "";
  const numbers = new Numbers([own, degree]);
  return `held to ${numbers.write(degree)}, not ${numbers.write(own)}: excepted by ${exceptionsOf(base, state, rule).join(" and by ")}`;
}

/** Name the exceptions of a rule that hold to any degree. @param {Base} base @param {State} state @param {Rule} rule */
function exceptionsOf(base, state, rule) {
  const texts = [];
  const since = (/** @type {Premise} */ premise) =>
    groundsOf(base, state, premise)
      .map((each) => groundText(base, each))
      .join(", ");
  if (rule.unless && degreeOf(state, rule.unless, base.threshold) > 0) texts.push(since(rule.unless));
  const rows = [];
  for (let row = rule.above ?? -1; row >= 0; row = base.rules[row].above ?? -1) rows.unshift(row);
  const degrees = rows.map((row) => degreeOf(state, base.rules[row].if, base.threshold));
  const most = Math.max(0, ...degrees);
  const foremost = rows[degrees.indexOf(most)];
  if (most > 0)
    texts.push(`${base.rules[foremost].name}, which holds${most === 1 ? "" : ` to degree ${number(most)}`}`);
  return texts;
}

/** Say in brief what kept a rule from holding. @param {Base} base @param {State} state @param {Rule} rule */
function lacking(base, state, rule) {
  const isUnmet = degreeOf(state, rule.if, base.threshold) <= base.threshold;
  const failed = isUnmet
    ? [...testsOf(rule.if)].filter((test) => degreeOf(state, test, base.threshold) <= base.threshold)
    : [];
  const texts = [
    ...new Set(
      failed.map((test) => {
        const degree = degreeOf(state, test, base.threshold);
        const how = degree > 0 ? "too weak" : state.known[test[1]] ? "known not to hold" : "not known";
        return `${testText(base, test)} (${how})`;
      }),
    ),
  ];
  if (!isUnmet) texts.push(`excepted by ${exceptionsOf(base, state, rule).join(" and by ")}`);
  return texts.join("; ");
}

/** List what retired rules would have said: each conclusion with its strength.
 * @param {Base} base @param {State} state */
function retiredReasons(base, state) {
  return base.retired.flatMap((rule) => {
    const exception = rule.unless ? degreeOf(state, rule.unless, base.threshold) : 0;
    const degree = Math.min(degreeOf(state, rule.if, base.threshold), 1 - exception);
    return degree > base.threshold
      ? rule.then.map(([attribute, value, certainty]) => ({ rule, attribute, value, strength: degree * certainty }))
      : [];
  });
}
