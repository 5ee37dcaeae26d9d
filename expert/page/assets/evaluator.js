// What follows from facts: the meaning of a knowledge base, in the compiled form that Python writes.
// Every number is computed by the same operations in the same order as in expert/inference, so both agree to the bit.

/** @typedef {string | number} Value */
/** @typedef {any[]} Premise an array that starts with the word for its kind */
/** @typedef {{value: Value, certainty: number}} Said what is given or computed */
/** @typedef {{name: string, if: Premise, unless?: Premise, then: [number, Value, number][], because: string,
 *   sources: [string, string][], above?: number, isDefault?: boolean, reason?: string}} Rule */
/** @typedef {{values: (Value | null)[], weights: number[], definite: number, level?: number | null,
 *   behind: number[], later: number[]}} Asked */
/** @typedef {{unit: string, atLeast?: number, atMost?: number, integer: boolean, text: string}} NumberKind */
/** @typedef {{name: string, words: string, about?: string, question?: string, help?: string, choices?: [string, string][],
 *   longLabels?: Record<string, string>,
 *   yesNo?: boolean, number?: NumberKind, otherwise?: Value, starts?: [string, string, string][],
 *   canBeGiven?: boolean, askIf?: Premise, formula?: any[], formulaText?: string,
 *   computedFrom?: number[], isInput?: boolean,
 *   asked?: Asked}} Attribute */
/** @typedef {{name: string, title: string, version: string, digest: string, reviewBy: string, goal: number,
 *   threshold: number, attributes: Attribute[], rules: Rule[], strata: number[][], computed: number[][],
 *   retired: Rule[], given: Record<string, unknown>, option: string,
 *   concluding: Map<Value, [number, number][]>[], candidates: Value[]}} Base */
/** @typedef {Map<number, Said>} Facts what is given, by the position of its attribute */
/** @typedef {{said: Said[], known: Map<Value, number>[], degree: Float64Array, covered: Float64Array}} State */
/** @typedef {"recommended" | "tie" | "undecided" | "default"} Outcome */

/** Candidates whose certainty factors differ by no more than this are tied. */
const TIE = 1e-9;

/** @type {Record<string, (value: any, bound: any) => boolean>} */
const COMPARE = { ">=": (v, b) => v >= b, "<=": (v, b) => v <= b, ">": (v, b) => v > b, "<": (v, b) => v < b };

/** Add what can be looked up to the compiled form. @param {any} data @returns {Base} */
function prepared(data) {
  /** @type {Map<Value, [number, number][]>[]} */
  const concluding = data.attributes.map(() => new Map());
  data.rules.forEach((/** @type {Rule} */ rule, /** @type {number} */ position) => {
    for (const [attribute, value, certainty] of rule.then) {
      const found = concluding[attribute].get(value) ?? [];
      concluding[attribute].set(value, [...found, [position, certainty]]);
    }
  });
  return {
    ...data,
    concluding,
    candidates: data.attributes[data.goal].choices.map((/** @type {[string, string]} */ [value]) => value),
  };
}

/** Combine all evidence for a pair: support and opposition apart, then one against the other.
 * @param {number[]} evidence */
function certaintyFactor(evidence) {
  const [support, opposition] = complements(evidence);
  return weighed(support, opposition);
}

/** Weigh support against opposition, given 1 less each. @param {number} support @param {number} opposition */
function weighed(support, opposition) {
  return support === opposition ? 0 : rounded((opposition - support) / Math.max(support, opposition));
}

/** Give 1 − P and 1 − N. @param {number[]} evidence */
function complements(evidence) {
  let support = 1;
  let opposition = 1;
  for (const strength of evidence) {
    if (strength > 0) support *= 1 - strength;
    else opposition *= 1 + strength;
  }
  return [support, opposition];
}

/** Round to the 15th decimal, halves to even, never to −0. @param {number} x */
function rounded(x) {
  const scaled = x * 1e15;
  const below = Math.floor(scaled);
  const over = scaled - below;
  const up = over > 0.5 || (over === 0.5 && below % 2 !== 0);
  return (up ? below + 1 : below) / 1e15;
}

