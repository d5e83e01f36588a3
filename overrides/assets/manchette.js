// A mark opens its note as a card; the note is given back to the flow on closing. Nothing is cloned, nothing is fetched.
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const phone = matchMedia("(max-width:719px)"), wide = matchMedia("(min-width:960px)");
  const still = matchMedia("(prefers-reduced-motion:reduce)");
  $(".md-search")?.setAttribute("aria-label", "Recherche");

  // « #f-disputed »: the summary bar leads to the table, already filtered.
  const filter = () => { const radio = location.hash.startsWith("#f-") && $(location.hash); if (radio?.type === "radio") radio.checked = true; };
  filter(); addEventListener("hashchange", filter);

  const page = $(".mch");
  if (!page || !$(".mch-notes", page)) return;
  const close = Object.assign(document.createElement("button"), { type: "button", className: "mch-x", textContent: "×" });
  close.setAttribute("aria-label", "Fermer");
  let note = null, from = null, pinned = false, timer = 0;

  const noteOf = mark => document.getElementById(decodeURIComponent(mark.hash ?? "").slice(1));
  const marksOf = n => $$(`[data-annotation="${n.id.split("--").pop()}"]`, page).filter(m => n.id === `note--${m.dataset.kind}--${m.dataset.annotation}`);
  const callOf = mark => mark.dataset.kind === "claim" ? $(`[data-call="${mark.dataset.annotation}"]`, page) : mark;
  const light = (n, on) => { n.classList.toggle("on", on); marksOf(n).forEach(m => m.classList.toggle("on", on)); };
  const dark = () => $$(".on", page).forEach(e => e.classList.remove("on"));

  function place(at, y) {
    if (phone.matches) {
      const low = at.getBoundingClientRect().bottom - (innerHeight - note.offsetHeight);
      if (low > -24) scrollBy({ top: low + 48, behavior: still.matches ? "auto" : "smooth" });
      return;
    }
    const passage = at.dataset.call && marksOf(note);
    const rects = (passage || [at]).flatMap(e => [...e.getClientRects()]);
    let r = rects.find(q => y >= q.top - 4 && y <= q.bottom + 4) ?? rects[0];
    if (passage) r = { top: rects[0].top, bottom: rects.at(-1).bottom, left: Math.min(...rects.map(q => q.left)) };
    const gap = 8, under = innerHeight - r.bottom - 2 * gap, over = r.top - 2 * gap - 56; // 56: the header
    const below = under >= Math.min(note.offsetHeight, 320) || under >= over;
    note.style.maxHeight = Math.max(below ? under : over, 240) + "px"; // longer notes scroll inside
    const { offsetWidth: w, offsetHeight: h } = note;
    note.style.left = Math.max(8, Math.min(r.left, document.documentElement.clientWidth - w - 8)) + scrollX + "px";
    note.style.top = (below ? r.bottom + gap : r.top - h - gap) + scrollY + "px";
  }

  function open(mark, { pin = true, focus = pin, y = NaN } = {}) {
    const next = noteOf(mark);
    if (!next) return;
    shut();
    [note, from, pinned] = [next, mark, pin];
    const item = note.parentElement, details = $("details", note);
    item.style.minBlockSize = item.offsetHeight + "px"; // the list keeps its shape
    if (details) { details.dataset.was = details.open; details.open = true; }
    note.append(close);
    note.popover = "manual"; note.tabIndex = -1;
    note.setAttribute("role", "dialog"); note.setAttribute("aria-label", $(".mch-note__t", note).textContent.trim());
    note.showPopover(); note.scrollTop = 0;
    light(note, true); place(mark, y);
    if (focus) note.focus({ preventScroll: true });
  }

  function shut(back) {
    clearTimeout(timer);
    if (!note) return;
    const details = $("details", note);
    note.hidePopover(); close.remove(); dark();
    if (details) details.open = details.dataset.was === "true";
    ["popover", "role", "aria-label", "tabindex", "style"].forEach(name => note.removeAttribute(name));
    note.parentElement.style.minBlockSize = "";
    if (back) from.focus({ preventScroll: true });
    note = from = null; pinned = false;
  }

  // Wide screens: the claim's note is in the margin already; it unfolds there and covers nothing.
  function unfold(mark) {
    shut(); dark();
    const n = noteOf(mark), details = $("details", n);
    details.open = true; light(n, true);
    $("summary", details).focus({ preventScroll: true });
    $(".mch-note__t", n).scrollIntoView({ block: "nearest" });
  }
  const show = (mark, options) => wide.matches && mark.dataset.call ? unfold(mark) : open(mark, options);
  const asleep = mark => getComputedStyle(mark).pointerEvents === "none"; // its layer is switched off
  const at = target => {
    const mark = target.closest("a.mch-m,.mch-call") ?? (!target.closest("a,button,summary") && target.closest(".mch-m"));
    return mark && callOf(mark);
  };

  page.addEventListener("click", event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const copy = event.target.closest(".mch-copy");
    if (copy) {
      event.preventDefault();
      navigator.clipboard?.writeText(copy.href).then(() => { const words = copy.textContent; copy.textContent = "Lien copié"; setTimeout(() => { copy.textContent = words; }, 2000); }, () => { location.href = copy.href; });
      return;
    }
    if (event.target === close) return shut(true);
    const step = event.target.closest(".mch-steps a");
    if (step) {
      event.preventDefault();
      const passage = document.getElementById(step.hash.slice(1));
      passage.scrollIntoView({ block: "center" });
      return show(callOf(passage));
    }
    if (event.target.closest(".mch-notes") || String(getSelection())) return;
    const mark = at(event.target);
    if (!mark || asleep(mark)) return;
    event.preventDefault();
    if (from === mark && pinned) return shut(true);
    show(mark, { y: event.clientY });
  });

  page.addEventListener("pointerover", event => {
    if (event.pointerType !== "mouse") return;
    const over = event.target.closest(".mch-note,.mch-margin li");
    if (over && (over === note || note?.contains(event.target))) return clearTimeout(timer);
    if (pinned) return;
    const claim = over ? $(".mch-note", over) ?? over : event.target.closest('[data-kind="claim"],.mch-call');
    if (claim && wide.matches && !note) { dark(); light(claim.classList.contains("mch-note") ? claim : noteOf(callOf(claim.dataset.call ? claim : claim)), true); }
    const mark = !over && at(event.target);
    if (!mark || asleep(mark) || (wide.matches && mark.dataset.call)) return;
    clearTimeout(timer);
    timer = setTimeout(() => from !== mark && open(mark, { pin: false, y: event.clientY }), 350);
  });
  page.addEventListener("pointerout", event => {
    if (event.pointerType !== "mouse" || pinned) return;
    clearTimeout(timer);
    if (note) timer = setTimeout(shut, 250); else dark();
  });
  document.addEventListener("pointerdown", event => { if (note && !note.contains(event.target) && at(event.target) !== from) shut(); });
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape") return;
    const folded = document.activeElement?.closest?.(".mch-margin .mch-note");
    if (note) shut(true);
    else if (folded) { $("details", folded).open = false; dark(); callOf(marksOf(folded)[0]).focus({ preventScroll: true }); }
  });

  // A shared address of a passage opens its note.
  const arrive = () => { const passage = location.hash && document.getElementById(decodeURIComponent(location.hash).slice(1)); if (passage?.matches?.(".mch-m")) show(callOf(passage), { focus: true }); };
  addEventListener("hashchange", arrive);
  if (location.hash.includes("--")) (document.fonts?.ready ?? Promise.resolve()).then(() => setTimeout(arrive));

  // Layers are remembered; a mark that is off cannot be reached by Tab either.
  const boxes = $$(".mch-layers input"), KEY = "manchette-layers";
  const wake = () => {
    const bare = $("#layer-bare")?.checked;
    if ($(".mch-layers fieldset")) $(".mch-layers fieldset").disabled = bare;
    $$(".mch-m--1[href],.mch-call", page).forEach(mark => { mark.tabIndex = !bare && $(`#layer-${mark.dataset.kind ?? "claim"}`)?.checked !== false ? 0 : -1; });
  };
  try { const kept = JSON.parse(localStorage[KEY] ?? "{}"); boxes.forEach(box => { box.checked = kept[box.id] ?? box.checked; }); } catch { /* storage may be refused */ }
  wake();
  $(".mch-layers")?.addEventListener("change", () => {
    wake(); shut();
    try { localStorage[KEY] = JSON.stringify(Object.fromEntries(boxes.map(box => [box.id, box.checked]))); } catch { /* storage may be refused */ }
  });

  addEventListener("beforeprint", () => { shut(); $$(".mch-notes details").forEach(d => { d.removeAttribute("name"); d.open = true; }); });

  // Browsers without anchor positioning: the same tops, computed.
  if (!CSS.supports("anchor-name:--x")) {
    const lay = () => {
      let low = 0;
      const top = page.getBoundingClientRect().top;
      $$(".mch-margin>li", page).forEach(item => {
        if (!wide.matches) { item.style.top = ""; return; }
        const y = Math.max(marksOf(item.firstElementChild)[0].getBoundingClientRect().top - top, low);
        item.style.top = y + "px"; low = y + item.offsetHeight + 14;
      });
    };
    new ResizeObserver(lay).observe(page); page.addEventListener("toggle", lay, true); document.fonts?.ready.then(lay);
  }
})();
