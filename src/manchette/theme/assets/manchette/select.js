// Words selected in an article: which they are, and what may be done with them. Loaded at the first selection, never before.
import { OURS, copy, reference, selected, text } from "./cite.js";

// ---- The text as the program reads it (src/manchette/marks/): without headings, calls of footnotes and what was written
// into it; code and images are one sign each; blocks stand apart. With it, where its marks stand.
const UNSEEN = `h1,h2,h3,h4,h5,h6,rp,rt,[hidden],head,link,meta,noscript,script,style,template,title,sup[id^=fnref],.footnote-ref,.footnote-backref,div.toc,${OURS}`;
const OBJECT = "code,kbd,pre,samp,audio,canvas,embed,iframe,img,input,math,meter,object,picture,progress,select,svg,textarea,video,button";
const BLOCK = "address,article,aside,blockquote,br,caption,center,col,colgroup,dd,details,dialog,dir,div,dl,dt,fieldset,figcaption,figure,footer,form,h1,h2,h3,h4,h5,h6,header,hgroup,hr,legend,li,main,menu,nav,ol,optgroup,option,p,pre,search,section,summary,table,tbody,td,tfoot,th,thead,tr,ul";

export function read(root) {
  const spots = [], marks = [];
  let words = "";
  const walk = node => {
    if (node.nodeType === Node.TEXT_NODE) {
      spots.push({ node, start: words.length });
      words += node.data;
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      const apart = node.matches(BLOCK) ? "\n" : "";
      words += apart;
      if (node.matches(UNSEEN)) return;
      if (node.matches(OBJECT)) { words += "\ufffc" + apart; return; }
      const { kind, annotation: id } = node.dataset, start = words.length;
      // The first stretch of a passage has an id; the others belong to the last passage of their annotation.
      const mark = kind && (node.id ? { kind, id, start } : marks.findLast(one => one.kind === kind && one.id === id));
      if (kind && node.id) marks.push(mark);
      node.childNodes.forEach(walk);
      if (mark) mark.end = words.length;
      words += apart;
    }
  };
  walk(root);
  return { words, spots, marks };
}
export const page = read(text);

// ---- The selection: whole words, without what stands around them, and where these are.
const blank = /[\s\ufffc]/, stop = /[\s\ufffc,;:.]/, letter = /[\p{L}\p{N}\p{M}_]/u;
export let chosen = null;
let refused = ""; // the words that Escape has sent the bar away from

function choose() {
  const within = selected();
  if (!within?.ends) return null;
  const at = (container, offset) => {
    const place = new Range();
    place.setStart(container, offset);
    for (const { node, start } of page.spots)
      if (node === container) return start + offset;
      else if (place.comparePoint(node, 0) > 0) return start;
    return page.words.length;
  };
  const { words } = page, { startContainer, startOffset, endContainer, endOffset } = within.range;
  let start = at(startContainer, startOffset), end = at(endContainer, endOffset);
  while (start < end && blank.test(words[start])) start++;
  while (start < end && stop.test(words[end - 1])) end--;
  if (!letter.test(words.slice(start, end))) return null;
  while (start && letter.test(words[start - 1]) && letter.test(words[start])) start--;
  while (letter.test(words[end - 1]) && letter.test(words[end] ?? "")) end++;
  const range = new Range(), spot = offset => page.spots.findLast(one => one.start <= offset);
  range.setStart(spot(start).node, start - spot(start).start);
  range.setEnd(spot(end - 1).node, end - spot(end - 1).start);
  return { start, end, range };
}

// The words of one claim have an address already.
function claim({ start, end }) {
  const same = mark => mark.kind === "claim" && mark.start === start
    && (mark.end === end || (mark.end > end && [...page.words.slice(end, mark.end)].every(sign => stop.test(sign))));
  return page.marks.find(same);
}

// ---- The bar
export async function wear(name) {
  const style = document.createElement("link");
  Object.assign(style, { rel: "stylesheet", href: new URL(name, import.meta.url).href });
  document.head.append(style);
  await new Promise(done => { style.onload = style.onerror = done; });
}
await wear("select.css");
const [bar, about] = document.getElementById("selection").content.cloneNode(true).children;
const status = bar.querySelector("[role=status]");
text.closest(".mch").append(bar);

let waiting = 0;
function offer() {
  clearTimeout(waiting);
  if (bar.matches(":focus-within")) return;
  bar.hidePopover();
  if (getSelection().isCollapsed) refused = "";
  waiting = setTimeout(show, 250); // a mouse or a finger's handles may still be moving
}
function show() {
  if (text.matches(":active")) return offer();
  if (document.querySelector(":is(.mch-note,.mch-annotate):popover-open") || !(chosen = choose()) || name() === refused) return;
  const lines = [...chosen.range.getClientRects()].filter(line => line.width);
  if (!lines.length) return;
  status.textContent = "";
  bar.showPopover();
  const last = lines.at(-1), under = matchMedia("(pointer:coarse)").matches ? 32 : 8; // under a finger's handles
  put(bar, last.right - bar.offsetWidth, last.bottom + under, lines[0].top - under);
}
const name = () => `${chosen.start} ${chosen.end}`;
export function dismiss() {
  bar.hidePopover();
  refused = name();
}
// Under a place, or over it where there is no room; never off the window's edges.
export function put(box, left, under, over) {
  const { clientWidth } = document.documentElement;
  const top = Math.max(under + box.offsetHeight > innerHeight - 8 ? over - box.offsetHeight : under, 64);
  box.style.left = `${Math.max(8, Math.min(left, clientWidth - box.offsetWidth - 8)) + scrollX}px`;
  box.style.top = `${top + scrollY}px`;
}

bar.addEventListener("pointerdown", event => event.preventDefault()); // the selection stays
bar.addEventListener("click", async event => {
  const asked = event.target.dataset.do;
  if (asked === "annotate") {
    const { open } = await import("./annotate.js");
    bar.hidePopover();
    open();
  } else if (asked === "cite") {
    const same = claim(chosen);
    const done = await copy(reference(chosen.range, about, same && `claim--${same.id}`));
    status.textContent = done ? status.dataset.done : status.dataset.refused;
  }
});

// Tab goes to the bar, Escape sends it away, and nothing else hears of it.
addEventListener("keydown", event => {
  if (!bar.matches(":popover-open")) return;
  if (event.key === "Escape") {
    dismiss();
    event.stopImmediatePropagation();
  } else if (event.key === "Tab" && !event.shiftKey && !bar.contains(document.activeElement)) {
    bar.querySelector("button").focus();
    event.preventDefault();
  }
}, true);
document.addEventListener("selectionchange", offer);
document.addEventListener("toggle", event => {
  if (event.target.matches(".mch-note")) offer(); // never beside a card
}, true);
addEventListener("beforeprint", () => bar.hidePopover());
addEventListener("resize", () => bar.hidePopover());
offer();
