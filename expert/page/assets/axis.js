// The ranking as bars on an axis at 0.

/** Draw a bar for each candidate, from 0 to its certainty; where it stood elsewhere before, that is outlined.
 * @param {number[]} certainties @param {number[]} [before] */
function axis(certainties, before = certainties) {
  const numbers = new Numbers([...before, ...certainties], base.threshold);
  const rows = ranking(certainties).flatMap((position) => {
    const [was, now] = [before[position], certainties[position]];
    const moved = was !== now;
    return [
      el("span", { class: "name" }, candidateName(base, base.candidates[position])),
      svg(
        "svg",
        { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
        svg("rect", { class: "rest", y: 4.5, width: 100, height: 1 }),
        barTo(now, now > 0 ? "for" : "against"),
        ...(moved ? [barTo(was, "before")] : []),
        svg("line", { x1: 50, x2: 50, y1: -2, y2: 12 }),
      ),
      el(
        "span",
        { class: "value" },
        moved && el("span", { class: "faint" }, `${numbers.write(was, true)} → `),
        numbers.write(now, true),
      ),
    ];
  });
  const ends = el(
    "span",
    { class: "ends", "aria-hidden": "true" },
    ...["−1", "0", "+1"].map((text) => el("span", {}, text)),
  );
  return el(
    "div",
    { class: "axis", role: "group", "aria-label": "Certainty of each candidate, from −1 to +1" },
    ...rows,
    el("span"),
    ends,
    el("span"),
  );
}

/** Draw a bar from 0. @param {number} certainty @param {string} kind */
function barTo(certainty, kind) {
  const width = Math.abs(certainty) * 50;
  return svg("rect", { class: kind, x: certainty > 0 ? 50 : 50 - width, width, height: 10 });
}
