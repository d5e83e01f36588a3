// For browsers without anchor positioning: every note as far down as its passage, or below the note before it.
{
  const page = document.querySelector(".mch--article"), wide = matchMedia("(min-width:60em)");

  function lay() {
    const gap = 0.6 * parseFloat(getComputedStyle(document.documentElement).fontSize);
    const origin = page.getBoundingClientRect().top;
    let low = 0;
    for (const item of page.querySelectorAll(".mch-margin>li")) {
      const passage = document.getElementById(item.querySelector(".mch-note").id.replace("note--", ""));
      const top = Math.max(low, passage.getBoundingClientRect().top - origin);
      item.style.top = wide.matches ? `${top}px` : "";
      low = top + item.offsetHeight + gap;
    }
  }
  new ResizeObserver(lay).observe(page);
  page.addEventListener("toggle", lay, true);
  document.fonts.ready.then(lay);
}
