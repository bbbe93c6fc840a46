// Dragging a card presses the button that its menu has for that stage; a stage without one takes no card.
function makeSortable(root) {
  for (const list of root.querySelectorAll(".cards")) {
    Sortable.create(list, {
      group: "cases", sort: false, animation: 120, draggable: ".case-card", filter: "button, a, summary", preventOnFilter: false,
      delay: 150, delayOnTouchOnly: true,
      onMove: ({ dragged, to }) => Boolean(buttonFor(dragged, to)),
      onEnd: ({ item, from, to }) => { if (from !== to) buttonFor(item, to).click(); },
    });
  }
}
const buttonFor = (card, list) => card.querySelector(`button[name="to"][value="${list.dataset.stage}"]`);
document.addEventListener("DOMContentLoaded", () => makeSortable(document));
document.addEventListener("htmx:afterSettle", (event) => makeSortable(event.target));
// One menu open at a time; Escape closes it and gives the focus back.
document.addEventListener("toggle", (event) => {
  if (event.target.matches?.(".menu") && event.target.open) {
    for (const other of document.querySelectorAll(".menu[open]")) if (other !== event.target) other.open = false;
  }
}, true);
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector(".menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});
