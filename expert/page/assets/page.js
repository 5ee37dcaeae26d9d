// The page: it asks, keeps the answers, and shows at once what follows from them.

/** The address of the answers that the page starts with. */
const AT_FIRST = writeAddress(base, STARTED.facts);

/** Under which name this browser keeps what is answered. */
const STORED = `expert:${base.digest}${AT_FIRST}`;

// What the page knows: the answers in the order in which they were given, and what is open because of them.
const page = {
  /** @type {Map<number, Fact>} */
  answers: new Map(),
  /** @type {Set<number>} answers that count though their question would not be asked, as those of a facts file do */
  always: new Set(),
  /** @type {number | null} the question that is shown though another would be next */
  shown: null,
  /** @type {Set<number>} the questions that are deferred until no other is left */
  skipped: new Set(),
  /** @type {Map<number, string>} what was typed and could not be read, with the words about it */
  wrong: new Map(),
  proving: 0,
  isForm: false,
  asksOn: false,
  /** @type {string | null} the candidate whose proof is open; null for the best */
  proven: null,
};

/** @typedef {{facts: Facts, counted: Map<number, Fact>, state: State, certainties: number[], leaders: number[], found: Outlook}} View */

/** Work out what follows from the answers. @returns {View} */
function look() {
  const given = new Map([...page.answers].filter(([position]) => page.always.has(position)));
  const others = new Map([...page.answers].filter(([position]) => !page.always.has(position)));
  const fits = fitting(base, known(given), new Map([...others].map(([position, fact]) => [position, saidBy(fact)])));
  const counted = new Map([...page.answers].filter(([position]) => page.always.has(position) || fits.has(position)));
  const facts = known(counted);
  const state = consult(base, facts);
  const certainties = scores(base, state);
  return {
    facts,
    counted,
    state,
    certainties,
    leaders: leading(base, certainties),
    found: outlook(base, facts, new Set(counted.keys())),
  };
}

/** @param {Fact} fact @returns {Said | null} */
const saidBy = ({ value, certainty }) => (value === null || certainty === 0 ? null : { value, certainty });

/** Keep what says something. @param {Map<number, Fact>} answers @returns {Facts} */
function known(answers) {
  return withAnswers(
    new Map(),
    [...answers].map(([position, fact]) => /** @type {[number, Said | null]} */ ([position, saidBy(fact)])),
  );
}

/** Show everything anew, and keep the place of whoever is typing.
 * @param {string} [focus] what to move to @param {View} [view] */
function show(focus, view = look()) {
  const held = focus ?? document.activeElement?.id;
  const parts = {
    question: question(view),
    answer: answer(view),
    given: given(view),
    reasons: reasons(view),
    changes: changes(view),
    proof: proof(view),
  };
  for (const [id, children] of Object.entries(parts)) {
    by(id).replaceChildren(...children);
    by(id).hidden = !children.length;
  }
  if (held && document.activeElement?.id !== held) by(held)?.focus({ preventScroll: !focus });
  remember(view);
  clearTimeout(page.proving);
  if (view.found.promising) page.proving = setTimeout(() => show(undefined, proved(view))); // once the answer has been drawn
}

/** Look at more ways to answer. @param {View} view @returns {View} */
function proved(view) {
  return { ...view, found: outlook(base, view.facts, new Set(view.counted.keys()), PROOF) };
}

/** Take an answer, or take it back. @param {number} position @param {Fact | undefined} fact @param {boolean} [stay] */
function reply(position, fact, stay = page.isForm) {
  page.wrong.delete(position);
  page.skipped.delete(position);
  if (fact) page.answers.set(position, fact);
  else page.answers.delete(position);
  if (!fact) page.always.delete(position);
  if (!stay) page.shown = null;
  show(stay ? undefined : "asked");
}

/** Take light or dark colours; the button says which it takes next. @param {boolean} isDark */
function paint(isDark) {
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
  by("theme").textContent = isDark ? "Light colours" : "Dark colours";
}

const darkness = matchMedia("(prefers-color-scheme: dark)");
paint(darkness.matches);
darkness.addEventListener("change", () => paint(darkness.matches));
by("theme").addEventListener("click", () => paint(document.documentElement.dataset.theme !== "dark"));
addEventListener("hashchange", follow);
addEventListener("dragover", (event) => {
  event.preventDefault();
  document.body.classList.add("dropping");
});
addEventListener("dragleave", () => document.body.classList.remove("dropping"));
addEventListener("drop", (event) => {
  event.preventDefault();
  document.body.classList.remove("dropping");
  const file = event.dataTransfer?.files[0];
  if (file) load(file);
});
/** @type {Element[]} */
let folded = [];
addEventListener("beforeprint", () => {
  by("printed").textContent = ` · printed on ${new Date().toISOString().slice(0, 10)}`;
  folded = [...document.querySelectorAll("main section:not(#rules) details:not([open])")];
  folded.forEach((each) => each.setAttribute("open", ""));
});
addEventListener("afterprint", () => folded.forEach((each) => each.removeAttribute("open")));
by("theme").hidden = false;
by("rules").querySelector("details")?.removeAttribute("open");
if (!follow()) take(readAddress(base, remembered()) ?? STARTED, "What this browser kept");
