// Words selected in an article become an annotation, ready to propose. Loaded when that is asked for (select.js).
import { chosen, dismiss, page, put, wear } from "./select.js";
import { text } from "./cite.js";

const template = document.getElementById("annoter");
const { edit, contact } = template.dataset;
await wear("annotate.css");
const [panel, register] = template.content.cloneNode(true).children;
text.closest(".mch").append(panel);
const [find, all] = ["querySelector", "querySelectorAll"].map(method => panel[method].bind(panel));
const [form, done, quoted] = ["form", ".mch-annotate__r", "blockquote"].map(selector => find(selector));
const [warning, told] = all("[role=status]");
const { kind: kinds, ...fields } = Object.fromEntries([...form.elements].filter(field => field.name).map(field => [field.name, field]));

// ---- What is compared (src/manchette/canonical.py).
export const fold = words => words
  .replace(/[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u{e0100}-\u{e01ef}]/gu, "")
  .replace(/[ﬀ-ﬄ]/g, ligature => ligature.normalize("NFKC")).normalize("NFC")
  .replace(/['’‘ʼ]/g, "'").replace(/[-‐‑‒–—―−]/g, "-").replace(/["«»“”]/g, '"')
  .replace(/\s+/g, " ").replace(/(?<=["'([]) | (?=[",.;:!?)\]])/g, "").trim();
const one = words => words.replace(/\s+/g, " ");
const GAP = /(?<=\S)\s*\[…\]\s*(?=\S)/;

// How often the canonical words stand in a canonical text, after one thing and before another.
function count(whole, words, before, after) {
  let found = 0;
  for (let at = whole.indexOf(words); at >= 0; at = whole.indexOf(words, at + 1)) {
    const [ahead, behind] = [whole.slice(0, at), whole.slice(at + words.length)];
    found += (ahead.endsWith(before) || ahead.endsWith(before + " ")) && (behind.startsWith(after) || behind.startsWith(" " + after));
  }
  return found;
}

// A W3C TextQuoteSelector: 32 characters on each side, more where that does not decide; none where nothing does.
export function selector(words, start, end) {
  const whole = fold(words);
  const exact = one(words.slice(start, end)).replace(/ ?(\ufffc ?)+/g, " […] ");
  const parts = exact.split(GAP).map(fold);
  const before = [...one(words.slice(0, start)).split("\ufffc").pop()], after = [...one(words.slice(end)).split("\ufffc")[0]];
  for (let size = 32; size < 2 * Math.max(before.length, after.length, 32); size *= 2) {
    const prefix = before.slice(-size).join(""), suffix = after.slice(0, size).join("");
    const [ahead, behind] = [fold(prefix), fold(suffix)];
    const [first, last] = [parts[0], parts.at(-1)];
    const single = parts.length === 1;
    if (count(whole, first, ahead, single ? behind : "") === 1 && (single || count(whole, last, "", behind) === 1))
      return { exact, prefix, suffix };
  }
  return null;
}

