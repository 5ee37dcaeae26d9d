// What would change the answer: single answers, to open questions and instead of those given.

/** @typedef {{position: number, value: Value | null, after: number[]}} Change an answer, and who leads then */

/** List single answers that would change the answer: to open questions, and instead of those given.
 * @param {View} view @returns {Node[]} */
function changes({ facts, counted, leaders, found }) {
  if (!facts.size) return [];
  const doing = answerOf(base, leaders).recommendation === null ? "settle it" : "change it";
  const asked = [...counted.keys()].filter((position) => base.attributes[position].asked);
  let tries = WORK / base.rules.length;
  const tried = (/** @type {number[]} */ positions) =>
    positions
      .filter((position) => {
        tries -= askedOf(base, position).values.length;
        return tries >= 0;
      })
      .map((position) => changesOf(facts, leaders, position));
  const open = changing("One more answer", tried(found.open.ready));
  const other = changing("One other answer", tried(asked));
  const none =
    open.length || other.length
      ? []
      : [el("p", {}, tries < 0 ? "None that was tried would." : `No single answer would ${doing}.`)];
  const rest = tries < 0 ? [el("p", { class: "faint" }, "Not all answers were tried: there are too many.")] : [];
  return [el("h2", {}, `What would ${doing}`), ...open, ...other, ...none, ...rest];
}

/** Find the answers to a question with which others lead. @param {Facts} facts @param {number[]} leaders @param {number} position
 * @returns {Change[]} */
function changesOf(facts, leaders, position) {
  const said = facts.get(position);
  return askedOf(base, position).values.flatMap((value) => {
    if (value === null ? !said : said?.value === value && said.certainty === 1) return [];
    const changed = new Map(facts);
    if (value === null) changed.delete(position);
    else changed.set(position, { value, certainty: 1 });
    const after = leading(base, scores(base, consult(base, changed)));
    return after.join() === leaders.join() ? [] : [{ position, value, after }];
  });
}

/** Write alternatives. @param {string[]} names */
const oneOf = (names) => [names.slice(0, -1).join(", "), ...names.slice(-1)].filter(Boolean).join(" or ");

/** Write such answers, those with one outcome together, each question on a line. @param {string} title @param {Change[][]} found @returns {Node[]} */
function changing(title, found) {
  const rows = found
    .filter((each) => each.length)
    .map((each) => {
      const attribute = base.attributes[each[0].position];
      const answers = [...new Set(each.map(({ after }) => answerName(base, after)))].flatMap((outcome, i) => {
        const leading = each.filter(({ after }) => answerName(base, after) === outcome);
        const values = leading.map(({ value }) => (value === null ? "not known" : labelOf(attribute, value)));
        return [i ? "; " : " ", `${oneOf(values)} → `, el("b", {}, outcome)];
      });
      return el(
        "li",
        {},
        el(
          "button",
          { type: "button", class: "link", click: () => lead(each[0].position) },
          attribute.question ?? attribute.words,
        ),
        ...answers,
      );
    });
  if (!rows.length) return [];
  const more = rows.slice(LISTED);
  const rest = more.length
    ? [
        el(
          "details",
          { class: "more" },
          el("summary", {}, `and ${more.length} more`),
          el("ul", { class: "plain" }, ...more),
        ),
      ]
    : [];
  return [el("h3", {}, title), el("ul", { class: "plain" }, ...rows.slice(0, LISTED)), ...rest];
}
