// Facts, read and written: as the facts file that `expert recommend` reads, and in the address of the page.

/** @typedef {{value: Value | null, certainty: number, note?: string, fixed?: boolean}} Fact an answer; null is "don't know" */
/** @typedef {{facts: Map<number, Fact>, told: string[]}} Reading what fits, and what is to be told of the rest */

const PLAIN = /^-?[\p{L}\p{N}_][\p{L}\p{N}_.+-]*(?: [\p{L}\p{N}_][\p{L}\p{N}_.+-]*)*$/u;
const NUMBER =
  /^[+\-−]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+(?:_[0-9]+)*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+\-−]?[0-9]+)?$/;
/** So many characters of a foreign text are shown. */
const SHOWN = 60;
/** No facts file and no address is longer. */
const LONGEST = 200_000;

/** Shorten a text from outside. @param {string} text */
const shown = (text) => (text.length <= SHOWN ? text : `${text.slice(0, SHOWN - 1)}…`);

/** Read a text as a number; NaN where it is none. @param {string} text */
function readNumber(text) {
  const value = NUMBER.test(text) ? Number(text.replace(/[,_]/g, "").replace(/−/g, "-")) : NaN;
  return Number.isFinite(value) ? value : NaN;
}

/** Read a text as a value of an attribute, or say what was expected. @param {Attribute} attribute @param {string} text
 * @returns {{value: Value} | {wrong: string}} */
function readValue(attribute, text) {
  const said = text.normalize("NFC");
  if (attribute.number) return readBounded(attribute, attribute.number, said.trim());
  const low = said.toLowerCase();
  const yesOrNo = low === "true" ? "yes" : low === "false" ? "no" : low;
  const value = attribute.yesNo ? yesOrNo : said;
  const choices = (attribute.choices ?? []).map(([choice]) => choice);
  if (choices.includes(value)) return { value };
  const expected = attribute.yesNo ? "must be yes or no" : `is one of: ${shown(choices.join(", "))}`;
  return { wrong: `${attribute.name} ${expected}; not “${shown(said)}”` };
}

/** Read a number within bounds. @param {Attribute} attribute @param {NumberKind} kind @param {string} text
 * @returns {{value: Value} | {wrong: string}} */
function readBounded(attribute, kind, text) {
  const unit = kind.unit && text.toLowerCase().endsWith(kind.unit.toLowerCase()) ? kind.unit.length : 0;
  const value = readNumber(text.slice(0, text.length - unit).trim());
  const fits =
    value >= (kind.atLeast ?? -Infinity) &&
    value <= (kind.atMost ?? Infinity) &&
    (!kind.integer || Number.isInteger(value));
  return fits ? { value } : { wrong: `${attribute.name} must be ${kind.text}, not “${shown(text)}”` };
}

/** Take named values as facts: those that fit, and words about the others.
 * @param {Base} base @param {Iterable<[string, unknown]>} entries @returns {Reading} */
function taken(base, entries) {
  /** @type {Reading} */
  const reading = { facts: new Map(), told: [] };
  for (const [name, given] of entries) {
    const position = base.attributes.findIndex((attribute) => attribute.name === name.normalize("NFC"));
    const attribute = base.attributes[position];
    if (!attribute) reading.told.push(`there is no attribute “${shown(name)}”`);
    else if (!attribute.canBeGiven)
      reading.told.push(`${name} is ${attribute.formula ? "computed" : "concluded by rules"} and cannot be given`);
    else {
      const found = readFact(attribute, given);
      if (typeof found === "string") reading.told.push(found);
      else if (found) reading.facts.set(position, found);
    }
  }
  return reading;
}

/** Read one fact; null where it says nothing, a text where it is wrong. @param {Attribute} attribute @param {unknown} given
 * @returns {Fact | string | null} */
