// Of two candidates: their columns, the rows that speak of either, and the facts behind those that tell them apart.
function compare() {
  const chosen = [by("side0"), by("side1")];
  const sides = chosen.map((each) => each.value);
  all("[data-side]").forEach((cell) => { cell.hidden = !sides.includes(cell.dataset.side); });
  const facts = new Map(); // what each gives the first more than the second, in rules that favour it, and the other
  for (const row of all(".sides tbody tr")) {
    const [one, other] = sides.map((side) => Number(row.querySelector(`[data-side="${side}"]`).dataset.strength));
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
    [`Facts that favour only ${first}`, listed(favouring((more, less) => !less))],
    [`Facts that favour only ${second}`, listed(favouring((more) => !more))],
    ...(shared.length ? [["Facts that favour both, by different rules", listed(shared)]] : []),
  ];
  by("difference").replaceChildren(...said.map(([what, names]) => {
    const line = document.createElement("p");
    line.append(Object.assign(document.createElement("strong"), { textContent: what }), `: ${names}.`);
    return line;
  }));
}

if (by("side0")) {
  for (const id of ["side0", "side1"]) by(id).addEventListener("change", compare);
  compare();
}

