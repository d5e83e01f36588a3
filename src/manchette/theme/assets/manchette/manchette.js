// A mark opens its note as a card, or unfolds it in the margin: the note itself, never a copy.
(() => {
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const page = document.querySelector(".mch:has(.mch-notes)"), script = document.currentScript;
  if (!page) return;
  const phone = matchMedia("(max-width:44.9375em)"), wide = matchMedia("(min-width:60em)");
  const still = matchMedia("(prefers-reduced-motion:reduce)"), header = document.querySelector(".md-header");
  const [cross, turn, told] = [".mch-x", ".mch-turn", ".mch-told"].map(part => page.querySelector(part));

  // ---- Marks and notes. A claim is pointed at anywhere in its passage, and acted on at its call.
  const noteOf = mark => document.getElementById(mark.dataset.kind ? `note--${mark.dataset.kind}--${mark.dataset.annotation}` : mark.hash.slice(1));
  const marksOf = note => {
    const [, kind, id] = note.id.split("--");
    return all(`[data-kind="${kind}"][data-annotation="${id}"]`, page);
  };
  const handle = mark => mark.dataset.kind === "claim" ? page.querySelector(`.mch-call[href$="--${mark.dataset.annotation}"]`) : mark;
  const markAt = element => {
    for (let mark = element.closest(".mch-m,.mch-call"); mark; mark = mark.parentElement.closest(".mch-m"))
      if (shown(mark.dataset.kind ?? "claim")) return handle(mark);
  };
  const named = note => note.querySelector("b")?.textContent ?? page.querySelector(`[href="#${note.id}"]`).ariaLabel;
  const inMargin = mark => wide.matches && !mark.dataset.kind;
  const unfolded = () => wide.matches && page.querySelector(".mch-margin [open]")?.closest(".mch-note");

  // The card; the mark it belongs to; whether it stays when the mouse leaves; the cards that led to it, or the
  // link in the margin that led to it; its place in the page, where that is folded and it had to be taken out; timers.
  let note = null, from = null, pinned = false, trail = [], by = null, slot = null, opening = 0, closing = 0;

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
    if (mark.dataset.kind) {
      const lines = [...mark.getClientRects()];
      return lines.find(line => y >= line.top - 4 && y <= line.bottom + 4) ?? lines[0];
    }
    const lines = marksOf(noteOf(mark)).flatMap(part => [...part.getClientRects()]);
    const [left, top] = ["left", "top"].map(side => Math.min(...lines.map(line => line[side])));
    return { left, top, bottom: Math.max(...lines.map(line => line.bottom)) };
  }

  // In the margin, where nothing else is as far as the card reaches.
  function beside(at) {
    const margin = pinned && wide.matches && page.querySelector(".mch-margin>li");
    if (!margin) return false;
    const { left, width } = margin.getBoundingClientRect();
    note.style.width = `${width}px`;
    const top = Math.max(header.offsetHeight + 8, Math.min(at.top, innerHeight - note.offsetHeight - 8)), bottom = top + note.offsetHeight;
    const free = bottom < innerHeight && at.bottom > top && at.top < bottom && all(".mch-margin>li", page).every(item => {
      const taken = item.getBoundingClientRect();
      return taken.top > bottom + 8 || taken.bottom < top - 8;
    });
    note.style.cssText = free ? `width:${width}px;left:${left + scrollX}px;top:${top + scrollY}px` : "";
    return free;
  }

  // Under what was pointed at, or over it if there is more room, and never off the window's edges.
  function place(y, lower) {
    const at = by?.getBoundingClientRect() ?? box(from, y), gap = 8;
    note.style.cssText = "";
    if (phone.matches || beside(at)) return at;
    const under = innerHeight - at.bottom - 2 * gap, over = at.top - 2 * gap - header.offsetHeight;
    const below = lower || under >= Math.min(note.offsetHeight, 320) || under >= over;
    note.style.maxHeight = `${Math.max(below ? under : over, 240)}px`;
    const { offsetWidth, offsetHeight } = note;
    note.style.left = `${Math.max(gap, Math.min(at.left, document.body.clientWidth - offsetWidth - gap)) + scrollX}px`;
    note.style.top = `${(below ? at.bottom + gap : at.top - offsetHeight - gap) + scrollY}px`;
    return at;
  }

  // ---- Opening and closing
  function open(mark, pin, y, which = noteOf(mark), deeper = false) {
    const lower = note === which && note.getBoundingClientRect().top > mark.getBoundingClientRect().top; // it stays there
    hide();
    [note, from, pinned] = [which, mark, pin];
    if (note.closest(".mch-fold:not([open])")) {
      note.before(slot = new Comment());
      told.before(note);
    } else note.parentElement.style.minBlockSize = `${note.parentElement.getBoundingClientRect().height}px`; // the list keeps its shape
    if (pin) all("details", note).forEach(details => { details.open = true; });
    note.classList.toggle("mch-pinned", pin);
    note.prepend(cross, turn);
    cross.hidden = false;
    turn.hidden = !trail.length;
    if (trail.length) turn.lastElementChild.textContent = named(trail.at(-1));
    Object.assign(note, { popover: "manual", role: "dialog", ariaLabel: named(note), tabIndex: -1 });
    note.getBoundingClientRect(); // hidden for a moment: it is drawn anew, nothing has moved
    note.showPopover({ source: mark }); // Tab goes on from the mark
    light();
    const at = place(y, lower);
    note.scrollTop = 0;
    if (!pin) return;
    note.focus({ preventScroll: true });
    if (restoring) return;
    remember(deeper);
    const card = note.getBoundingClientRect();
    if (phone.matches) reveal(at.top, at.bottom, card.top);
    else reveal(Math.min(at.top, card.top), card.bottom);
  }

  function hide() { // and put the card back where it belongs
    [opening, closing].forEach(clearTimeout);
    if (!note) return;
    const shutting = note;
    note = null;
    if (shutting.contains(document.activeElement)) document.activeElement.blur(); // what is moved away tells of no blur
    shutting.hidePopover();
    shutting.getBoundingClientRect();
    cross.hidden = turn.hidden = true;
    told.before(cross, turn);
    all("details", shutting).forEach(details => { details.open = false; });
    shutting.classList.remove("mch-pinned");
    for (const key of ["popover", "role", "aria-label", "tabindex", "style"]) shutting.removeAttribute(key);
    if (slot) slot.replaceWith(shutting);
    else shutting.parentElement.style.minBlockSize = "";
    slot = null;
    light();
  }

  // `going`: what was pressed leads elsewhere, or opens another: the browser's own way is not to be crossed.
  function shut(back, going) {
    const [was, mark] = [note, from];
    hide();
    const to = by ?? mark;
    [from, pinned, trail, by] = [null, false, [], null];
    if (was) { forget(going); if (back) arriveAt(to); }
  }

  // The focus is never where the window is not.
  function arriveAt(mark) {
    unwrap(mark).focus({ preventScroll: true });
    reveal(mark.getBoundingClientRect().top, mark.getBoundingClientRect().bottom);
  }

  // ---- The browser's Back shuts a sheet, goes back from card to card, and brings back the card that was open where it
  // leads. An entry of the history says what is open, and how many entries were added for that.
  let restoring = false, leaving = false, arriving = false;
  function remember(deeper) {
    const depth = history.state?.depth ?? 0, adds = deeper || phone.matches && !depth && !arriving;
    const state = { mch: from.id || marksOf(noteOf(from))[0].id, note: note.id, trail: trail.map(({ id }) => id), depth: depth + adds };
    if (adds) history.scrollRestoration = "manual"; // or going back would undo what was scrolled beside the card
    history[adds ? "pushState" : "replaceState"](state, "");
    history.scrollRestoration = "auto";
  }
  function forget(going) {
    const { mch, depth } = history.state ?? {};
    if (restoring || !mch) return;
    if (depth && !going) { leaving = true; history.go(-depth); }
    else history.replaceState({ depth }, "");
  }
  function restore() {
    const [mark, card] = ["mch", "note"].map(part => document.getElementById(history.state?.[part]));
    restoring = true;
    trail = (history.state?.trail ?? []).map(id => document.getElementById(id));
    if (leaving || !mark || !card) shut();
    else open(handle(mark), true, undefined, card);
    if (leaving) history.replaceState(null, "");
    restoring = leaving = false;
    history.scrollRestoration = "auto";
  }
  addEventListener("popstate", restore);

  // Where the margin is wide enough the note is there already, and covers nothing.
  function unfold(mark) {
    shut();
    const beside = noteOf(mark), summary = beside.querySelector("summary");
    summary.parentElement.open = true;
    light();
    summary.focus({ preventScroll: true });
    const passage = box(mark), inner = summary.nextElementSibling.getBoundingClientRect();
    reveal(Math.min(passage.top, beside.getBoundingClientRect().top), Math.max(passage.bottom, inner.bottom));
  }

  function fold(back) {
    const mark = handle(marksOf(unfolded())[0]);
    page.querySelector(".mch-margin [open]").open = false;
    light();
    if (back) arriveAt(mark);
  }

  const unwrap = mark => { for (let fold; fold = mark.closest("details:not([open])"); fold.open = true); return mark; }; // the text's own
  const show = (mark, y) => {
    for (let fold = mark; (fold = fold.parentElement.closest("details"));) fold.open = true; // the text's own may hold it
    try { localStorage.manchetteOpened = 1; } catch { /* refused */ } // the line that says what opens has served
    inMargin(unwrap(mark)) ? unfold(mark) : open(mark, true, y);
  };
  const toggle = (mark, y) => {
    if (from === mark && pinned) shut(true);
    else if (inMargin(mark) && unfolded() === noteOf(mark)) fold(true);
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
    link.textContent = told.textContent = told.dataset.done;
    setTimeout(() => { link.textContent = words; told.textContent = ""; }, 2000);
  }

  // ---- Mouse, finger, keys
  const modified = event => event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  let returning = "";
  page.addEventListener("click", event => {
    if (modified(event)) return;
    const link = event.target.closest("a[href],button,summary,label");
    if (link?.matches(".mch-note [role=doc-backlink]") && link.hash !== location.hash) { returning = link.hash; return; }
    const mark = !link || link.matches(".mch-m,.mch-call") ? markAt(event.target) : null;
    const inside = link?.hash?.startsWith("#note--") && link.closest(".mch-note");
    const folded = wide.matches && event.target.closest(".mch-margin .mch-note:not(:has([open]))");
    if (link?.matches(".mch-note [role=doc-backlink]")) { shut(); arriveAt(handle(document.getElementById(link.hash.slice(1)))); }
    else if (link === cross) shut(true);
    else if (link === turn) history.back();
    else if (inside && (inside === note || inside === unfolded())) {
      // What a card names opens in its place, with a way back; what a note in the margin names, beside it.
      if (note) trail.push(note);
      else by = link;
      open(note ? from : handle(marksOf(inside)[0]), true, undefined, document.getElementById(link.hash.slice(1)), !!note);
    }
    else if (link?.matches(".mch-copy")) copy(link);
    else if (link?.rel === "prev" || link?.rel === "next") step(link);
    else if (mark && (link || !String(getSelection()))) toggle(mark, event.clientY);
    else if (!link && folded && !String(getSelection())) show(handle(marksOf(folded)[0]));
    else return;
    event.preventDefault();
  });

  // What scrolls under a mouse that rests was not pointed at.
  let rests = "";
  const moved = ({ screenX, screenY }) => rests !== (rests = `${screenX} ${screenY}`);
  page.addEventListener("pointermove", moved);
  page.addEventListener("pointerover", event => {
    if (event.pointerType !== "mouse" || !moved(event)) return;
    const mark = markAt(event.target);
    light(event.target.closest(".mch-margin .mch-note") ?? (mark && inMargin(mark) && noteOf(mark)));
    if (note && (mark === from || note.contains(event.target))) clearTimeout(closing);
    else if (mark && !pinned && !inMargin(mark) && !event.buttons && getSelection().isCollapsed)
      opening = setTimeout(open, 350, mark, false, event.clientY);
  });
  page.addEventListener("pointerout", event => {
    if (event.pointerType !== "mouse") return;
    clearTimeout(opening);
    light();
    if (note && !pinned) { clearTimeout(closing); closing = setTimeout(shut, 250); }
  });

  // Who selects words is not to be interrupted.
  document.addEventListener("selectionchange", () => {
    if (!getSelection().isCollapsed && !pinned && !note?.contains(getSelection().anchorNode)) shut();
  });

  // A press elsewhere closes the card; a finger that scrolls the page never comes to « up ».
  let pressed = null;
  const outside = element => note && !note.contains(element) && markAt(element) !== from;
  const leave = towards => shut(false, towards.closest("a,button,summary,label,input,.mch-m"));
  document.addEventListener("pointerdown", event => { pressed = event.target; clearTimeout(opening); });
  document.addEventListener("pointerup", () => {
    if (outside(pressed)) leave(pressed);
    else if (unfolded() && !pressed.closest(".mch-note,.mch-bar") && !markAt(pressed)) fold();
  });
  document.addEventListener("focusin", event => { if (outside(event.target)) leave(event.target); });

  document.addEventListener("keydown", event => {
    if (modified(event) || event.target.matches("input")) return;
    const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    const link = rel && event.target.closest(".mch-note:has([open])")?.querySelector(`[rel=${rel}]`);
    if (link) { event.preventDefault(); step(link); }
    if (event.key === "Enter" && event.target.matches("a.mch-m:not([href])")) event.target.click();
    if (event.key !== "Escape") return;
    if (note) shut(true); else if (unfolded()) fold(true);
  });

  page.addEventListener("toggle", () => light(), true);
  addEventListener("beforeprint", () => shut());
  addEventListener("resize", () => {
    if (!pinned) shut();
    else if (inMargin(from)) unfold(from);
    else { const { top, bottom } = place(); reveal(top, bottom, phone.matches ? note.getBoundingClientRect().top : innerHeight); }
  });

  // ---- Addresses: a passage's opens its note, a note's unfolds it; the way back from a note only leads to the passage.
  function arrive() {
    const found = document.getElementById(location.hash.slice(1)), back = location.hash === returning;
    const mark = found?.matches(".mch-note[data-note=claim]") ? marksOf(found)[0] : found;
    returning = "";
    if (history.state?.mch) return; // a card that was open here is open again
    shut();
    if (found?.matches(".mch-note")) awake(found.dataset.note);
    const folded = found?.closest(".mch-fold");
    if (folded) { folded.open = true; found.scrollIntoView(); }
    if (!mark?.matches(".mch-m")) return;
    awake(mark.dataset.kind);
    if (mark !== found && !wide.matches) history.replaceState(null, "", `#${mark.id}`); // or shutting the card would lead to it
    arriving = true;
    (back ? arriveAt : show)(handle(mark));
    arriving = false;
  }
  addEventListener("hashchange", arrive);
  addEventListener("load", () => document.fonts.ready.then(() => {
    if (history.state?.mch) restore();
    else if (location.hash) arrive();
  }));

  // ---- Layers: remembered (the page restores them before it is painted); what is off is no link.
  const boxes = all(".mch-layers input", page), bare = page.querySelector("#layer-bare");
  const shown = kind => !bare?.checked && boxes.find(layer => layer.id === `layer-${kind}`)?.checked !== false;
  function wake() {
    if (bare) page.querySelector(".mch-layers fieldset").disabled = bare.checked;
    // A name is a link where Tab reaches it; where it comes again it answers a pointer, and is read out as a word.
    for (const mark of all("a.mch-m", page))
      if (shown(mark.dataset.kind) && !mark.hasAttribute("tabindex")) mark.href = `#${noteOf(mark).id}`;
      else mark.removeAttribute("href");
  }
  wake();
  // What an address leads to is switched on, for this once.
  function awake(kind) {
    if (shown(kind)) return;
    boxes.find(layer => layer.id === `layer-${kind}`).checked = true;
    bare.checked = false;
    wake();
  }
  page.querySelector(".mch-layers")?.addEventListener("change", () => {
    shut();
    wake();
    try { localStorage.manchette = JSON.stringify(boxes.map(layer => [layer.id, layer.checked])); } catch { /* refused */ }
  });

  // Plain scripts: from a disk nothing can be imported.
  const load = name => script.after(Object.assign(document.createElement("script"), { src: new URL(name, script.src) }));
  page.addEventListener("touchstart", () => load("sheet.js"), { once: true, passive: true });
  if (!CSS.supports("anchor-name:--a")) load("margin.js");
})();
