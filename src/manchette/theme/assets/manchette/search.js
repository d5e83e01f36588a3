// The search, fetched when a reader goes to it: asks the index for records, and shows where in them the words stand.
const index = new URL("index/", import.meta.url), root = new URL("../../", import.meta.url);
const SHOWN = { name: 4, article: 5, page: 2 }; // records of a kind, at first and at each « more »
const PARTS = 3; // of an article, at first
const EXCERPT = 170; // characters

// ---- Words, as search/words.py has them.
const MONTHS = /^(janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)$/;
const OPENED = { œ: "oe", æ: "ae", ß: "ss", þ: "th", ø: "o", ð: "d", đ: "d", ł: "l", ħ: "h", ŧ: "t", ı: "i" };
const bare = word => word.toLowerCase().normalize("NFD").replace(/\p{Mn}/gu, "").normalize("NFC").replace(/[œæßþøðđłħŧı]/g, letter => OPENED[letter]);
export function words(text) {
  const found = [];
  let before = null;
  for (const { 0: letters, index: start } of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const word = bare(letters), end = start + letters.length;
    const day = before?.word.match(/^(\d\d?)(?:er)?$/);
    if (day && MONTHS.test(word)) found.push({ word: day[1] + word, start: before.start, end });
    found.push(before = { word: word.length > 3 ? word.replace(/[sx]$/, "") : word, whole: word, start, end });
  }
  return found;
}

// What is asked for: without the little words, unless there are no others; a day of a month is one word.
const LITTLE = new Set("a au aux c ce d de des du en et j l la le les m n ou par pour qu que s sur t un une".split(" "));
export function asked(typed) {
  const all = words(typed), days = all.filter(each => !each.whole);
  const kept = all.filter(each => !each.whole || !days.some(day => each.start >= day.start && each.end <= day.end));
  const heavy = kept.filter(({ word }) => !LITTLE.has(word)), query = (heavy.length ? heavy : kept).map(({ word }) => word);
  return Object.assign(query, { little: heavy.length ? all.map(({ whole }) => whole).filter(word => LITTLE.has(word)) : [] });
}

// ---- Records
let engine;
async function start() {
  if (!engine) {
    engine = await import(new URL("pagefind.js", index));
    await engine.options({ noWorker: true, ranking: { termFrequency: 0, pageLength: 0, termSimilarity: 2 } }); // a worker is fetched apart
    await engine.init();
  }
  return engine;
}

const read = new Map();
function record(result) {
  if (!read.has(result.id)) read.set(result.id, result.data().then(async ({ raw_url, url }) => {
    const n = (raw_url ?? url).match(/\d+/)[0], answer = await fetch(new URL(`records/${n}.z`, index));
    return { n, ...await new Response(answer.body.pipeThrough(new DecompressionStream("deflate"))).json() };
  }));
  return read.get(result.id);
}

// Which of the words stand in a text, and where.
function hits(text, query) {
  const found = [];
  for (const at of words(text)) {
    const n = query.findIndex(word => at.word.startsWith(word));
    if (n >= 0) found.push({ ...at, n, exact: at.word === query[n] });
    else if (query.little.includes(at.word) && found.at(-1)?.end === at.start - 1) found.at(-1).end = at.end; // the « un » of a name
  }
  const has = new Set(found.map(({ n }) => n)).size;
  const near = found.some((at, i) => query.every((_, k) => found[i + k]?.n === k && found[i + k].start - at.start < 60));
  // Where the most of them stand together: what is shown, and led to.
  const together = at => new Set(found.filter(({ start }) => start >= at.start && start < at.start + EXCERPT * 0.7).map(({ n }) => n)).size;
  const counts = found.map(together), best = found[counts.indexOf(Math.max(...counts))]?.start ?? 0;
  return { found, has, best, all: has === query.length, score: has * 4 + near * 3 + found.some(({ exact }) => exact) };
}

// The parts of a record where the words stand, the fullest first: an event at its day, a claim, the text.
const WEIGHT = { date: 0.5, claim: 0.4, text: 0 };
function parts(record, query) {
  const found = (record.parts ?? []).map(part => {
    const day = part.kind === "date" ? hits(part.label, query) : { has: 0, found: [] }, whole = hits(`${part.label} ${part.text}`, query);
    return { part, at: hits(part.text, query), all: whole.all, score: whole.score + 2 * day.has + (day.found[0]?.start === 0) + WEIGHT[part.kind] };
  }).filter(({ score }) => score >= 4);
  const best = found.some(({ all }) => all) ? found.filter(({ all }) => all) : found;
  best.sort((a, b) => b.score - a.score);
  const claims = best.filter(({ part }) => part.kind === "claim").map(({ part }) => part.text.split(" — ")[0]);
  return best.filter(({ part, at }) => part.kind !== "text" || !at.found.length || !claims.some(claim => sentence(part.text, at).includes(claim) || claim.includes(sentence(part.text, at))));
}

