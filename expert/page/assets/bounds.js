// What the certainty factors can still become, whatever is answered to the questions that are open: intervals, as in
// expert/inference/bounds.py and intervals.py. They may be wider than what can happen, never narrower.

/** The intervals of one knowledge base, some facts, and questions that may still be answered. */
class Bounds {
  /** @param {Base} base @param {Facts} facts @param {Iterable<number>} answerable */
  constructor(base, facts, answerable) {
    this.base = base;
    /** @type {Facts} */
    this.given = new Map([...facts].filter(([, fact]) => fact.certainty !== 0));
    this.answerable = new Set([...answerable].filter((attribute) => !this.given.has(attribute)));
    this.known = new Set(this.given.keys());
    this.maybeKnown = new Set([...this.known, ...this.answerable]);
    /** @type {Map<Value, Interval>[]} */
    this.certainties = base.attributes.map(() => new Map());
    /** @type {Map<number, NumberRange>} */
    this.numbers = new Map();
    /** @type {Interval[]} how far each rule can hold */
    this.evidence = base.rules.map(() => NOTHING);
    /** @type {Interval[]} */
    this.covered = [];
    for (const attribute of this.answerable) {
      const number = base.attributes[attribute].number;
      if (number)
        this.numbers.set(attribute, {
          low: number.atLeast ?? -Infinity,
          high: number.atMost ?? Infinity,
          certainty: [0, 1],
        });
    }
    base.attributes.forEach(({ choices }, attribute) => {
      const fact = this.given.get(attribute);
      const values = [
        ...(choices ?? []).map(([value]) => value),
        ...base.concluding[attribute].keys(),
        ...(fact ? [fact.value] : []),
      ];
      for (const value of new Set(values)) this.bound(attribute, value);
    });
    this.run();
  }

  /** Bound the rules and what they conclude, stratum by stratum, and the computed numbers. */
  run() {
    const { base } = this;
    this.computeAll(0);
    base.strata.forEach((positions, index) => {
      /** @type {number[]} */
      const moved = [];
      for (const position of positions) {
        const rule = base.rules[position];
        const degree = this.ruleDegree(position).map((end) => (end > base.threshold ? end : 0));
        const [low, high] = degree;
        this.evidence[position] = [low, high];
        for (const [attribute] of rule.then) {
          if (high > 0) this.maybeKnown.add(attribute);
          if (low > 0 || rule.isDefault) this.known.add(attribute); // by its default, or else by what prevents it
        }
        if (high > 0) moved.push(position);
      }
      for (const position of moved) {
        for (const [attribute, value] of base.rules[position].then) this.bound(attribute, value);
      }
      this.computeAll(index + 1);
    });
  }

  /** Bound a certainty factor by the least and the greatest evidence for its pair.
   * @param {number} attribute @param {Value} value */
  bound(attribute, value) {
    /** @type {Interval[]} */
    const pieces = [];
    const fact = this.given.get(attribute);
    if (fact && fact.value === value) pieces.push([fact.certainty, fact.certainty]);
    else if (this.answerable.has(attribute)) pieces.push([0, 1]);
    for (const [rule, certainty] of this.base.concluding[attribute].get(value) ?? []) {
      if (this.evidence[rule][1] > 0) pieces.push(scaled(this.evidence[rule], certainty));
    }
    this.certainties[attribute].set(value, combined(pieces));
  }

  /** Bound the degree of a rule. @param {number} position @returns {Interval} */
  ruleDegree(position) {
    const rule = this.base.rules[position];
    const own = this.degree(rule.if);
    let exception = rule.unless ? this.degree(rule.unless) : NOTHING;
    if (rule.above !== undefined) {
      exception = rule.above < 0 ? NOTHING : this.covered[rule.above];
      this.covered[position] = [Math.max(exception[0], own[0]), Math.max(exception[1], own[1])];
    }
    return [Math.min(own[0], 1 - exception[1]), Math.min(own[1], 1 - exception[0])];
  }

