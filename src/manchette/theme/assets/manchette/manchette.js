// A mark opens its note as a card, or unfolds it in the margin: the note itself, never a copy.
(() => {
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const target = () => document.getElementById(location.hash.slice(1));

  // An address such as « #f-disputed » presses that button of the claims' table.
  const filter = () => { if (target()?.type === "radio") target().checked = true; };
  filter();
  addEventListener("hashchange", filter);

  const page = document.querySelector(".mch:has(.mch-notes)");
  if (!page) return;
  const phone = matchMedia("(max-width:44.9375em)"), wide = matchMedia("(min-width:60em)");
  const still = matchMedia("(prefers-reduced-motion:reduce)");
  const header = document.querySelector(".md-header"), cross = page.querySelector(".mch-x");

  // ---- Marks and notes. A claim is pointed at anywhere in its passage, and acted on at its call.
  const noteOf = mark => document.getElementById(`note--${mark.dataset.kind ?? "claim"}--${mark.dataset.annotation ?? mark.dataset.call}`);
  const marksOf = note => {
    const [, kind, id] = note.id.split("--");
    return all(`[data-kind="${kind}"][data-annotation="${id}"]`, page);
  };
  const handle = mark => mark.dataset.kind === "claim" ? page.querySelector(`[data-call="${mark.dataset.annotation}"]`) : mark;
  const markAt = element => {
    for (let mark = element.closest(".mch-m,.mch-call"); mark; mark = mark.parentElement.closest(".mch-m"))
      if (shown(mark.dataset.kind ?? "claim")) return handle(mark);
  };
  const inMargin = mark => wide.matches && "call" in mark.dataset;
  const unfolded = () => wide.matches && page.querySelector(".mch-margin [open]")?.closest(".mch-note");

  let note = null, from = null, pinned = false; // the card, the mark it belongs to, whether it stays when the mouse leaves
  let opening = 0, closing = 0; // timers

  // What is open or pointed at is lit, in the text and beside it.
  function light(pointed) {
    all(".on", page).forEach(lit => lit.classList.remove("on"));
    for (const lit of [pointed, note, unfolded()])
      if (lit) [lit, ...marksOf(lit)].forEach(part => part.classList.add("on"));
  }

  // Scroll as little as shows what lies between two heights of the window; the upper one matters more.
  function reveal(top, bottom, floor = innerHeight) {
    const ceiling = header.offsetHeight + 12;
    const by = top < ceiling ? top - ceiling : Math.max(0, Math.min(bottom + 12 - floor, top - ceiling));
    if (by) scrollBy({ top: by, behavior: still.matches ? "auto" : "smooth" });
  }

  // The lines of a passage as one box; of a name, the line that is pointed at.
  function box(mark, y) {
    if (!("call" in mark.dataset)) {
      const lines = [...mark.getClientRects()];
      return lines.find(line => y >= line.top - 4 && y <= line.bottom + 4) ?? lines[0];
    }
    const lines = marksOf(noteOf(mark)).flatMap(part => [...part.getClientRects()]);
    const [left, top] = ["left", "top"].map(side => Math.min(...lines.map(line => line[side])));
    return { left, top, bottom: Math.max(...lines.map(line => line.bottom)) };
  }

  // Under what was pointed at, or over it if there is more room, and never off the window's edges.
  function place(y) {
    const at = box(from, y), gap = 8;
    note.style.cssText = "";
    if (phone.matches) return at;
    const under = innerHeight - at.bottom - 2 * gap, over = at.top - 2 * gap - header.offsetHeight;
    const below = under >= Math.min(note.offsetHeight, 320) || under >= over;
    note.style.maxHeight = `${Math.max(below ? under : over, 240)}px`;
    const { offsetWidth, offsetHeight } = note;
    note.style.left = `${Math.max(gap, Math.min(at.left, document.body.clientWidth - offsetWidth - gap)) + scrollX}px`;
    note.style.top = `${(below ? at.bottom + gap : at.top - offsetHeight - gap) + scrollY}px`;
    return at;
  }

  // ---- Opening and closing
  function open(mark, pin, y) {
    shut();
    [note, from, pinned] = [noteOf(mark), mark, pin];
    note.parentElement.style.minBlockSize = `${note.parentElement.getBoundingClientRect().height}px`; // the list keeps its shape
    all("details", note).forEach(details => { details.open = true; });
    cross.hidden = false;
    note.prepend(cross);
    const name = mark.getAttribute("aria-label") ?? note.querySelector("b").textContent;
    Object.assign(note, { popover: "manual", role: "dialog", ariaLabel: name, tabIndex: -1 });
    note.getBoundingClientRect(); // hidden for a moment: it is drawn anew, nothing has moved
    note.showPopover({ source: mark }); // Tab goes on from the mark
    light();
    const at = place(y);
    note.scrollTop = 0;
    if (!pin) return;
    note.focus({ preventScroll: true });
    const card = note.getBoundingClientRect();
    if (phone.matches) reveal(at.top, at.bottom, card.top);
    else reveal(Math.min(at.top, card.top), card.bottom);
  }

  function shut(back) {
    clearTimeout(opening);
    clearTimeout(closing);
    if (!note) return;
    const [shutting, mark] = [note, from];
    note = from = null;
    pinned = false;
    shutting.hidePopover();
    shutting.getBoundingClientRect();
    cross.hidden = true;
    all("details", shutting).forEach(details => { details.open = false; });
    for (const key of ["popover", "role", "aria-label", "tabindex", "style"]) shutting.removeAttribute(key);
    shutting.parentElement.style.minBlockSize = "";
    light();
    if (back) mark.focus({ preventScroll: true });
  }

  // Where the margin is wide enough the note is there already, and covers nothing.
  function unfold(mark) {
    shut();
    const beside = noteOf(mark), summary = beside.querySelector("summary");
    summary.parentElement.open = true;
    light();
    summary.focus({ preventScroll: true });
    const passage = box(mark), head = beside.getBoundingClientRect();
    reveal(Math.min(passage.top, head.top), Math.max(passage.bottom, summary.getBoundingClientRect().bottom));
  }

  function fold() {
    const mark = handle(marksOf(unfolded())[0]);
    page.querySelector(".mch-margin [open]").open = false;
    light();
    mark.focus({ preventScroll: true });
  }

  const show = (mark, y) => {
    try { localStorage.manchetteOpened = 1; } catch { /* refused */ } // the line that says what opens has served
    inMargin(mark) ? unfold(mark) : open(mark, true, y);
  };
  const toggle = (mark, y) => {
    if (from === mark && pinned) shut(true);
    else if (inMargin(mark) && unfolded() === noteOf(mark)) fold();
    else show(mark, y);
  };

  function step(link) {
    const mark = handle(document.getElementById(link.hash.slice(1)));
    show(mark);
    noteOf(mark).querySelector(`[rel=${link.rel}]`)?.focus({ preventScroll: true });
  }

  async function copy(link) {
    const words = link.textContent;
    try { await navigator.clipboard.writeText(link.href); } catch { location = link.href; return; }
    link.textContent = link.dataset.done;
    setTimeout(() => { link.textContent = words; }, 2000);
  }

  // ---- Mouse, finger, keys
  const modified = event => event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  let returning = "";
  page.addEventListener("click", event => {
    if (modified(event)) return;
    const link = event.target.closest("a[href],button,summary,label");
    if (link?.matches("[role=doc-backlink]")) { returning = link.hash; return; }
    const mark = !link || link.matches(".mch-m,.mch-call") ? markAt(event.target) : null;
    if (link === cross) shut(true);
    else if (link?.matches(".mch-copy")) copy(link);
    else if (link?.rel === "prev" || link?.rel === "next") step(link);
    else if (mark && (link || !String(getSelection()))) toggle(mark, event.clientY);
    else return;
    event.preventDefault();
  });

  page.addEventListener("pointerover", event => {
    if (event.pointerType !== "mouse") return;
    const mark = markAt(event.target);
    light(event.target.closest(".mch-margin .mch-note") ?? (mark && inMargin(mark) && noteOf(mark)));
    if (note && (mark === from || note.contains(event.target))) clearTimeout(closing);
    else if (mark && !pinned && !inMargin(mark)) opening = setTimeout(open, 350, mark, false, event.clientY);
  });
  page.addEventListener("pointerout", event => {
    if (event.pointerType !== "mouse") return;
    clearTimeout(opening);
    light();
    if (note && !pinned) { clearTimeout(closing); closing = setTimeout(shut, 250); }
  });

  // A press elsewhere closes the card; a finger that scrolls the page never comes to « up ».
  let pressed = null;
  const outside = element => note && !note.contains(element) && markAt(element) !== from;
  document.addEventListener("pointerdown", event => { pressed = event.target; });
  document.addEventListener("pointerup", () => { if (outside(pressed)) shut(); });
  document.addEventListener("focusin", event => { if (outside(event.target)) shut(); });

  document.addEventListener("keydown", event => {
    if (modified(event) || event.target.matches("input")) return;
    const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    const link = rel && event.target.closest(".mch-note:has([open])")?.querySelector(`[rel=${rel}]`);
    if (link) { event.preventDefault(); step(link); }
    if (event.key === "Enter" && event.target.matches("a.mch-m:not([href])")) event.target.click();
    if (event.key !== "Escape") return;
    if (note) shut(true);
    else if (unfolded()) fold();
  });

  page.addEventListener("toggle", () => light(), true);
  addEventListener("beforeprint", () => shut());
  addEventListener("resize", () => {
    if (!pinned) shut();
    else if (inMargin(from)) unfold(from);
    else place();
  });

  // ---- Addresses: a passage's opens its note; the way back from a note only leads to the passage.
  function arrive() {
    const mark = target();
    const back = location.hash === returning;
    returning = "";
    if (!mark?.matches(".mch-m") || !shown(mark.dataset.kind)) shut();
    else if (back) { shut(); handle(mark).focus({ preventScroll: true }); }
    else show(handle(mark));
  }
  addEventListener("hashchange", arrive);
  addEventListener("load", () => { if (location.hash) document.fonts.ready.then(arrive); });

  // ---- Layers: remembered (the page restores them before it is painted); what is off is no link.
  const boxes = all(".mch-layers input", page), bare = page.querySelector("#layer-bare");
  function shown(kind) {
    return !bare?.checked && boxes.find(layer => layer.id === `layer-${kind}`)?.checked !== false;
  }
  function wake() {
    if (bare) page.querySelector(".mch-layers fieldset").disabled = bare.checked;
    // A name is a link where Tab reaches it; where it comes again it answers a pointer, and is read out as a word.
    for (const mark of all("a.mch-m", page))
      if (shown(mark.dataset.kind) && !mark.hasAttribute("tabindex")) mark.href = `#${noteOf(mark).id}`;
      else mark.removeAttribute("href");
  }
  wake();
  page.querySelector(".mch-layers")?.addEventListener("change", () => {
    shut();
    wake();
    try { localStorage.manchette = JSON.stringify(boxes.map(layer => [layer.id, layer.checked])); } catch { /* refused */ }
  });

  // ---- Without anchor positioning: the same tops, computed.
  if (CSS.supports("anchor-name:--a")) return;
  const lay = () => {
    let low = 0;
    const origin = page.getBoundingClientRect().top;
    for (const item of all(".mch-margin>li", page)) {
      const top = Math.max(low, marksOf(item.firstElementChild)[0].getBoundingClientRect().top - origin);
      item.style.top = wide.matches ? `${top}px` : "";
      low = top + item.offsetHeight + 14;
    }
  };
  new ResizeObserver(lay).observe(page);
  page.addEventListener("toggle", lay, true);
  document.fonts.ready.then(lay);
})();
