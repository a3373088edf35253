/** Building pages from text nodes: nothing here, and nothing that uses it, ever reads markup out of data. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Makes an element. `props`: `class`, `on` (event listeners), `dataset`; what is a property of the element is set as one, everything
 * else is an attribute (null and false: left out). Children are nodes, or become text nodes; null ones are left out.
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === "on") {
      Object.entries(value).forEach(([type, listener]) => element.addEventListener(type, listener));
    } else if (name === "dataset") {
      Object.assign(element.dataset, value);
    } else if (name === "class") {
      element.className = value;
    } else {
      attribute(element, name, value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Sets an attribute; null and false take it away, true leaves it empty. */
export function attribute(element, name, value) {
  if (value === null || value === undefined || value === false) {
    element.removeAttribute(name);
  } else {
    element.setAttribute(name, value === true ? "" : value);
  }
}

/** Sets the text of an element, if it is another one: an unchanged live region stays silent. */
export function text(element, value) {
  if (element.textContent !== value) {
    element.textContent = value;
  }
}

/** Shows or hides an element. */
export function show(element, visible) {
  element.hidden = !visible;
}

/** Makes the children of `parent` exactly `nodes`, in this order, without touching those that stay. */
export function arrange(parent, nodes) {
  const keep = new Set(nodes);
  [...parent.children].forEach((child) => keep.has(child) || child.remove());
  nodes.forEach((node, index) => {
    if (parent.children[index] !== node) {
      parent.insertBefore(node, parent.children[index] ?? null);
    }
  });
}

/** Whether the key sends what was typed: Enter, but neither for a new line nor to take a proposed character. */
export function sends(event) {
  return event.key === "Enter" && !event.shiftKey && !event.isComposing;
}

const ICONS = {
  home: "M3 10.5 12 3l9 7.5M5.5 9v11h13V9M10 20v-6h4v6",
  chat: "M4 5h16v11H9.5L5 20v-4H4z",
  close: "M6 6l12 12M18 6 6 18",
  minimise: "M6 9.5l6 6 6-6",
  send: "M4 12 20 4.5 13.5 20l-2.8-6.7z",
  note: "M5 4h14v11l-5 5H5zM14 20v-5h5M8.5 8.5h7M8.5 12h4",
  bolt: "M13 3 5 13.5h6L10.5 21 19 10h-6.5z",
  link: "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1",
  check: "M5 12.5l4.5 4.5L19 7.5",
  clock: "M12 7.5v5l3 2M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z",
  bars: "M4 20h16M7 16.5v-5M12 16.5v-10M17 16.5v-7",
  people: "M8.5 11.5a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6zM2.5 19.5c0-3.3 2.7-5.5 6-5.5s6 2.2 6 5.5M16 5.3a3.3 3.3 0 0 1 0 6M17.5 14.3c2.4.6 4 2.6 4 5.2",
  exit: "M14 4h5v16h-5M4 12h11M11 8l4 4-4 4",
  globe: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17",
  clip: "M8 12.5l6-6a3 3 0 0 1 4.3 4.3l-8 8a5 5 0 0 1-7-7l8-8",
  save: "M12 4v11M7.5 10.5 12 15l4.5-4.5M5 19.5h14",
  info: "M12 11v6M12 7.5v.5M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z",
};

/** A line drawing beside a text. With a `label` it speaks for itself, without it is decoration. */
export function icon(name, label = null) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  if (label === null) {
    svg.setAttribute("aria-hidden", "true");
  } else {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
    const title = document.createElementNS(SVG, "title");
    title.textContent = label;
    svg.append(title);
  }
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

const LINK = /https?:\/\/[^\s<>"'\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202f\u2060-\u206f]+/giu;

/** The text as nodes, web addresses in it as links. The link goes where its text says. */
export function linked(value) {
  const nodes = [];
  let from = 0;
  for (const found of value.matchAll(LINK)) {
    const address = found[0].replace(/[.,;:!?)\]}]+$/u, "");
    const url = webAddress(address);
    if (url === null) {
      continue;
    }
    nodes.push(value.slice(from, found.index));
    nodes.push(h("a", { href: url.href, target: "_blank", rel: "noopener noreferrer", dir: "ltr" }, address));
    from = found.index + address.length;
  }
  nodes.push(value.slice(from));
  return nodes.filter((node) => node !== "");
}

/** The text as nodes, what was found in it marked: `marks` are ranges, never markup. */
export function marked({ text: whole, marks }) {
  const nodes = [];
  let at = 0;
  for (const [from, to] of marks) {
    nodes.push(whole.slice(at, from), h("mark", {}, whole.slice(from, to)));
    at = to;
  }
  nodes.push(whole.slice(at));
  return nodes.filter((node) => node !== "");
}

/** The address as a URL if it is one of the web's, else null. */
export function webAddress(value) {
  try {
    const url = new URL(value);
    return url.protocol === "http:" || url.protocol === "https:" ? url : null;
  } catch {
    return null;
  }
}