const names = ({ title, forms = [], also = [] }) => [title, ...forms, ...also];

function known(record, query) {
  const title = hits(names(record).join(" / "), query);
  const sub = parts(record, query);
  const everything = [...names(record), record.text, ...(record.parts ?? []).flatMap(part => [part.label, part.text])].join(" ");
  return { record, title, sub, all: title.all || hits(everything, query).all };
}

// ---- What is shown
const make = (tag, more, ...children) => {
  const element = Object.assign(document.createElement(tag), more);
  element.append(...children);
  return element;
};

function sentence(text, { best: at }) {
  const from = Math.max(...[...text.slice(0, at).matchAll(/[.!?…]\s+(?=[«“A-ZÀ-Þ])/g)].map(end => end.index + end[0].length), 0);
  const rest = text.slice(at).search(/[.!?…](\s+[«“A-ZÀ-Þ]|$)/);
  return text.slice(from, rest < 0 ? text.length : at + rest);
}

// The words found, lit, with as many around them as there is room for.
function excerpt(text, { found, best }) {
  let from = text.length <= EXCERPT || best < 50 ? 0 : text.indexOf(" ", best - 50) + 1;
  let to = Math.min(text.length, from + EXCERPT);
  if (to < text.length) to = text.lastIndexOf(" ", to);
  const line = make("span");
  let at = from;
  if (from) line.append("… ");
  for (const { start, end } of found) if (start >= at && end <= to) {
    line.append(text.slice(at, start), make("mark", { textContent: text.slice(start, end) }));
    at = end;
  }
  line.append(text.slice(at, to), to < text.length ? " …" : "");
  return line;
}

// A passage of the text has no address of its own: it is named by the words that its sentence begins and ends with.
function address({ href, kind, text }, at, of) {
  const to = new URL(href, root);
  if (kind !== "text" || of.kind !== "article" || !at.found.length) return to.href;
  const words = sentence(text, at).trim().split(/\s+/);
  const quote = (from, to) => encodeURIComponent(words.slice(from, to).join(" ")).replace(/-/g, "%2D");
  return `${to.href}#:~:text=${words.length > 12 ? `${quote(0, 5)},${quote(-4)}` : quote(0)}`;
}

function entry({ record, title, sub, described }, query) {
  const heading = excerpt(record.title, hits(record.title, query));
  const item = make("li", { className: `mch-hit mch-hit--${record.kind}` });
  const link = make("a", { href: new URL(record.href, root).href, lang: record.lang });
  link.append(make("b", {}, heading), " ", make("small", { textContent: record.label, lang: "fr" }));
  item.append(link);
  if (record.kind === "name") {
    const other = record.forms?.filter(form => hits(form, query).has) ?? [];
    if (other.length && !hits(record.title, query).all) item.append(make("p", { className: "mch-hit__f" }, excerpt(other.join(", "), hits(other.join(", "), query))));
    item.append(make("p", {}, excerpt(record.text, hits(record.text, query))));
  }
  if (sub.length) {
    const list = make("ul");
    const rows = sub.map(({ part, at }) => {
      const row = make("a", { href: address(part, at, record) });
      if (part.verdict) row.dataset.verdict = part.verdict;
      const label = make("small", { className: "mch-hit__k" });
      if (part.sign) label.append(make("span", { className: "mch-sg", textContent: part.sign, ariaHidden: "true" }), " ");
      label.append(part.kind === "date" ? excerpt(part.label, hits(part.label, query)) : part.label);
      row.append(label, " ", Object.assign(excerpt(part.text, at), { lang: part.kind === "text" ? record.lang ?? "fr" : "fr" }));
      return make("li", {}, row);
    });
    list.append(...rows.slice(0, PARTS));
    if (rows.length > PARTS) list.append(more(rows.length - PARTS, button => {
      button.parentElement.replaceWith(...rows.slice(PARTS));
      rows[PARTS].firstChild.focus();
    }));
    item.append(list);
  }
  return item;
}

let dialog, field, told, list;
const more = (count, act) => make("li", { className: "mch-more" }, make("button", { type: "button", textContent: dialog.dataset.more.replace("{}", count), onclick: event => act(event.target) }));

