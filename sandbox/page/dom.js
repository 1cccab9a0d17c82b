// Builds DOM nodes. Message content only ever arrives here as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

/** el("button", {class: "x", onclick: f, "aria-label": "…"}, "text", node, …) */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function svg(tag, props, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const PATHS = {
  back: "M15 5l-7 7 7 7",
  send: "M4 12l16-8-6 16-3-7z",
  attach: "M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 5 5l-8.5 8.500a1.7 1.7 0 0 1-2.5-2.500L15 7",
  keyboard: "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M18 10h.01M8 14h8",
  menu: "M4 7h16M4 12h16M4 17h10",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  reply: "M10 6L4 12l6 6M4 12h9a7 7 0 0 1 7 7",
  close: "M6 6l12 12M18 6L6 18",
  down: "M5 9l7 7 7-7",
  check: "M4 13l5 5L20 7",
  edit: "M4 20l1-5L16 4l4 4L9 19z",
  trash: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
  copy: "M8 8h12v12H8zM4 16V4h12",
  forward: "M14 6l6 6-6 6M20 12h-9a7 7 0 0 0-7 7",
  pin: "M9 4h6l-1 6 4 4H6l4-4zM12 14v6",
  photo: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9h.01",
  album: "M7 3h14v13H7zM3 7v14h14",
  voice: "M12 4a2.5 2.5 0 0 1 2.5 2.500v5a2.5 2.5 0 0 1-5 0v-5A2.5 2.5 0 0 1 12 4zM6 11a6 6 0 0 0 12 0M12 17v4",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  sticker: "M5 4h14v9l-6 7H5zM19 13h-6v7",
  place: "M12 21s7-6.5 7-11.500A7 7 0 0 0 5 9.500C5 14.5 12 21 12 21zM12 9.500h.01",
  contact: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21a8 8 0 0 1 16 0",
  play: "M8 5l11 7-11 7z",
  pause: "M8 5v14M16 5v14",
  lock: "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
  link: "M14 5h5v5M19 5l-9 9M16 14v5H5V8h5",
  plus: "M12 5v14M5 12h14",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 3",
};

export function icon(name) {
  return svg(
    "svg",
    { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" },
    svg("path", { d: PATHS[name] }),
  );
}

/** Puts `nodes` into `parent` in this order, touching only what is not already in its place. */
export function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, i) => {
    if (parent.children[i] !== node) parent.insertBefore(node, parent.children[i] ?? null);
  });
}
