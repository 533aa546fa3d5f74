// Builds elements. Text only ever becomes text nodes: cards hold what people typed.

const TOAST_MS = 4000;
const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  plus: "M12 5v14M5 12h14",
  menu: "M5 7h14M5 12h14M5 17h14",
  send: "M12 19V6M6 11l6-6 6 6",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  check: "M6 12.5l4 4 8-9",
};

const LINK = /<a href="(https?:\/\/[^"]+)">([^<]*)<\/a>|https?:\/\/[^\s<>"，。；、）】」]+/g;

/** An element: `props` are attributes, `on…` listeners, `class`, `value`, `checked`, `style` (an object). */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value !== undefined && value !== null && value !== false) set(element, name, value);
  }
  element.append(...present(children));
  return element;
}

function set(element, name, value) {
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "style") Object.assign(element.style, value);
  else if (name === "value" || name === "checked") element[name] = value;
  else element.setAttribute(name, value === true ? "" : value);
}

function present(children) {
  return children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false);
}

/** A line icon of the current text colour. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(path);
  return svg;
}

/** The text's nodes, web addresses (bare, or WeCom's <a href>) as links. */
export function linked(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    nodes.push(text.slice(from, match.index), link(match[1] ?? match[0], match[2] ?? match[0]));
    from = match.index + match[0].length;
  }
  return [...nodes, text.slice(from)];
}

/** A link to another page; anything but http(s) stays plain text. */
export function link(url, ...children) {
  if (!/^https?:\/\//.test(url ?? "")) return h("span", {}, ...children);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

/** Shows a line in `element` for a moment: answers the function that does. */
export function toaster(element) {
  let fading;
  return (text) => {
    element.textContent = text;
    element.classList.add("up");
    clearTimeout(fading);
    fading = setTimeout(() => element.classList.remove("up"), TOAST_MS);
  };
}

/** A button that folds a list open; a click elsewhere or Escape closes it. */
export function popup(props, face, ...content) {
  return h(
    "details",
    { ...props, "data-popup": true },
    h("summary", { "aria-label": props.label }, face),
    content,
  );
}

/** Close the lists that `target` is not part of. */
export function closePopups(target) {
  for (const open of document.querySelectorAll("details[data-popup][open]")) {
    if (!open.contains(target)) open.open = false;
  }
}
