// The questions, one at a time or all on one form, and the list of answers.

const DONT_KNOW = "don't know";

/** Write the questions: one, or all. @param {View} view @returns {Node[]} */
function question(view) {
  const modes = [
    ["one", "One at a time"],
    ["form", "All on one form"],
  ].map(([mode, text]) =>
    el(
      "button",
      {
        type: "button",
        class: "small",
        id: `mode-${mode}`,
        "aria-pressed": String(page.isForm === (mode === "form")),
        click: () => {
          page.isForm = mode === "form";
          page.shown = null;
          show();
        },
      },
      text,
    ),
  );
  const bar = el("div", { class: "bar-row", role: "group", "aria-label": "How to ask" }, ...modes);
  return [...(page.isForm ? form(view) : single(view)), bar];
}

/** Ask one question, or say that there is none to ask. @param {View} view @returns {Node[]} */
function single(view) {
  const { found, counted } = view;
  const asked = [...found.best, ...(page.asksOn ? found.open.ready : [])];
  const fresh = asked.filter((position) => !page.skipped.has(position));
  const next = page.shown ?? fresh[0] ?? asked[0];
  const before = [...counted.keys()].filter((position) => base.attributes[position].question);
  const at = page.shown === null ? before.length : before.indexOf(page.shown);
  const back = at > 0 && small("back", "Back", () => go(before[at - 1]));
  if (next === undefined) return ended(view, back);
  const attribute = base.attributes[next];
  const onward = page.shown !== null && small("onward", "Keep it, and go on", () => go(null));
  const skip = page.shown === null && fresh.length > 1 && small("skip", "Skip", () => defer(next));
  return [
    el("p", { class: "faint small", id: "progress" }, progress((at < 0 ? before.length : at) + 1, view)),
    el("h2", { class: "asked", id: "asked", tabindex: "-1" }, attribute.question ?? attribute.about ?? attribute.words),
    attribute.help ? el("p", { class: "faint" }, attribute.help) : el("span"),
    ...field(next, view, "asked"),
    el("div", { class: "bar-row" }, back, skip, onward),
    whyAsked(next, view),
  ];
}

/** Ask a question later, when no other is left. @param {number} position */
function defer(position) {
  page.skipped.add(position);
  show("asked");
}

/** Show a question; null for the one that is next. @param {number | null} position */
function go(position) {
  page.shown = position;
  show("asked");
}

/** Say why nothing more is asked. @param {View} view @param {Node | false} back @returns {Node[]} */
function ended(view, back) {
  const { found } = view;
  const open = found.open.ready.length;
  const none = base.attributes.some((attribute) => attribute.question)
    ? "Every question has been answered."
    : "There are no questions.";
  const settled = found.settled === null ? "" : stillPossible(base, found, 0);
  const sure = open ? remaining(open, view) : none;
  const more =
    open > 0 &&
    button("ask-on", `Go on with the other ${open === 1 ? "question" : `${open} questions`}`, () => {
      page.asksOn = true;
      show("asked");
    });
  return [
    el("h2", { class: "asked", id: "asked", tabindex: "-1" }, settled ? "It is settled" : "Nothing left to ask can change it"),
    el("p", {}, settled || sure),
    el("div", { class: "bar-row" }, more, back),
  ];
}

/** Ask all questions that can be asked; those that cannot matter step back. @param {View} view @returns {Node[]} */
function form(view) {
  const { found, counted } = view;
  const open = new Set([...found.open.ready, ...found.open.waiting]);
  const fields = base.attributes.flatMap((attribute, position) => {
    if (!attribute.canBeGiven || (!attribute.question && !counted.has(position))) return [];
    const matters = counted.has(position) || found.matter.includes(position);
    const why = matters
      ? ""
      : open.has(position)
        ? "It cannot change the answer any more."
        : "It is not asked, as things are.";
    return [
      el(
        "fieldset",
        { class: matters ? "" : "aside", id: `field-${position}`, tabindex: "-1" },
        el("legend", { id: `legend-${position}` }, attribute.question ?? attribute.about ?? attribute.words),
        attribute.help && matters ? el("p", { class: "faint small" }, attribute.help) : el("span"),
        why ? el("p", { class: "faint small" }, why) : null,
        ...field(position, view, `legend-${position}`),
      ),
    ];
  });
  return [el("h2", {}, "All questions"), ...fields];
}

/** Offer the answers to a question, and how sure.
 * @param {number} position @param {View} view @param {string} label @returns {Node[]} */
function field(position, view, label) {
  const attribute = base.attributes[position];
  const fact = page.answers.get(position);
  const certainty = fact && fact.value !== null ? fact.certainty : 1;
  const answered = (/** @type {Value | null} */ value) =>
    reply(position, { value, certainty: value === null ? 1 : sureness(position, certainty) });
  const pick = (/** @type {Value | null} */ value, /** @type {string} */ text, /** @type {number} */ i) =>
    el(
      "button",
      {
        type: "button",
        id: `pick-${position}-${i}`,
        "aria-pressed": String(fact !== undefined && fact.value === value),
        click: () => answered(value),
      },
      text,
    );
  const doubt = pick(null, DONT_KNOW, 999);
  const choices = attribute.number
    ? [typed(position, attribute, fact), doubt]
    : [...(attribute.choices ?? []).map(([value, text], i) => pick(value, attribute.longLabels?.[value] ?? text, i)), doubt];
  const wrong = page.wrong.get(position);
  return [
    el("div", { class: "choices", role: "group", "aria-labelledby": label }, ...choices),
    wrong ? el("p", { class: "wrong", id: `wrong-${position}`, role: "alert" }, wrong) : el("span"),
    page.isForm && (!fact || fact.value === null) ? el("span") : sure(position, certainty, fact),
  ];
}