// A name, a date: without its article's elision, nor signs around it.
function bare({ start, end }) {
  const words = page.words.slice(start, end);
  const ahead = words.match(/^(?:[^\p{L}\p{N}]|(?:[cdjlmnst]|qu|lorsqu|jusqu|puisqu)['’ʼ])*/iu)[0].length;
  return { start: start + ahead, end: end - words.slice(ahead).match(/[^\p{L}\p{N}\p{M}]*$/u)[0].length };
}

const span = () => kinds.value === "claim" ? chosen : bare(chosen);
const said = ({ start, end }) => one(page.words.slice(start, end)).replace(/ ?(\ufffc ?)+/g, " […] ");
const noteOf = mark => document.getElementById(`note--${mark.kind}--${mark.id}`);

// What would keep the annotation from standing there, in words; nothing if it may.
function refusal() {
  const { start, end } = span();
  const here = page.marks.filter(mark => mark.start < end && start < mark.end);
  const [claims, dates, names] = [["claim"], ["date"], ["person", "organization", "place", "term"]].map(some => here.filter(mark => some.includes(mark.kind)));
  const tell = (why, mark, part) => warning.dataset[why].replace("@", () => mark && noteOf(mark).querySelector(part).textContent);
  if (kinds.value === "claim") {
    const same = claims.find(mark => mark.start === start && mark.end === end);
    const crossing = claims.find(mark => (mark.start < start) !== (mark.end > end) && mark.start !== start && mark.end !== end);
    return same ? tell("same", same, ".mch-note__n") : crossing ? tell("crossing", crossing, ".mch-note__n") : "";
  }
  if (kinds.value === "date") {
    const name = names.find(mark => mark.start <= start && mark.end >= end);
    return dates.length ? tell("dated") : name ? tell("named", name, "b") : "";
  }
  // The longest form is the mention; but what mentions.yml has settled stays.
  const name = names.find(mark => kinds.value === "mention" || mark.start < start || mark.end > end || mark.end - mark.start === end - start
    || fold(said(mark)) !== fold(noteOf(mark).querySelector("b").textContent));
  if (name) return tell("named", name, "b");
  if (dates.some(mark => mark.start >= start && mark.end <= end)) return tell("dated");
  return kinds.value !== "mention" && page.words.slice(start, end).includes("\ufffc") ? tell("broken") : "";
}

// ---- The form
export function open() {
  CSS.highlights?.set("annoter", new Highlight(chosen.range)); // the words stay lit while a field has the focus
  panel.showPopover();
  quoted.textContent = one(page.words.slice(chosen.start, chosen.end)).replaceAll("\ufffc", "…");
  step(form);
  turn();
  const lines = [...chosen.range.getClientRects()], beside = text.getBoundingClientRect().right + 24;
  panel.style.cssText = "";
  if (beside + panel.offsetWidth + 8 < innerWidth) put(panel, beside, lines[0].top, innerHeight - 8);
  else put(panel, lines[0].left, lines.at(-1).bottom + 8, lines[0].top - 8);
  kinds.focus({ preventScroll: true });
  const covered = lines.at(-1).bottom + 12 - panel.getBoundingClientRect().top;
  if (getComputedStyle(panel).position === "fixed" && covered > 0) scrollBy(0, covered); // a sheet hides no passage
  knowing ??= know();
}
function close() {
  panel.hidePopover();
  dismiss();
  getSelection().removeAllRanges();
  text.focus({ preventScroll: true });
  getSelection().addRange(chosen.range);
}
function step(part) {
  form.hidden = part !== form;
  done.hidden = part !== done;
}
function turn() {
  for (const part of all("[data-for]")) part.hidden = part.disabled = !part.dataset.for.split(" ").includes(kinds.value);
  warning.textContent = refusal() || (selector(page.words, ...Object.values(span())) ? "" : warning.dataset.broken);
  kinds.setCustomValidity(warning.textContent);
  fields.name.value = said(span());
}

// Everyone and everything that the register has; failing that, what this page has.
let known = new Map(), knowing = null;
async function know() {
  let entries = [...document.querySelectorAll(".mch-names .mch-note:not([data-note=date])")].map(note => [note.id.split("--")[2], note.querySelector("b").textContent]);
  try {
    const answer = register && await fetch(register.getAttribute("href"));
    const parsed = new DOMParser().parseFromString(answer?.ok ? await answer.text() : "", "text/html");
    const found = [...parsed.querySelectorAll(":is(.mch-entry,.mch-cols li)[id*='--']")].map(entry => [entry.id.split("--")[1], entry.querySelector("h3,a").textContent]);
    if (found.length) entries = found;
  } catch { /* read from a disk, or off the network */ }
  known = new Map(entries.sort((a, b) => a[1].localeCompare(b[1], "fr")));
  const options = [...known].map(([id, name]) => new Option(name, id));
  fields.entity.replaceChildren(new Option("…", ""), ...options);
  find("datalist").replaceChildren(...[...known.values()].map(name => new Option(name)));
}

// ---- The entry
const filled = field => field.value.replace(/[\p{Cc}\p{Cs}\ufeff\ufffe\uffff]+/gu, " ").replace(/ +/g, " ").trim();
const scalar = words => JSON.stringify(words); // JSON's strings are YAML's
const latin = Object.fromEntries("æae œoe øo ßss þth ðd đd łl ħh ŧt ŋng ıi ĸk ǥg əe ɛe ɔo ɓb ɗd ɖd ƒf ƙk ƴy ɲny ɣg ʻ ʿ ʾ".split(" ").map(pair => [pair[0], pair.slice(1)]));
export const slug = words => words.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^a-z0-9]/g, letter => latin[letter] ?? "-").split("-").filter(Boolean).slice(0, 6).join("-").replace(/^(null)?$/, "note");
function unique(id) {
  const entity = find(`[data-for~=${kinds.value}] [name=name]`);
  const taken = name => entity ? known.has(name) : document.getElementById(`${kinds.value}--${name}`);
  for (let name = id, number = 2; ; name = `${id}-${number++}`) if (!taken(name)) return name;
}
function quote() {
  const { start, end } = span();
  const found = selector(page.words, start, end);
  return Object.entries(found).filter(([, words]) => words).map(([key, words]) => `\n    ${key}: ${scalar(words)}`).join("");
}
function entry() {
  const kind = kinds.value, passage = quote(), words = said(span());
  if (kind === "mention") return [slug(words), `- quote:${passage}\n  entity: ${fields.entity.value}\n`];
  const lines = [];
  let id = slug(words);
  if (kind === "claim") {
    const who = filled(fields.who), entity = [...known].find(([, name]) => fold(name) === fold(who))?.[0];
    lines.push(`quote:${passage}`);
    // What looks like an id would be taken for one.
    if (who) lines.push(`attribution: [${scalar(entity ?? (/^[a-z0-9-]+$/.test(who) ? who[0].toUpperCase() + who.slice(1) : who))}]`);
    lines.push(`modality: ${fields.modality.value}`, `verdict: ${fields.verdict.value}`);
    if (filled(fields.short)) lines.push(`short: ${scalar(filled(fields.short))}`);
    lines.push(`rationale: ${scalar(filled(fields.rationale))}`);
    lines.push(`reviewed: ${new Date().toLocaleDateString("sv")}`); // 2026-11-22, as Swedes write it
    if (filled(fields.source)) lines.push(`# À mettre dans sources.yml, puis dans « evidence » : ${filled(fields.source)}`);
  } else if (kind === "date") {
    id = slug(filled(fields.title));
    lines.push(`when: ${scalar(filled(fields.when))}`, `title: ${scalar(filled(fields.title))}`, `quote:${passage}`);
  } else {
    const name = filled(fields.name);
    id = slug(name);
    lines.push(`name: ${scalar(name)}`);
    if (fold(name) !== fold(words)) lines.push(`aliases: [${scalar(words)}]`);
    lines.push(`description: ${scalar(filled(fields.description))}`);
  }
  id = unique(id);
  return [id, `${id}:\n${lines.map(line => `  ${line}\n`).join("")}`];
}

// A day, a month, a year, or from one to another (EDTF); no 31 of February.
const day = when => /^\d{4}(-(0[1-9]|1[0-2]|2[1-4]))?[?~%]?$/.test(when)
  || (/^\d{4}-\d\d-\d\d[?~%]?$/.test(when) && new Date(when.slice(0, 10) + "T00:00Z").toJSON?.()?.slice(0, 10) === when.slice(0, 10));
const dated = when => when.split("/").length < 3 && when.split("/").every((one, i, all) => day(one) && all[0] <= one);

// ---- Where it goes. Hosts take a new file by address: GitHub, and Gitea and Forgejo with `_edit`, its text too.
const LONGEST = 7500; // bytes of an address; hosts refuse 8,192
function send(path, yaml) {
  const [, base, way, branch] = edit.match(/^(.*)\/(_?edit)\/(.*)\{path\}/) ?? [];
  const gitlab = base?.endsWith("/-"), query = pairs => new URLSearchParams(pairs).toString().replaceAll("+", "%20");
  const title = `${kinds.selectedOptions[0].label}\u00a0: ${quoted.textContent.slice(0, 80)}`, body = `${path}\n\n\`\`\`yaml\n${yaml}\`\`\`\n`;
  const file = base && `${base}/${way.replace("edit", "new")}/${branch.replace(/\/$/, "")}?`;
  const whole = file && file + query({ filename: path, value: yaml });
  const fits = !gitlab && whole?.length < LONGEST;
  const to = {
    file: file && (fits ? whole : file + query({ [gitlab ? "file_name" : "filename"]: path })),
    issue: base && `${base}/issues/new?${query(gitlab ? { "issue[title]": title, "issue[description]": body } : { title, body })}`,
    mail: contact && `${contact}${contact.includes("?") ? "&" : "?"}${query({ subject: title, body: `${path}\n\n${yaml}` })}`,
  };
  for (const [name, address] of Object.entries(to)) {
    const link = find(`[data-to=${name}]`);
    link.hidden = !address || (name !== "file" && address.length > LONGEST);
    link.href = address || "";
  }
  find("[data-to=file]").onclick = () => { if (!fits) copy(yaml, "paste"); };
  find("[data-to=copy]").onclick = () => copy(yaml, "copied");
}
async function copy(yaml, words) {
  const pre = find("pre");
  try {
    await navigator.clipboard.writeText(yaml);
    told.textContent = told.dataset[words];
  } catch {
    getSelection().selectAllChildren(pre); // then by hand
    pre.focus();
  }
}

form.addEventListener("input", event => {
  if (event.target === kinds) turn();
  fields.when.setCustomValidity("");
});
form.addEventListener("submit", async event => {
  event.preventDefault();
  for (const field of form.querySelectorAll(":enabled:required")) if (!filled(field)) field.value = "";
  fields.when.setCustomValidity(fields.when.value && !dated(filled(fields.when)) ? fields.when.dataset.wrong : "");
  if (!form.reportValidity()) return;
  await knowing;
  const [id, yaml] = entry();
  const { folder, head } = kinds.selectedOptions[0].dataset;
  find("pre").textContent = `${head}\n\n${yaml}`;
  told.textContent = "";
  send(`${folder}/${id}.yml`, find("pre").textContent);
  step(done);
  done.querySelector("a:not([hidden]),button").focus();
});
find("[data-to=back]").addEventListener("click", () => { step(form); kinds.focus(); });
find(".mch-annotate__x").addEventListener("click", close);

// Escape closes the form, and nothing else hears of its keys.
addEventListener("keydown", event => {
  if (!panel.matches(":popover-open")) return;
  if (event.key === "Escape") close();
  if (event.key === "Escape" || panel.contains(event.target)) event.stopImmediatePropagation();
}, true);
for (const type of ["pointerdown", "focusin"]) addEventListener(type, event => { if (!panel.contains(event.target)) panel.hidePopover(); }, true);
panel.addEventListener("toggle", event => { if (event.newState === "closed") CSS.highlights?.delete("annoter"); });
addEventListener("beforeprint", () => panel.hidePopover());