function readFact(attribute, given) {
  const details =
    typeof given === "object" && given !== null && !Array.isArray(given)
      ? /** @type {Record<string, unknown>} */ (given)
      : { value: given };
  const { value, certainty = 1, note, fixed } = details;
  const other = Object.keys(details).find((key) => !["value", "certainty", "note", "fixed"].includes(key));
  if (other !== undefined) return `the fact ${attribute.name} has an unknown key “${shown(other)}”`;
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "object") return `${attribute.name} has more than one value`;
  if (String(value).toLowerCase() === "unknown") return { value: null, certainty: 1 };
  const sure = typeof certainty === "number" ? certainty : readNumber(String(certainty));
  if (!(sure >= -1 && sure <= 1))
    return `the certainty of ${attribute.name} must be in [-1, 1], not “${shown(String(certainty))}”`;
  const found = readValue(attribute, String(value));
  if ("wrong" in found) return found.wrong;
  const isFixed = fixed === true || ["yes", "true"].includes(String(fixed).toLowerCase());
  return {
    value: found.value,
    certainty: sure,
    ...(note ? { note: String(note) } : {}),
    ...(isFixed ? { fixed: true } : {}),
  };
}

/** Read a facts file: JSON, or the YAML of one fact a line that this page and `expert facts template` write.
 * @param {Base} base @param {string} text @returns {Reading} */
