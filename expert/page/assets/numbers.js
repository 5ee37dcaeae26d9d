// Certainties as people read them: written so that they agree, as in expert/explanation/shown_certainties.py.

/** Write a number with so many decimals, halves to even, as Python does.
 * @param {number} value @param {number} digits */
function fixed(value, digits) {
  const long = Math.abs(value).toFixed(digits + 40);
  const cut = long.slice(0, -40).replace(/\.$/, "");
  const isEvenHalf = long.endsWith(`5${"0".repeat(39)}`) && Number(cut.at(-1)) % 2 === 0;
  const text = isEvenHalf ? cut : Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `-${text}` : text;
}

/** Write decimals as people read them: without zeros at their end, but for the second.
 * @param {string} decimal @param {boolean} [plus] */
function written(decimal, plus = false) {
  const [whole, decimals = ""] = decimal.split(".");
  const sign = plus && Number(decimal) > 0 ? "+" : "";
  return `${sign}${whole}.${decimals.replace(/0+$/, "").padEnd(2, "0")}`.replace("-", "−");
}

/** Writes the numbers of one report so that they can be told apart, and none seems certain, or 0, that is not. */
class Numbers {
  /** @param {number[]} values @param {number} [limit] */
  constructor(values, limit = 0) {
    /** @type {number[]} */
    const firsts = [];
    /** @type {Map<number, number>} */
    this.first = new Map();
    for (const value of [...new Set(values)].sort((a, b) => b - a)) {
      if (!firsts.length || firsts[firsts.length - 1] - value > TIE) firsts.push(value);
      this.first.set(value, firsts[firsts.length - 1]);
    }
    this.shown = toldApart(firsts, [-1, 0, 1, limit]);
  }

  /** @param {number} value */
  decimal(value) {
    return this.shown.get(this.first.get(value) ?? value) ?? fixed(value, 2);
  }

  /** @param {number} value @param {boolean} [plus] */
  write(value, plus = false) {
    return written(this.decimal(value), plus);
  }

  /** Write the difference between two of the numbers as they are written. @param {number} one @param {number} other */
  difference(one, other) {
    const units = (/** @type {string} */ text) => {
      const [whole, decimals = ""] = text.split(".");
      return BigInt(whole + decimals.padEnd(17, "0"));
    };
    const digits = String(units(this.decimal(one)) - units(this.decimal(other))).padStart(18, "0");
    return written(`${digits.slice(0, -17)}.${digits.slice(-17)}`);
  }
}

/** Round numbers to as few decimals as they go on falling with, each on its own side of the limits.
 * @param {number[]} falling @param {number[]} limits */
function toldApart(falling, limits) {
  const digits = falling.map(() => 2);
  for (;;) {
    const shown = falling.map((value, i) => Number(fixed(value, digits[i])));
    const unlike = new Set(falling.keys());
    falling.forEach((value, i) => {
      const isOnItsSide = limits.every((limit) => Math.sign(shown[i] - limit) === Math.sign(value - limit));
      const falls = (i === 0 || shown[i - 1] > shown[i]) && (i === falling.length - 1 || shown[i] > shown[i + 1]);
      if ((isOnItsSide && falls) || digits[i] >= 17) unlike.delete(i);
    });
    if (!unlike.size) return new Map(falling.map((value, i) => [value, fixed(value, digits[i])]));
    for (const i of unlike) digits[i] += 1;
  }
}

/** Write a certainty that stands alone. @param {number} value @param {boolean} [plus] */
const number = (value, plus = false) => new Numbers([value]).write(value, plus);

/** Write a number of a sum, with up to four decimals. @param {number} value */
function exact(value) {
  const size = Math.abs(value);
  let digits = 4;
  while (digits < 17 && size !== 0 && size !== 1 && [0, 1].includes(Number(fixed(size, digits)))) digits += 1;
  return fixed(value, digits)
    .replace(/\.?0+$/, "")
    .replace("-", "−");
}

/** Write how evidence combines. @param {number[]} strengths @returns {string[]} */
function arithmetic(strengths) {
  const supports = strengths.filter((strength) => strength > 0);
  const opposing = strengths.filter((strength) => strength < 0).map((strength) => -strength);
  const [support, opposition] = complements(strengths).map((short) => 1 - short);
  const sum = (/** @type {number[]} */ terms, /** @type {number} */ total, sign = "") => {
    const text = terms.map(exact).join(" ⊕ ");
    return terms.length === 1 ? sign + text : `${sign ? `−(${text})` : text} = ${sign}${exact(total)}`;
  };
  if (!opposing.length) return supports.length ? [sum(supports, support)] : [];
  if (!supports.length) return [sum(opposing, opposition, "−")];
  const lines = [`for: ${sum(supports, support)}`, `against: ${sum(opposing, opposition)}`];
  if (support === 1 && opposition === 1)
    return [...lines, "certain, and certainly not so: a contradiction, which counts as 0"];
  const weights = `(${exact(support)} − ${exact(opposition)}) / (1 − ${exact(Math.min(support, opposition))})`;
  return [...lines, `${weights} = ${exact(certaintyFactor(strengths))}`];
}
