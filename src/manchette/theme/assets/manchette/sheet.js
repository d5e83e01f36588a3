// A sheet follows the finger that draws it down, and goes when that was meant. Loaded at the first touch.
{
  const page = document.querySelector(".mch:has(.mch-notes)"), phone = matchMedia("(max-width:44.9375em)");
  let sheet = null, from = 0, drawn = 0;

  page.addEventListener("touchstart", ({ target, touches: [{ clientY }] }) => {
    const card = phone.matches && target.closest(".mch-note:popover-open");
    [sheet, from, drawn] = [card && !card.scrollTop ? card : null, clientY, 0];
  }, { passive: true });
  page.addEventListener("touchmove", ({ touches: [{ clientY }] }) => {
    drawn = Math.max(0, clientY - from);
    if (sheet) sheet.style.translate = `0 ${drawn}px`;
  }, { passive: true });
  page.addEventListener("touchend", () => {
    if (sheet && drawn > 80) sheet.querySelector(".mch-x").click();
    else if (sheet) sheet.style.translate = "";
  });
}