/** Give the degree of a premise.
 * @param {State} state @param {Premise} premise @param {number} threshold @returns {number} */
function degreeOf(state, premise, threshold) {
  const kind = premise[0];
  const known = state.known[premise[1]];
  switch (kind) {
    case "is":
      return Math.max(known?.get(premise[2]) ?? 0, 0);
    case "unknown":
      return known ? 0 : 1;
    case "known":
      return known ? 1 : 0;
    case "lacking":
      return known && [...known.values()].some((certainty) => certainty > threshold) ? 0 : 1;
    case "never":
      return degreeOf(state, premise[2], threshold);
    case "all": {
      let least = 1;
      for (let i = 1; i < premise.length; i++) least = Math.min(least, degreeOf(state, premise[i], threshold));
      return least;
    }
    case "any": {
      let most = 0;
      for (let i = 1; i < premise.length; i++) most = Math.max(most, degreeOf(state, premise[i], threshold));
      return most;
    }
    case "least": {
      const degrees = premise.slice(2).map((part) => degreeOf(state, part, threshold));
      return degrees.sort((a, b) => b - a)[premise[1] - 1];
    }
    default: {
      let most = 0;
      for (const [value, certainty] of known ?? []) most = Math.max(most, strength(premise, value, certainty));
      return most;
    }
  }
}

/** Tell how far a value speaks for a test of many pairs.
 * @param {Premise} test @param {Value} value @param {number} certainty */
function strength([kind, , operand], value, certainty) {
  if (kind === "not") return value === operand ? -certainty : certainty;
  return COMPARE[kind](value, operand) ? certainty : 0;
}

/** Give the degree of a rule: the least of its premise's, and of 1 less each exception's.
 * @param {Base} base @param {State} state @param {number} position */
function ruleDegree(base, state, position) {
  const rule = base.rules[position];
  const own = degreeOf(state, rule.if, base.threshold);
  let exception = rule.unless ? degreeOf(state, rule.unless, base.threshold) : 0;
  if (rule.above !== undefined) {
    exception = rule.above < 0 ? 0 : state.covered[rule.above];
    state.covered[position] = Math.max(exception, own);
  }
  return Math.min(own, 1 - exception);
}

/** List the evidence for a pair: what is given or computed first, then rules that held, in the order of the file.
 * @param {Base} base @param {State} state @param {number} attribute @param {Value} value
 * @returns {{rule: number, strength: number}[]} */
function evidenceFor(base, state, attribute, value) {
  const said = state.said[attribute];
  const pieces = said && said.value === value ? [{ rule: -1, strength: said.certainty }] : [];
  for (const [rule, certainty] of base.concluding[attribute].get(value) ?? []) {
    if (state.degree[rule] > 0) pieces.push({ rule, strength: state.degree[rule] * certainty });
  }
  return pieces;
}

/** Weigh the evidence for a pair anew: what `evidenceFor` lists, without listing it, as this is done very often.
 * @param {Base} base @param {State} state @param {number} attribute @param {Value} value */
function weigh(base, state, attribute, value) {
  let support = 1;
  let opposition = 1;
  const take = (/** @type {number} */ strength) => {
    if (strength > 0) support *= 1 - strength;
    else opposition *= 1 + strength;
  };
  const said = state.said[attribute];
  if (said && said.value === value) take(said.certainty);
  for (const [rule, certainty] of base.concluding[attribute].get(value) ?? []) {
    if (state.degree[rule] > 0) take(state.degree[rule] * certainty);
  }
  (state.known[attribute] ??= new Map()).set(value, weighed(support, opposition));
}