function readFacts(base, text) {
  if (text.length > LONGEST) return { facts: new Map(), told: ["it is too long to be a facts file"] };
  if (/^\s*[{[]/.test(text)) {
    try {
      const data = JSON.parse(text);
      if (typeof data === "object" && data !== null && !Array.isArray(data)) return taken(base, Object.entries(data));
    } catch {
      if (text.trim() !== "{}") return { facts: new Map(), told: ["it is not valid JSON"] };
    }
    return { facts: new Map(), told: ["it is not a mapping of attributes to values"] };
  }
  /** @type {[string, unknown][]} */
  const entries = [];
  /** @type {string[]} */
  const told = [];
  text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .forEach((line, index) => {
      if (/^\s*(#.*)?$/.test(line) || /^(---|\.\.\.|\{\})\s*$/.test(line)) return;
      const parts = /^([\p{L}\p{N}_-]+)\s*:(?:\s+(.*))?$/u.exec(line);
      const value = parts && readYaml((parts[2] ?? "").trim());
      if (!parts || value === undefined) told.push(`line ${index + 1} is not a fact of the form “attribute: value”`);
      else entries.push([parts[1], value]);
    });
  const reading = taken(base, entries);
  return { facts: reading.facts, told: [...told, ...reading.told] };
}

/** Read a scalar, or a mapping on one line; undefined where it is neither. @param {string} text @returns {unknown} */
function readYaml(text) {
  if (!text.startsWith("{")) return readScalar(text);
  /** @type {Record<string, unknown>} */
  const details = {};
  const inside = /^\{(.*)\}\s*(?:#.*)?$/.exec(text)?.[1];
  if (inside === undefined) return undefined;
  const part = /\s*(\w+)\s*:\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,]*?)\s*(?:,|$)/gy;
  let end = 0;
  for (const [whole, key, value] of inside.matchAll(part)) {
    details[key] = readScalar(value);
    end += whole.length;
  }
  return inside.slice(end).trim() === "" && "value" in details ? details : undefined;
}

/** Read a scalar of YAML, quoted or not; undefined where it is more. @param {string} text @returns {unknown} */
function readScalar(text) {
  const quoted = /^("(?:[^"\\]|\\.)*")\s*(?:#.*)?$/.exec(text);
  if (quoted) {
    try {
      return JSON.parse(quoted[1]);
    } catch {
      return undefined;
    }
  }
  const single = /^'((?:[^']|'')*)'\s*(?:#.*)?$/.exec(text);
  if (single) return single[1].replace(/''/g, "'");
  const plain = text.replace(/(^|\s)#.*$/, "").trim();
  if (/^[[\]{}"'&*!|>%@`]/.test(plain)) return undefined;
  return plain === "null" || plain === "~" ? null : plain;
}

/** Write facts as a facts file, each under its question; what is not known stays a comment.
 * @param {Base} base @param {Map<number, Fact>} facts */
function writeFacts(base, facts) {
  const lines = [`# Facts for ${base.name} ${base.version}: ${base.title}`];
  const known = [...facts.values()].some((fact) => fact.value !== null);
  base.attributes.forEach((attribute, position) => {
    if (!attribute.canBeGiven) return;
    lines.push("", `# ${attribute.question ?? attribute.about ?? attribute.words}`);
    const fact = facts.get(position);
    if (fact && fact.value !== null) lines.push(`${attribute.name}: ${factText(fact.value, fact)}`);
    else if (fact) lines.push(`${attribute.name}: unknown`);
    else
      lines.push(
        `#${attribute.name}: ${attribute.number ? attribute.number.text : (attribute.choices ?? []).map(([value]) => value).join(" | ")}`,
      );
  });
  if (!known && !facts.size) lines.push("", "{}");
  return `${lines.map(visible).join("\n")}\n`;
}

/** @param {Value} value @param {Fact} fact */
function factText(value, fact) {
  const scalar = (/** @type {Value} */ each) =>
    PLAIN.test(String(each)) && String(each).toLowerCase() !== "null" ? String(each) : quoted(String(each));
  if (fact.certainty === 1 && !fact.note && !fact.fixed) return scalar(value);
  const certainty = fact.certainty === 1 ? "" : `, certainty: ${fact.certainty}`;
  const note = fact.note ? `, note: ${scalar(fact.note)}` : "";
  return `{value: ${scalar(value)}${certainty}${note}${fact.fixed ? ", fixed: yes" : ""}}`;
}

/** Write a text in quotes. @param {string} text */
const quoted = (text) =>
  JSON.stringify(text).replace(INVISIBLE, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** Control characters, line separators, bidirectional and other format controls, and lone surrogates. */
const INVISIBLE = /[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Cs}/gu;

/** Write such characters as escapes, so that they are read instead of acting. @param {string} text */
const visible = (text) => text.replace(INVISIBLE, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** Name the knowledge base and its content. @param {Base} base */
const stamp = (base) => `${base.name} ${base.version} ${base.digest.replace("sha256:", "").slice(0, 12)}`;

/** Write answers as the fragment of an address; the base comes first, under a name that no attribute has.
 * @param {Base} base @param {Map<number, Fact>} facts */
function writeAddress(base, facts) {
  const words = new URLSearchParams([["@", stamp(base)]]);
  for (const [position, { value, certainty }] of facts) {
    words.append(
      base.attributes[position].name,
      value === null ? "unknown" : `${value}${certainty === 1 ? "" : `~${certainty}`}`,
    );
  }
  return `#${words}`;
}

/** Read the fragment of an address; null where it has no facts.
 * @param {Base} base @param {string} hash @returns {Reading | null} */
function readAddress(base, hash) {
  const words = [...new URLSearchParams(hash.slice(1, LONGEST))];
  if (words[0]?.[0] !== "@") return null;
  const reading = taken(
    base,
    words.slice(1).map(([name, text]) => {
      const [, value, certainty] = /^(.*)~([^~]*)$/s.exec(text) ?? [];
      const isValue =
        certainty === undefined ||
        base.attributes.some((each) => each.name === name && each.choices?.some(([choice]) => choice === text));
      return [name, isValue ? text : { value, certainty }];
    }),
  );
  const which = words[0][1].split(" ").slice(0, -1).join(" ");
  if (!which) reading.told.unshift("it does not say with which rules it was made");
  else if (words[0][1] !== stamp(base)) {
    const here = `${base.name} ${base.version}`;
    const others = which === here ? ", with other rules" : "";
    reading.told.unshift(`it was made with “${shown(which)}”, and this page has “${here}”${others}`);
  }
  return reading;
}
