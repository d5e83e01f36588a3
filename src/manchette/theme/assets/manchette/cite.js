// The article's words as they leave the page: copied without what is ours, or in a reference that says where they stand.
export const text = document.querySelector(".mch-text");
export const OURS = "[class^=mch-]:not(.mch-m,.mch-text)"; // what is written into the text; a mark is only around its words

// What of the selection is in the text, whether an end of it is, and whether nothing else is selected: a press that
// takes a whole paragraph ends at the start of what follows. Firefox has several ranges around what cannot be selected.
export function selected() {
  const selection = getSelection();
  if (selection.isCollapsed) return null;
  const range = selection.getRangeAt(0).cloneRange(), last = selection.getRangeAt(selection.rangeCount - 1);
  range.setEnd(last.endContainer, last.endOffset);
  if (!range.intersectsNode(text)) return null;
  const ends = text.contains(range.startContainer) || text.contains(range.endContainer);
  const shown = () => [...range.getClientRects()].filter(box => box.width).length, all = shown();
  if (range.comparePoint(text, 0) === 0) range.setStart(text, 0);
  if (range.comparePoint(text, text.childNodes.length) === 0) range.setEnd(text, text.childNodes.length);
  return { range, ends, whole: shown() === all };
}

// ---- Words without what is ours: the text's own emphasis, links, lists, tables. Calls of its own footnotes are no words.
const NONE = `${OURS},script,style,template,sup[id^=fnref],.footnote-backref`;
const PROSE = "p,li,dt,dd,td,th,h1,h2,h3,h4,h5,h6,div,figure,figcaption";
const KEPT = ["href", "src", "alt", "lang", "dir", "title", "datetime", "colspan", "rowspan", "start"];

function clean(range) {
  const box = document.createElement("div");
  box.append(range.cloneContents());
  let around = range.commonAncestorContainer;
  if (around.nodeType === Node.TEXT_NODE) around = around.parentElement;
  for (; around !== text && !around.matches(PROSE); around = around.parentElement) { // items bring their list
    const copied = around.cloneNode(false);
    copied.append(...box.childNodes);
    box.append(copied);
  }
  box.querySelectorAll(NONE).forEach(part => part.remove());
  for (const part of box.querySelectorAll("*")) {
    if (part.matches(".mch-m")) { part.replaceWith(...part.childNodes); continue; }
    for (const { name } of [...part.attributes]) if (!KEPT.includes(name)) part.removeAttribute(name);
    for (const name of ["href", "src"]) if (part.hasAttribute(name)) part.setAttribute(name, part[name]); // whole addresses
  }
  return box;
}
// As a browser would write it without marks: paragraphs and cells apart. Only what is drawn can be asked for that.
function plain(box) {
  box.style.cssText = "position:fixed;opacity:0";
  document.body.append(box);
  const words = box.innerText.trim();
  box.remove();
  return words;
}

let given = null; // what is to be copied instead of the selection
document.addEventListener("copy", event => {
  if (!given) {
    const within = !event.target.closest?.("input,textarea") && selected();
    if (!within?.whole) return;
    const box = clean(within.range);
    given = { html: box.innerHTML, plain: plain(box) };
  }
  event.clipboardData.setData("text/plain", given.plain);
  event.clipboardData.setData("text/html", given.html);
  event.preventDefault();
  given = null;
});

// Put into the clipboard; where there is none to be had (no https, or it is refused), the way of old. Tells whether it went.
export async function copy(both) {
  const blob = (type, words) => ({ [type]: new Blob([words], { type }) });
  try {
    await navigator.clipboard.write([new ClipboardItem({ ...blob("text/plain", both.plain), ...blob("text/html", both.html) })]);
    return true;
  } catch {
    given = both;
    const done = document.execCommand("copy");
    given = null;
    return done;
  }
}

// ---- The reference: « words » — who, when, § where, what, by which site, at which address.
const nested = words => words.replace(/«\s*/g, "“").replace(/\s*»/g, "”"); // quotation marks within others