  /** Bound the degree of a premise. @param {Premise} premise @returns {Interval} */
  degree(premise) {
    const [kind, attribute, operand] = premise;
    switch (kind) {
      case "never":
        return attribute.some((/** @type {number} */ each) => this.given.has(each)) ? this.degree(operand) : NOTHING;
      case "all": {
        const parts = premise.slice(1).map((part) => this.degree(part));
        return [Math.min(1, ...parts.map(([low]) => low)), Math.min(1, ...parts.map(([, high]) => high))];
      }
      case "any": {
        const parts = premise.slice(1).map((part) => this.degree(part));
        return [Math.max(0, ...parts.map(([low]) => low)), Math.max(0, ...parts.map(([, high]) => high))];
      }
      case "least": {
        const parts = premise.slice(2).map((part) => this.degree(part));
        const nth = (/** @type {number[]} */ ends) => ends.sort((a, b) => b - a)[attribute - 1];
        return [nth(parts.map(([low]) => low)), nth(parts.map(([, high]) => high))];
      }
      case "unknown":
        return [Number(!this.maybeKnown.has(attribute)), Number(!this.known.has(attribute))];
      case "known":
        return [Number(this.known.has(attribute)), Number(this.maybeKnown.has(attribute))];
      case "lacking": {
        const ends = [...this.certainties[attribute].values()];
        const number = this.numbers.get(attribute);
        if (number) ends.push(number.certainty);
        const exceeds = (/** @type {0 | 1} */ end) => ends.some((each) => each[end] > this.base.threshold);
        return [Number(!exceeds(1)), Number(!exceeds(0))];
      }
    }
    const number = this.numbers.get(attribute);
    /** @type {Interval[]} */
    const strengths = number ? [strengthOf(premise, number)] : [];
    const values = this.certainties[attribute];
    if (kind === "is") strengths.push(values.get(operand) ?? NOTHING);
    else {
      for (const [value, ends] of values) {
        if (kind !== "not") strengths.push(COMPARE[kind](value, operand) ? ends : NOTHING);
        else strengths.push(value === operand ? scaled(ends, -1) : ends);
      }
    }
    return [Math.max(0, ...strengths.map(([low]) => low)), Math.max(0, ...strengths.map(([, high]) => high))];
  }

  /** Bound the numbers whose inputs are bounded after a stratum. @param {number} stage */
  computeAll(stage) {
    for (const attribute of this.base.computed[stage]) this.compute(attribute);
  }

  /** Bound a computed number, and note whether it is known. @param {number} attribute */
  compute(attribute) {
    const steps = this.base.attributes[attribute].formula ?? [];
    const names = [...new Set(steps.filter((step) => step.length === 1).map(([name]) => name))];
    /** @type {Map<number, NumberRange>} */
    const inputs = new Map();
    for (const name of names) {
      const found = this.mostCertain(name);
      if (!found) return;
      inputs.set(name, found);
    }
    const ranges = [...inputs.values()];
    let { low, high, mayFail } = formulaBounds(steps, inputs);
    if (ranges.every((each) => each.low === each.high)) {
      const value = formulaValue(steps, (name) => inputs.get(name)?.low ?? NaN);
      if (value === null) return;
      [low, high, mayFail] = [value, value, false];
    }
    const least = Math.min(1, ...ranges.map((each) => each.certainty[0]));
    const most = Math.min(1, ...ranges.map((each) => each.certainty[1]));
    this.maybeKnown.add(attribute);
    const isKnown = names.every((name) => this.known.has(name)) && !mayFail && !(least <= 0 && most >= 0);
    if (isKnown) this.known.add(attribute);
    this.numbers.set(attribute, { low, high, certainty: !isKnown && least > 0 ? [0, most] : [least, most] });
  }