/** Run the rules on facts. @param {Base} base @param {Facts} facts @returns {State} */
function consult(base, facts) {
  const count = base.rules.length;
  /** @type {State} */
  const state = { said: [], known: [], degree: new Float64Array(count), covered: new Float64Array(count) };
  for (const [attribute, fact] of facts) {
    if (fact.certainty === 0) continue;
    state.said[attribute] = fact;
    weigh(base, state, attribute, fact.value);
  }
  computeAll(base, state, 0);
  base.strata.forEach((positions, index) => {
    const held = [];
    for (const position of positions) {
      const degree = ruleDegree(base, state, position);
      if (degree > base.threshold) held.push({ position, degree });
    }
    for (const { position, degree } of held) state.degree[position] = degree;
    for (const { position } of held) {
      for (const [attribute, value] of base.rules[position].then) weigh(base, state, attribute, value);
    }
    computeAll(base, state, index + 1);
  });
  return state;
}

/** Compute the numbers whose inputs are known after a stratum.
 * @param {Base} base @param {State} state @param {number} stage */
function computeAll(base, state, stage) {
  for (const attribute of base.computed[stage]) {
    const found = compute(state, base.attributes[attribute].formula ?? []);
    if (!found) continue;
    state.said[attribute] = found;
    weigh(base, state, attribute, found.value);
  }
}

/** Compute a number, as certain as the least certain of its inputs.
 * @param {State} state @param {any[]} steps @returns {Said | null} */
function compute(state, steps) {
  let certainty = 1;
  const value = formulaValue(steps, (attribute) => {
    const input = mostCertain(state.known[attribute]);
    if (input) certainty = Math.min(certainty, input.certainty);
    return input ? Number(input.value) : NaN;
  });
  return value === null || certainty === 0 ? null : { value, certainty };
}

/** Choose the value with the greatest certainty factor; of equal ones, the smallest.
 * @param {Map<Value, number> | undefined} known */
function mostCertain(known) {
  /** @type {Said | null} */
  let best = null;
  for (const [value, certainty] of known ?? []) {
    if (!best || certainty > best.certainty || (certainty === best.certainty && value < best.value))
      best = { value, certainty };
  }
  return best;
}

/** Evaluate a formula, and round to the ninth decimal; null where any step is not finite.
 * @param {any[]} steps @param {(attribute: number) => number} input */
function formulaValue(steps, input) {
  /** @type {number[]} */
  const stack = [];
  for (const step of steps) {
    const operands = step.length === 2 ? stack.splice(-step[1]) : [];
    const found = !Array.isArray(step) ? step : step.length === 1 ? input(step[0]) : operate(step[0], operands);
    if (!Number.isFinite(found)) return null;
    stack.push(found);
  }
  return roundedToNinth(stack[0]);
}

/** Do an operation; of equal operands, the first is the least and the greatest.
 * @param {string} sign @param {number[]} operands */
function operate(sign, operands) {
  const [a, b] = operands;
  switch (sign) {
    case "+":
      return a + b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "-":
      return operands.length > 1 ? a - b : a * -1;
    case "min":
      return operands.reduce((least, each) => (each < least ? each : least));
    default:
      return operands.reduce((most, each) => (each > most ? each : most));
  }
}

/** @param {number} x */
function roundedToNinth(x) {
  return Math.abs(x) < 9007199 ? Math.floor(x * 1e9 + 0.5) / 1e9 : x;
}

/** Give the certainty factors of the candidates, in the order of the file. @param {Base} base @param {State} state */
function scores(base, state) {
  return base.candidates.map((value) => state.known[base.goal]?.get(value) ?? 0);
}

/** List the positions of the candidates that lead. @param {Base} base @param {number[]} certainties */
function leading(base, certainties) {
  const best = Math.max(...certainties);
  const all = certainties.map((_, position) => position);
  return best > base.threshold ? all.filter((position) => best - certainties[position] <= TIE) : [];
}

/** Tell what is recommended where these lead. @param {Base} base @param {number[]} leaders
 * @returns {{outcome: Outcome, recommendation: Value | null}} */
function answerOf(base, leaders) {
  if (leaders.length)
    return leaders.length === 1
      ? { outcome: "recommended", recommendation: base.candidates[leaders[0]] }
      : { outcome: "tie", recommendation: null };
  const otherwise = base.attributes[base.goal].otherwise ?? null;
  return { outcome: otherwise === null ? "undecided" : "default", recommendation: otherwise };
}
