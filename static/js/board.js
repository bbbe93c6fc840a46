// Dragging a card submits the same form that its menu does.
function makeSortable(root) {
  for (const list of root.querySelectorAll(".cards")) {
    Sortable.create(list, {
      group: "cases", sort: false, animation: 120, filter: "select,button,a", preventOnFilter: false, delay: 150, delayOnTouchOnly: true,
      onEnd: ({ item, from, to }) => {
        if (from === to) return;
        const form = item.querySelector("form");
        const select = form.elements.to;
        const stage = to.dataset.stage;
        if (![...select.options].some((option) => option.value === stage)) select.add(new Option(stage, stage));
        select.value = stage;
        form.requestSubmit();
      },
    });
  }
}
document.addEventListener("DOMContentLoaded", () => makeSortable(document));
document.addEventListener("htmx:load", (event) => makeSortable(event.target));
