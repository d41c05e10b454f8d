// What test_accessible_pages.py asks a page in the browser.

function faults() {
  const faults = [];
  const all = (css, root = document) => [...root.querySelectorAll(css)];
  const told = (element) => element.outerHTML.slice(0, 90);
  const text = (element) => element.textContent.replace(/\s+/g, " ").trim();
  const name = (element) => {
    const by = element.getAttribute("aria-labelledby");
    if (by) return by.split(" ").map((id) => text(document.getElementById(id))).join(" ");
    return element.getAttribute("aria-label") || text(element);
  };
  if (!["en", "zh"].includes(document.documentElement.lang)) faults.push("no language");
  if (!document.title.trim()) faults.push("no title");
  if (all("h1").length !== 1) faults.push(`${all("h1").length} h1`);
  let level = 0;
  for (const heading of all("h1, h2, h3, h4, h5, h6")) {
    const own = Number(heading.tagName[1]);
    if (own > level + 1) faults.push(`h${own} after h${level}: ${text(heading)}`);
    level = own;
  }
  if (all("main").length !== 1) faults.push(`${all("main").length} main`);
  for (const part of document.body.children)
    if (!part.matches("header, main, footer, nav, a.skip")) faults.push(`outside: ${told(part)}`);
  for (const nav of all("nav")) if (!nav.getAttribute("aria-label")) faults.push("nav unnamed");
  const ids = all("[id]").map((one) => one.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push(`id ${id} twice`);
  for (const one of all("[aria-labelledby], [aria-describedby]"))
    for (const kind of ["aria-labelledby", "aria-describedby"])
      for (const id of (one.getAttribute(kind) || "").split(" ").filter(Boolean))
        if (!document.getElementById(id)) faults.push(`no ${id} for ${told(one)}`);
  for (const image of all("img"))
    if ((image.getAttribute("alt") || "").length < 40) faults.push(`alt: ${image.alt}`);
  for (const table of all("table")) {
    const box = table.closest("[role=region]");
    if (!table.caption && !table.ariaLabel && !box) faults.push(`no name: ${told(table)}`);
    if (!all("th", table).length) faults.push(`no heading: ${told(table)}`);
    for (const th of all("th", table))
      if (!th.scope && !th.closest("thead") && text(th)) faults.push(`no scope: ${told(th)}`);
  }
  for (const box of all("[role=region]"))
    if (!name(box) || box.tabIndex !== 0) faults.push(`region: ${told(box)}`);
  for (const one of all("details")) one.open = true;
  for (const box of all("body *")) {
    const style = getComputedStyle(box);
    const scrolls = ["auto", "scroll"].includes(style.overflowX);
    if (scrolls && box.scrollWidth > box.clientWidth + 1 && box.tabIndex !== 0)
      faults.push(`scrolls without focus: ${told(box)}`);
  }
  const leads = new Map();
  for (const link of all("a[href]")) {
    const own = name(link);
    if (!own) faults.push(`link without words: ${told(link)}`);
    const shown = text(link);
    if (shown && !own.includes(shown)) faults.push(`says ${own}, shows ${shown}`);
    if (leads.has(own) && leads.get(own) !== link.getAttribute("href"))
      faults.push(`two links are called ${own}`);
    leads.set(own, link.getAttribute("href"));
  }
  return [...new Set(faults)];
}

function weakText() {
  const weak = [];
  const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = parts(colour).map((one) => one / 255)
      .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  for (const one of document.querySelectorAll("details")) one.open = true;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || seen.has(element) || !element.checkVisibility()) continue;
    seen.add(element);
    const style = getComputedStyle(element);
    let behind = element, ground = "rgb(255, 255, 255)";
    for (; behind; behind = behind.parentElement) {
      const found = getComputedStyle(behind).backgroundColor;
      if ((parts(found)[3] ?? 1) === 1) { ground = found; break; }
    }
    const [low, high] = [light(style.color), light(ground)].sort((a, b) => a - b);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if ((high + 0.05) / (low + 0.05) < (isLarge ? 3 : 4.5))
      weak.push(`${style.color} on ${ground}: ${element.textContent.trim().slice(0, 40)}`);
  }
  return weak;
}

function focused() {
  const one = document.activeElement, style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  return {
    what: one.outerHTML.slice(0, 80), tag: one.tagName, id: one.id,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}
