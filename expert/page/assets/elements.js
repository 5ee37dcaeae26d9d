// The elements that the page is made of.

/** @typedef {Record<string, string | boolean | number | ((event: any) => void) | undefined>} Properties */
/** @typedef {(Node | string | null | undefined | false)[]} Children */

const by = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Make an element. Texts become text, never markup; what is not to be seen is made visible.
 * @param {string} name @param {Properties} properties @param {Children} children */
function el(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined) made.setAttribute(key, String(value));
  }
  for (const child of children) {
    if (typeof child === "string") made.append(visible(child.replace(/[\r\n\t]+/g, " ")));
    else if (child) made.append(child);
  }
  return made;
}

/** Make a button. @param {string} id @param {string} text @param {() => void} click @param {Properties} [properties] */
function button(id, text, click, properties = {}) {
  return el("button", { type: "button", id, click, ...properties }, text);
}

/** Make an element of SVG.
 * @param {string} name @param {Record<string, string | number>} properties @param {Node[]} children */
function svg(name, properties, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(properties)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}