  /** Bound the value of an input with the greatest certainty factor.
   * @param {number} name @returns {NumberRange | null} */
  mostCertain(name) {
    /** @type {NumberRange[]} */
    let found = [];
    for (const [value, certainty] of this.certainties[name]) {
      if (certainty[0] !== 0 || certainty[1] !== 0) found.push({ low: Number(value), high: Number(value), certainty });
    }
    const number = this.numbers.get(name);
    if (number) found.push(number);
    const surely = Math.max(...found.map((each) => each.certainty[0]));
    found = found.filter((each) => each.certainty[1] >= surely);
    if (!found.length) return null;
    if (found.every((each) => each.low === each.high && isPoint(each.certainty))) {
      return found.reduce((least, each) => (each.low < least.low ? each : least));
    }
    const most = Math.max(...found.map((each) => each.certainty[1]));
    return {
      low: Math.min(...found.map((each) => each.low)),
      high: Math.max(...found.map((each) => each.high)),
      certainty: [surely, most],
    };
  }

  /** List the positions of the candidates that may still lead; none once the outcome is certain. */
  contenders() {
    const { base } = this;
    const ends = base.candidates.map((value) => this.certainties[base.goal].get(value) ?? NOTHING);
    const surely = Math.max(...ends.map(([low]) => low));
    const found = base.candidates
      .map((_, position) => position)
      .filter((position) => {
        const high = ends[position][1];
        return surely - high <= TIE && high > base.threshold;
      });
    return found.length === 1 && surely > base.threshold ? [] : found;
  }

  /** Collect the attributes that can still move candidates, through rules and tests that can go either way.
   * @param {number[]} candidates */
  behind(candidates) {
    const { base } = this;
    /** @type {Set<number>} */
    const found = new Set();
    if (!candidates.length) return found;
    found.add(base.goal);
    /** @type {Set<Premise>} */
    const premises = new Set();
    const moving = (/** @type {number} */ attribute, /** @type {Iterable<Value>} */ values) => {
      for (const premise of this.premisesMoving(attribute, values)) premises.add(premise);
    };
    const opening = (/** @type {number} */ attribute) =>
      this.premisesOfQuestion(attribute).forEach((premise) => premises.add(premise));
    moving(
      base.goal,
      candidates.map((position) => base.candidates[position]),
    );
    opening(base.goal);
    for (const premise of premises) {
      // which grows while it is walked over
      for (const test of testsOf(premise)) {
        const [kind, attribute, operand] = test;
        if (isPoint(this.degree(test))) continue;
        const readsOne = kind === "is" && !base.attributes[attribute].formula;
        for (const name of [attribute, ...(base.attributes[attribute].computedFrom ?? [])]) {
          if (!found.has(name)) opening(name);
          found.add(name);
          moving(name, readsOne ? [operand] : base.concluding[name].keys());
        }
      }
    }
    return found;
  }

  /** List the premises that can still open or close a question. @param {number} attribute @returns {Premise[]} */
  premisesOfQuestion(attribute) {
    if (!this.answerable.has(attribute)) return [];
    const { askIf } = this.base.attributes[attribute];
    const waits = askIf && this.degree(askIf)[0] <= this.base.threshold ? [askIf] : [];
    return [...waits, ...this.premisesMoving(attribute, this.base.concluding[attribute].keys())];
  }

  /** List the premises, and exceptions, of rules that conclude these pairs and can still go either way.
   * @param {number} attribute @param {Iterable<Value>} values @returns {Premise[]} */
  premisesMoving(attribute, values) {
    /** @type {Premise[]} */
    const premises = [];
    for (const value of values) {
      for (const [position] of this.base.concluding[attribute].get(value) ?? []) {
        if (isPoint(this.evidence[position])) continue;
        for (let each = position; each !== undefined && each >= 0; each = this.base.rules[each].above ?? -1) {
          const { if: premise, unless } = this.base.rules[each];
          premises.push(premise, ...(unless ? [unless] : []));
        }
      }
    }
    return premises;
  }
}

/** Walk over the single tests of a premise. @param {Premise} premise @returns {Generator<Premise>} */
function* testsOf(premise) {
  const from = { all: 1, any: 1, least: 2, never: 2 }[/** @type {string} */ (premise[0])];
  if (from === undefined) yield premise;
  else for (const part of premise.slice(from)) yield* testsOf(part);
}