/** Offer to type a number. @param {number} position @param {Attribute} attribute @param {Fact | undefined} fact */
function typed(position, attribute, fact) {
  const id = `number-${position}`;
  const input = /** @type {HTMLInputElement} */ (
    el("input", {
      type: "text",
      inputmode: "decimal",
      id,
      autocomplete: "off",
      "aria-label": attribute.question ?? attribute.words,
      value: fact && fact.value !== null ? String(fact.value) : "",
      "aria-invalid": page.wrong.has(position) ? "true" : undefined,
      "aria-describedby": page.wrong.has(position) ? `wrong-${position}` : undefined,
    })
  );
  const take = () => {
    if (!input.value.trim()) return;
    const found = readValue(attribute, input.value);
    if ("value" in found) return void reply(position, { value: found.value, certainty: sureness(position, 1) });
    page.wrong.set(position, `Please give ${attribute.number?.text}.`);
    show(id);
    /** @type {HTMLInputElement} */ (by(id)).value = input.value;
  };
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") take();
  });
  if (page.isForm) input.addEventListener("change", () => setTimeout(take, 300)); // so that a click that ends the typing is not lost
  return el(
    "div",
    { class: "bar-row" },
    input,
    el("span", {}, attribute.number?.unit ?? ""),
    button(`take-${position}`, "Answer", take),
  );
}

/** Ask how sure one is. @param {number} position @param {number} certainty @param {Fact | undefined} fact */
function sure(position, certainty, fact) {
  const id = `sure-${position}`;
  const words = (/** @type {number} */ percent) =>
    percent === 100
      ? "certain"
      : percent < 0
        ? `${percent} %: rather not so`
        : percent === 0
          ? "it says nothing"
          : `${percent} %`;
  const said = el("output", { for: id, id: `${id}-said` }, words(Math.round(certainty * 100)));
  const slider = /** @type {HTMLInputElement} */ (
    el("input", {
      type: "range",
      id,
      min: certainty < 0 ? "-100" : "5",
      max: "100",
      step: "5",
      value: String(Math.round(certainty * 100)),
      "aria-valuetext": words(Math.round(certainty * 100)),
    })
  );
  slider.addEventListener("input", () => {
    const text = words(slider.valueAsNumber);
    said.textContent = text;
    slider.setAttribute("aria-valuetext", text);
  });
  slider.addEventListener("change", () => {
    if (fact && fact.value !== null) reply(position, { ...fact, certainty: slider.valueAsNumber / 100 }, true);
  });
  return el("p", { class: "sure small" }, el("label", { for: id }, "How sure are you?"), slider, said);
}

/** Read how sure one is from the slider. @param {number} position @param {number} otherwise */
function sureness(position, otherwise) {
  const slider = /** @type {HTMLInputElement | null} */ (document.getElementById(`sure-${position}`));
  return slider ? slider.valueAsNumber / 100 : otherwise;
}

/** Lead to a question, to change its answer. @param {number} position */
function lead(position) {
  if (!page.isForm) page.shown = position;
  show(page.isForm ? `field-${position}` : "asked");
  by(page.isForm ? `field-${position}` : "question").scrollIntoView({ block: "nearest" });
}

/** Make a small button; of many with one text, each says what it is about.
 * @param {string} id @param {string} text @param {() => void} click @param {Attribute} [about] */
function small(id, text, click, about) {
  const label = about && `${text}: ${about.question ?? about.words}`;
  return button(id, text, click, { class: "small", "aria-label": label });
}

/** List the answers, each to be changed, with what can be done with all of them.
 * @param {View} view @returns {Node[]} */
function given({ counted }) {
  const rows = [...page.answers].map(([position, fact]) => {
    const attribute = base.attributes[position];
    const value = fact.value === null ? DONT_KNOW : labelOf(attribute, fact.value);
    const certainty = fact.value === null || fact.certainty === 1 ? "" : ` (${written(String(fact.certainty))})`;
    const isCounted = counted.has(position);
    return el(
      "li",
      {},
      el(
        "span",
        { class: isCounted ? "" : "faint" },
        attribute.question ?? attribute.about ?? attribute.words,
        " ",
        el("b", {}, value + certainty),
        fact.note ? el("span", { class: "faint" }, ` ${fact.note}`) : null,
        isCounted ? null : " (not asked any more; it does not count)",
      ),
      small(`change-${position}`, "Change", () => lead(position), attribute),
      small(`remove-${position}`, "Remove", () => reply(position, undefined, true), attribute),
    );
  });
  const file = /** @type {HTMLInputElement} */ (
    el("input", { type: "file", id: "file", accept: ".yaml,.yml,.json", hidden: true })
  );
  file.addEventListener("change", () => {
    if (file.files?.[0]) load(file.files[0]);
    file.value = ""; // so that the same file can be loaded again
  });
  const some = page.answers.size > 0;
  return [
    el("h2", {}, "Your answers"),
    some
      ? el("ul", { class: "plain" }, ...rows)
      : el("p", { class: "faint" }, "None yet. They stay in this browser: nothing is sent anywhere."),
    el(
      "div",
      { class: "bar-row" },
      some && small("share", "Copy a link", share),
      some && small("save", "Save as a facts file", save),
      small("load", "Load a facts file", () => file.click()),
      some && small("print", "Print", () => window.print()),
      some && small("clear", "Clear all", clear),
    ),
    el("p", { class: "faint small", id: "done", role: "status" }),
    file,
  ];
}