export function reference(range, about, anchor) {
  const page = document.querySelector("link[rel=canonical]")?.href ?? location.href.replace(/#.*/s, "");
  const address = page + (anchor ? `#${anchor}` : fragment(range));
  const [box, line] = [clean(range), about.cloneNode(true)];
  const nodes = [], walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (walker.currentNode.data.trim()) nodes.push(walker.currentNode);
  for (const node of nodes) node.data = nested(node.data);
  nodes[0].data = `«\u202f${nodes[0].data.trimStart()}`;
  nodes.at(-1).data = `${nodes.at(-1).data.trimEnd()}\u202f»`;
  const [where, title] = [line.querySelector("span"), line.querySelector("a")];
  where.replaceWith(paragraphs(range));
  title.textContent = `«\u202f${nested(title.textContent)}\u202f»`;
  title.href = address;
  line.append(document.querySelector("meta[property='og:site_name']")?.content ?? location.host);
  const quote = document.createElement("blockquote");
  Object.assign(quote, { cite: address, lang: text.lang });
  quote.append(...box.childNodes);
  const html = quote.outerHTML + line.outerHTML;
  return { html, plain: `${plain(quote)}\n${line.textContent.trim()}\u00a0: ${address}` };
}

function paragraphs(range) {
  const note = [...text.querySelectorAll(".footnote>ol>li")].findIndex(each => each.contains(range.startContainer));
  if (note >= 0) return `note\u00a0${note + 1}, `;
  const before = [...text.querySelectorAll(".mch-p")].filter(number => range.comparePoint(number, 0) <= 0);
  const last = before.at(-1)?.textContent, first = before.findLast(number => range.comparePoint(number, 0) < 0)?.textContent ?? before[0]?.textContent;
  return !last ? "" : first === last ? `§\u202f${last}, ` : `§§\u202f${first}–${last}, `;
}

// ---- An address for any words. The page's ids are its marks' alone, and a mark may be far away; a text fragment
// (https://wicg.github.io/scroll-to-text-fragment/) names the words themselves: browsers of today scroll to them and light
// them, hide it from our script, and older ones open the page. Its terms are found each within one block, whatever is
// written into the text (so none may span a call, that a reader may have switched off), at the edges of words, letters
// alone compared, and the first place that fits is taken.
const letters = words => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const pattern = words => letters(words).trim().replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace(/\s+/g, "[^\\S\\n]+");
const EDGE = "(?:(?<![\\p{L}\\p{N}])|(?![\\p{L}\\p{N}]))";
function first(page, from, { ahead, term, behind }) {
  const look = new RegExp((ahead && `(?<=${EDGE}${pattern(ahead)}\\s*)`) + EDGE + pattern(term) + EDGE + (behind && `(?=\\s*${pattern(behind)}${EDGE})`), "gu");
  look.lastIndex = from;
  const found = look.exec(page);
  return found && { start: found.index, end: found.index + found[0].length };
}

// The page as a browser looks through it, a line a block, and where the range is in it.
function seen(range) {
  let words = "", start = 0, end = 0;
  const walk = node => {
    if (node.nodeType === Node.TEXT_NODE) {
      if (node === range.startContainer) start = words.length + range.startOffset;
      if (node === range.endContainer) end = words.length + range.endOffset;
      words += node.data.replace(/\n/g, " ");
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      const { display } = getComputedStyle(node), ours = text.contains(node) && node.matches(OURS);
      const apart = ours || !/^(inline|contents)/.test(display) ? "\n" : "";
      words += apart;
      if (!ours && display !== "none") node.childNodes.forEach(walk);
      words += apart;
    }
  };
  walk(document.body);
  return { words, start, end };
}

const sentence = words => words.trim().split(/(?<=\s)(?=\S)/);
const part = (words, ...span) => words.slice(...span).join("").trim();
const encoded = term => encodeURIComponent(term).replace(/[-!'()*.~]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

function fragment(range) {
  let { words, start, end } = seen(range);
  const line = at => [words.lastIndexOf("\n", at - 1) + 1, words.indexOf("\n", at)];
  const word = at => {
    const [from, to] = line(at);
    const { index, segment } = new Intl.Segmenter("fr", { granularity: "word" }).segment(words.slice(from, to)).containing(at - from);
    return [from + index, from + index + segment.length];
  };
  [start, end] = [word(start)[0], word(end - 1)[1]]; // to a browser « l’estuaire » is one word
  const runs = words.slice(start, end).split("\n").filter(run => run.trim()), [head, tail] = [sentence(runs[0]), sentence(runs.at(-1))];
  const before = sentence(words.slice(line(start)[0], start)), after = sentence(words.slice(end, line(end - 1)[1]));
  const [page, ...is] = [words, words.slice(0, start), words.slice(0, end)].map(letters);
  const whole = runs.length === 1 && head.length < 9;
  for (const context of [0, 1, 2, 4, 8, 16])
    for (const size of whole ? [9] : [3, 6, 12]) {
      const ahead = context ? part(before, -context) : "", behind = part(after, 0, context);
      const from = part(head, 0, size), to = whole ? "" : part(tail, -size);
      const found = first(page, 0, { ahead, term: from, behind: to ? "" : behind });
      const until = found && to ? first(page, found.end, { ahead: "", term: to, behind }) : found;
      if (found?.start === is[0].length && until?.end === is[1].length)
        return `#:~:text=${[ahead && `${encoded(ahead)}-`, encoded(from), to && encoded(to), behind && `-${encoded(behind)}`].filter(Boolean).join(",")}`;
    }
  return ""; // the same words in the same surroundings: the page
}
