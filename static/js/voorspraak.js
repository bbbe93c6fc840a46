// The little that pages do by themselves; everything they change also works as a plain form.

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-theme-toggle]")) {
    const root = document.documentElement.dataset;
    root.bsTheme = root.bsTheme === "dark" ? "light" : "dark";
    localStorage.setItem("theme", root.bsTheme);
  }
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    const source = document.querySelector(copy.dataset.copy);
    navigator.clipboard.writeText(source.value ?? source.textContent.trim()).then(() => announce(copy.dataset.copied));
  }
});

function announce(text) {
  const status = document.getElementById("status");
  status.textContent = "";
  requestAnimationFrame(() => { status.textContent = text; });
}

// After a swap the focus returns to what has the same id, else to what the server marked.
document.addEventListener("htmx:afterSettle", (event) => {
  const wanted = event.detail.elt.querySelector?.("[data-focus]");
  if (wanted) wanted.focus();
  const said = event.detail.elt.querySelector?.("[data-say]");
  if (said) announce(said.dataset.say);
});

// What refreshes by itself waits while someone reads what they opened, or works in it with the keyboard.
document.addEventListener("htmx:beforeRequest", (event) => {
  const part = event.target;
  if ("refresh" in part.dataset && (part.querySelector("details[open]") || part.contains(document.activeElement))) {
    event.preventDefault();
  }
});

document.addEventListener("htmx:responseError", (event) => announce(event.detail.xhr.statusText));
