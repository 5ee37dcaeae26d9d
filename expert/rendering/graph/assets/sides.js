
// Of two candidates: their columns, the rows that speak of either, and the facts behind those that tell them apart.
function compare() {
  const chosen = [by("side0"), by("side1")];
  const sides = chosen.map((each) => each.value);
  all("[data-side]").forEach((cell) => { cell.hidden = !sides.includes(cell.dataset.side); });
  const facts = [new Set(), new Set()];
  for (const row of all(".sides tbody tr")) {
    const [one, other] = sides.map((side) => Number(row.querySelector(`[data-side="${side}"]`).dataset.strength));
    row.hidden = !one && !other;
    row.classList.toggle("same", one === other);
    if (one === other) continue;
    for (const fact of row.dataset.facts.split("\n").filter(Boolean)) facts[one > other ? 0 : 1].add(fact);
  }
  const names = chosen.map((each) => each.selectedOptions[0].textContent);
  const said = facts.map((each, at) => [names[at], names[1 - at], [...each].join("; ") || "nothing"]);
  by("difference").replaceChildren(...said.map(([name, other, why]) => Object.assign(document.createElement("p"), {
    textContent: `What speaks for ${name} rather than ${other}: ${why}.`,
  })));
}

if (by("side0")) {
  for (const id of ["side0", "side1"]) by(id).addEventListener("change", compare);
  compare();
}