let last = 0;
async function find(typed) {
  const turn = ++last, query = asked(typed);
  if (history.state?.search != null) history.replaceState({ ...history.state, search: typed }, "");
  if (!query.length || /^\s*[\p{Script=Latin}\d]\s*$/u.test(typed)) { list.replaceChildren(); told.textContent = ""; return; }
  const { search } = await start();
  const groups = await Promise.all(Object.keys(SHOWN).map(async kind => [kind, (await search(query.join(" "), { filters: { kind } })).results]));
  const shown = await Promise.all(groups.map(async ([kind, results]) => {
    const first = (await Promise.all(results.slice(0, SHOWN[kind]).map(record))).map(each => known(each, query));
    return { kind, first: first.filter(({ all }) => all), rest: first.every(({ all }) => all) ? results.slice(SHOWN[kind]) : [] };
  }));
  if (turn !== last) return; // more has been typed
  // Names that are asked for by name come first, those of which only the description has the words last.
  const named = shown[0].first.filter(({ title }) => title.all).sort((a, b) => beyond(a, query) - beyond(b, query) || a.record.n - b.record.n);
  const rows = [...named, ...shown.slice(1).flatMap(({ first }) => first), ...shown[0].first.filter(({ title }) => !title.all)];
  const rest = shown.flatMap(({ rest }) => rest);
  list.replaceChildren(list_of(rows, rest, query));
  list.scrollTop = 0;
  const count = rows.length + rest.length;
  told.textContent = (count > 1 ? dialog.dataset.many : count ? dialog.dataset.one : dialog.dataset.none).replace("{}", count || typed.trim());
}
// How much more a name says than what is asked for: « Gironde » is that place before it is « Mortagne-sur-Gironde ».
const beyond = ({ record }, query) => Math.min(...names(record).filter(form => hits(form, query).all).map(form => words(form).filter(({ whole }) => whole && !LITTLE.has(whole)).length), 99);

function list_of(rows, rest, query) {
  const made = make("ol", {}, ...rows.map(row => entry(row, query)));
  if (rest.length) made.append(more(rest.length, async button => {
    const next = (await Promise.all(rest.splice(0, SHOWN.article).map(record))).map(each => known(each, query)).filter(({ all }) => all).map(row => entry(row, query));
    button.parentElement.before(...next);
    next[0]?.querySelector("a").focus();
    if (rest.length) button.textContent = dialog.dataset.more.replace("{}", rest.length);
    else button.parentElement.remove();
  }));
  return made;
}

// ---- The dialog. The browser's Back shuts it; from where a result led, it brings back what was found.
let leaving; // what the history still has to do when the dialog is shut: to be waited for before it is opened again
export async function search(it, open) {
  const first = !dialog;
  dialog = it;
  [field, told, list] = ["input", "p", ".mch-found"].map(part => dialog.querySelector(part));
  await leaving;
  if (first) listen(open);
  if (!dialog.open) return dialog.dispatchEvent(new Event("close")); // it was shut before anyone listened
  if (history.state?.search == null) history.pushState({ search: "" }, "");
  await start();
  if (history.state.search && !field.value) field.value = history.state.search;
  if (field.value) await find(field.value);
}

function listen(open) {
  let waiting, followed = false;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(find, 200, field.value);
  });
  dialog.addEventListener("keydown", event => {
    event.stopPropagation(); // not the page's
    const links = [...list.querySelectorAll("a,button")], at = links.indexOf(document.activeElement);
    const to = { ArrowDown: links[at + 1], ArrowUp: at > 0 ? links[at - 1] : field }[event.key];
    if (event.key === "Enter" && event.target === field && !event.isComposing) links[0]?.click();
    else if (to) to.focus();
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("click", event => {
    if (event.target === dialog) dialog.close(); // beside it
    // What leads elsewhere in this page shuts the dialog; to another page, the way back is to it as it is.
    const link = event.target.closest(".mch-found a");
    followed = link?.pathname === location.pathname && !(event.ctrlKey || event.metaKey || event.shiftKey);
    if (followed) dialog.close();
  });
  dialog.addEventListener("close", () => {
    if (followed || dialog.open || history.state?.search == null) return;
    leaving = new Promise(done => addEventListener("popstate", () => { leaving = null; done(); }, { once: true }));
    history.back();
  });
  addEventListener("popstate", () => {
    if (leaving) return; // it has been shut, and may be open again
    if (history.state?.search == null) dialog.close();
    else if (!dialog.open) open();
  });
}
