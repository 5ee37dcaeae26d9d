// What is kept, shared, saved and loaded.

/** Keep the answers in this browser, unless they are still those that the page starts with. @param {View} view */
function remember({ counted }) {
  const address = writeAddress(base, counted);
  try {
    if (page.answers.size && address !== AT_FIRST) localStorage.setItem(STORED, address);
    else localStorage.removeItem(STORED);
  } catch {
    /* This browser keeps nothing: the page works all the same. */
  }
}

/** What the browser kept; empty where it keeps nothing. */
function remembered() {
  try {
    return localStorage.getItem(STORED) ?? "";
  } catch {
    return "";
  }
}

/** Take answers in place of all others; tell what does not fit. @param {Reading} reading @param {string} what */
function take(reading, what) {
  page.answers = reading.facts;
  const answers = new Map([...reading.facts].map(([position, fact]) => [position, saidBy(fact)]));
  const fits = fitting(base, new Map(), answers);
  page.always = new Set(
    [...reading.facts.keys()].filter((position) => !fits.has(position) && reading.facts.get(position)?.value !== null),
  );
  page.shown = null;
  page.skipped.clear();
  page.wrong.clear();
  tell(reading.told.length ? `${what}: not all of it fits.` : "", reading.told);
  show();
}

/** Say something at the top of the page; nothing where there is nothing to say.
 * @param {string} text @param {string[]} [more] */
function tell(text, more = []) {
  const rows = more.length > 12 ? [...more.slice(0, 11), `and ${more.length - 11} more`] : more;
  by("told").replaceChildren(
    ...(text
      ? [el("b", {}, text), ...(rows.length ? [el("ul", {}, ...rows.map((row) => el("li", {}, row)))] : [])]
      : []),
  );
  by("told").hidden = !text;
}

/** Copy a link that has the answers in its fragment, which no server sees. */
async function share() {
  const address = writeAddress(base, look().counted);
  history.replaceState(null, "", address);
  let said = "The link is in the address bar; what stands after # is not sent to any server.";
  try {
    await navigator.clipboard.writeText(location.href);
    said = "The link is copied. The answers stand after #, which is not sent to any server.";
  } catch {
    /* The address bar has it. */
  }
  by("done").textContent = said;
}

/** Save the answers as a facts file. */
function save() {
  const address = URL.createObjectURL(new Blob([writeFacts(base, look().counted)], { type: "application/yaml" }));
  el("a", { href: address, download: "facts.yaml" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
  by("done").textContent = "Saved as facts.yaml: expert recommend facts.yaml gives the same answer.";
}

/** Load a facts file. @param {File} file */
async function load(file) {
  const text = file.size > LONGEST ? "" : await file.text();
  const reading =
    file.size > LONGEST ? { facts: new Map(), told: ["it is too long to be a facts file"] } : readFacts(base, text);
  if (reading.facts.size || !reading.told.length) take(reading, shown(file.name));
  else tell(`${shown(file.name)}: nothing in it fits; the answers stay as they were.`, reading.told);
}

/** Forget all answers. */
function clear() {
  history.replaceState(null, "", location.pathname + location.search);
  page.proven = null;
  page.asksOn = false;
  take({ facts: new Map(), told: [] }, "");
}

/** Take the answers in the address. */
function follow() {
  const reading = readAddress(base, location.hash);
  if (reading) take(reading, "The link");
  return reading !== null;
}
