const last = {}; // what is compared
const rows = all(".sides tbody tr");

// Of two candidates: their columns, the rows that speak of either, those that tell them apart most first, and the facts
// behind those.
function compare() {
  const chosen = [by("side0"), by("side1")];
  const sides = chosen.map((each) => each.value);
  for (const each of chosen) last[each.id] = each.value;
  all("[data-side]").forEach((cell) => { cell.hidden = !sides.includes(cell.dataset.side); });
  for (const row of all(".sides tr")) row.append(...sides.map((side) => row.querySelector(`[data-side="${side}"]`)));
  const facts = new Map(); // what each gives the first more than the second, in rules that favour it, and the other
  const strengths = (row) => sides.map((side) => Number(row.querySelector(`[data-side="${side}"]`).dataset.strength));
  const spread = ([one, other]) => Math.abs(one - other);
  document.querySelector(".sides tbody").append(...[...rows].sort((a, b) => spread(strengths(b)) - spread(strengths(a))));
  for (const row of rows) {
    const [one, other] = strengths(row);
    row.hidden = !one && !other;
    row.classList.toggle("same", one === other);
    if (one === other) continue;
    for (const fact of row.dataset.facts.split("\n").filter(Boolean)) {
      const [more, less] = facts.get(fact) ?? [0, 0];
      facts.set(fact, [more + Math.max(0, one - other), less + Math.max(0, other - one)]);
    }
  }
  const [first, second] = chosen.map((each) => each.selectedOptions[0].textContent);
  const favouring = (both) => [...facts].filter(([, [more, less]]) => both(more, less));
  const listed = (found) => found.map(([fact]) => fact).join("; ") || "none";
  const whom = ([more, less]) => (more === less ? "equally" : `${more > less ? first : second} more`);
  const shared = favouring((more, less) => more && less).map(([fact, each]) => [`${fact} (${whom(each)})`]);
  const said = [
    [`Facts that favour ${first} over ${second}`, listed(favouring((more, less) => !less))],
    [`Facts that favour ${second} over ${first}`, listed(favouring((more) => !more))],
    ...(shared.length ? [["Facts that favour both, by different rules", listed(shared)]] : []),
  ];
  by("difference").replaceChildren(...said.map(([what, names]) => {
    const line = document.createElement("p");
    line.append(Object.assign(document.createElement("strong"), { textContent: what }), `: ${names}.`);
    return line;
  }));
}

if (by("side0")) {
  for (const [one, other] of [["side0", "side1"], ["side1", "side0"]]) {
    by(one).addEventListener("change", () => {
      if (by(one).value === by(other).value) by(other).value = last[one]; // none with itself
      compare();
    });
  }
  compare();
}

