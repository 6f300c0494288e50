// Everything works without this file. It only shows the print button where a
// script can print, and brings the current page into view in a narrow list.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
const list = document.querySelector(".pages ul");
const current = list?.querySelector("[aria-current]");
if (current) list.scrollLeft = current.offsetLeft - list.offsetLeft - 40;
