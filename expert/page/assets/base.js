// The knowledge base that the page has as data, and what the page starts with.

const base = prepared(JSON.parse(by("base").textContent ?? ""));
const STARTED = taken(base, Object.entries(base.given));
