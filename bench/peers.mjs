// Anchor the quotes on standard input with the npm peers and print how long each took the processor.
//
// in:  {"text": string, "quotes": [{"exact", "prefix", "suffix", "start"}]}
// out: {peer: {"seconds": number, "places": [[start, end] | null]}}, offsets in UTF-16 code units
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import search from "approx-string-match";

const domAnchor = createRequire(import.meta.url)("dom-anchor-text-quote");
const { text, quotes } = JSON.parse(readFileSync(0, "utf8"));

// As the Hypothesis client uses approx-string-match: the quote as it stands, else with errors in up to half of it; then
// the best by quote (50), prefix (20), suffix (20) and distance from where it stood (2).
function occurrences(pattern, most) {
  const found = [];
  for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) {
    found.push({ start: at, end: at + pattern.length, errors: 0 });
  }
  return found.length ? found : search(text, pattern, most);
}

function alike(stands, wanted) {
  if (!stands || !wanted) return 0;
  return 1 - search(stands, wanted, wanted.length)[0].errors / wanted.length;
}

function hypothesis({ exact, prefix, suffix, start }) {
  let best = null;
  for (const found of occurrences(exact, Math.min(256, exact.length / 2))) {
    const score =
      50 * (1 - found.errors / exact.length) +
      20 * (prefix ? alike(text.slice(Math.max(0, found.start - prefix.length), found.start), prefix) : 1) +
      20 * (suffix ? alike(text.slice(found.end, found.end + suffix.length), suffix) : 1) +
      2 * (1 - Math.abs(found.start - start) / text.length);
    if (!best || score > best.score) best = { ...found, score };
  }
  return best && [best.start, best.end];
}

function textQuote({ exact, prefix, suffix, start }) {
  try {
    const found = domAnchor.toTextPosition({ textContent: text }, { exact, prefix, suffix }, { hint: start });
    return found && [found.start, found.end];
  } catch {
    return null; // it throws where it finds nothing
  }
}

const told = {};
for (const [peer, anchor] of Object.entries({ "approx-string-match": hypothesis, "dom-anchor-text-quote": textQuote })) {
  const began = process.cpuUsage();
  const places = quotes.map(anchor);
  const { user, system } = process.cpuUsage(began);
  told[peer] = { seconds: (user + system) / 1e6, places };
}
console.log(JSON.stringify(told));
