// How far the interview has come, in the words of the terminal.

/** Say which question this is, how many are at most left, and who leads.
 * @param {number} position @param {View} view */
function progress(position, { found, certainties, leaders }) {
  const open = found.open.ready.length + found.open.waiting.length;
  const left = page.asksOn ? open : found.left;
  const more = left > 1 ? `at most ${left - 1} more` : open > 1 ? "a certain answer is enough" : "the last";
  const looking = found.promising ? "; looking whether any still matters…" : "";
  const said = page.shown === null ? `, ${more}${looking}` : "";
  return `Question ${position}${said} · ${leadingName(base, certainties, leaders)}`;
}

/** Say who leads, as beside a question. @param {Base} base @param {number[]} certainties @param {number[]} leaders */
function leadingName(base, certainties, leaders) {
  const names = leaders.map((position) => candidateName(base, base.candidates[position]));
  const best = new Numbers(certainties, base.threshold).write(Math.max(...certainties));
  if (names.length > 1) return `a tie between ${names.slice(0, -1).join(", ")} and ${names.at(-1)} at ${best}`;
  return names.length ? `${names[0]} leads with ${best}` : "nothing leads yet";
}

/** Say that the questions left cannot change the answer, though those answered with "don't know" may.
 * @param {number} open @param {View} view */
function remaining(open, { facts, counted }) {
  const left =
    open === 1
      ? "the remaining question cannot change that; it could only move certainties."
      : `none of the ${open} remaining questions can change that; they could only move certainties.`;
  const unknown = [...counted.keys()].filter((position) => counted.get(position)?.value === null);
  const matter = unknown.length ? outlook(base, facts, new Set(facts.keys())).matter : [];
  const may = unknown.some((position) => matter.includes(position));
  const said = may ? `unless you find out what you do not know, ${left}` : left;
  return said[0].toUpperCase() + said.slice(1);
}
