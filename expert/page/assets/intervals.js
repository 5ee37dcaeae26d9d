// Intervals of certainties, numbers and formulas, as in expert/inference/intervals.py and expert/knowledge/formulas.py.

/** @typedef {[number, number]} Interval all numbers from the first to the second */
/** @typedef {{low: number, high: number, certainty: Interval}} NumberRange a number between two ends, and its certainty */

/** @type {Interval} */
const NOTHING = [0, 0];
/** The largest finite number: what is beyond it is no number. */
const LARGEST = Number.MAX_VALUE;

/** @param {Interval} interval */
const isPoint = ([low, high]) => low === high;

/** @param {Interval} interval @param {number} factor @returns {Interval} */
function scaled([low, high], factor) {
  return factor < 0 ? [high * factor, low * factor] : [low * factor, high * factor];
}

/** Combine all evidence for a pair. @param {Interval[]} evidence @returns {Interval} */
function combined(evidence) {
  return [certaintyFactor(evidence.map(([low]) => low)), certaintyFactor(evidence.map(([, high]) => high))];
}

/** Bound how far a number speaks for a test. @param {Premise} test @param {NumberRange} number @returns {Interval} */
function strengthOf([kind, , operand], { low, high, certainty }) {
  let always = low === high && low === operand;
  let never = operand < low || operand > high;
  if (kind === "not") {
    [always, never] = [never, always];
    const against = scaled(certainty, -1);
    if (!always) return never ? against : [0, Math.max(certainty[1], against[1])];
  } else if (kind !== "is") {
    const holds = [COMPARE[kind](low, operand), COMPARE[kind](high, operand)];
    always = holds.every(Boolean);
    never = !holds.some(Boolean);
  }
  return never ? NOTHING : always ? certainty : [0, certainty[1]];
}

/** Bound the values of a formula where each input is any number of a range.
 * @param {any[]} steps @param {Map<number, NumberRange>} inputs */
function formulaBounds(steps, inputs) {
  /** @type {{low: number, high: number, mayFail: boolean}[]} */
  const stack = [];
  for (const step of steps) {
    if (!Array.isArray(step)) stack.push(within([step], false));
    else if (step.length === 1) {
      const range = inputs.get(step[0]);
      stack.push(within(range ? [range.low, range.high] : [NaN], false));
    } else stack.push(operationBounds(step[0], stack.splice(-step[1])));
  }
  const { low, high, mayFail } = stack[0];
  return {
    low: low === -LARGEST ? -Infinity : roundedToNinth(low),
    high: high === LARGEST ? Infinity : roundedToNinth(high),
    mayFail,
  };
}

/** Bound the results of an operation on numbers within bounds.
 * @param {string} sign @param {{low: number, high: number, mayFail: boolean}[]} parts */
function operationBounds(sign, parts) {
  const mayFail = parts.some((part) => part.mayFail);
  const lows = parts.map((part) => part.low);
  const highs = parts.map((part) => part.high);
  if (sign === "/" && lows[1] <= 0 && highs[1] >= 0) return { low: -LARGEST, high: LARGEST, mayFail: true };
  let ends = [operate(sign, lows), operate(sign, highs)];
  if (sign === "*" || sign === "/") {
    ends = [lows[0], highs[0]].flatMap((a) => [lows[1], highs[1]].map((b) => operate(sign, [a, b])));
  } else if (sign === "-") {
    ends = parts.length === 1 ? [-highs[0], -lows[0]] : [lows[0] - highs[1], highs[0] - lows[1]];
  }
  return within(ends, mayFail || ends.some((end) => !Number.isFinite(end)));
}

/** Bound the finite numbers between ends. @param {number[]} ends @param {boolean} mayFail */
function within(ends, mayFail) {
  const clamp = (/** @type {number} */ end) => Math.min(Math.max(end, -LARGEST), LARGEST);
  return { low: clamp(Math.min(...ends)), high: clamp(Math.max(...ends)), mayFail };
}
