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

document.addEventListener("htmx:responseError", () => announce(document.getElementById("status").dataset.failed));

// A focused recommendation answers to single keys; "/" goes to the search.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select, [contenteditable]")) return;
  if (event.key === "/" && document.getElementById("words")) {
    event.preventDefault();
    document.getElementById("words").focus();
  }
  const button = event.target.closest("[data-keys]")?.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (button) { event.preventDefault(); button.click(); }
});

// One box that chooses all boxes of its part of the page; where there is one to choose, or no script, it is not there.
for (const all of document.querySelectorAll("[data-choose-all]")) {
  const boxes = [...all.closest("section").querySelectorAll("[name=chosen]")];
  all.hidden = boxes.length < 2;
  all.addEventListener("change", () => { for (const one of boxes) one.checked = all.checked; });
}

// After a form came back, what has to be put right is in view, and typing goes on there.
const wrong = document.querySelector("main [aria-invalid='true']");
if (wrong) {
  wrong.closest("details")?.setAttribute("open", "");
  wrong.focus({ preventScroll: true });
  wrong.scrollIntoView({ block: "center" });
}

// A picture that was chosen is shown before it is sent.
document.addEventListener("change", (event) => {
  const shows = event.target.dataset.shows && document.querySelector(event.target.dataset.shows);
  if (!shows || !event.target.files?.length) return;
  const reader = new FileReader();
  reader.addEventListener("load", () => { shows.src = reader.result; shows.hidden = false; });
  reader.readAsDataURL(event.target.files[0]);
});

// The builder: a field whose slot for errors is filled is said to be wrong, after each answer of the server.
function markErrors() {
  for (const field of document.querySelectorAll("#rules [aria-describedby]")) {
    const slot = document.getElementById(field.getAttribute("aria-describedby"));
    const wrong = Boolean(slot?.textContent.trim());
    field.toggleAttribute("aria-invalid", wrong);
    if (wrong) field.setAttribute("aria-invalid", "true");
    field.classList.toggle("is-invalid", wrong);
  }
}
document.addEventListener("htmx:afterSettle", markErrors);
markErrors();

// The builder: what is typed while the server draws it anew is typed into the new fields, and sent with them.
// Only after an addition: after a removal or a move the same name is another row's.
let asSent = null;
const valuesOf = (form) => new Map([...new FormData(form)].filter(([name]) => name !== "base"));
document.addEventListener("htmx:beforeSend", (event) => {
  const form = document.getElementById("rules");
  if (!form?.contains(event.target)) return;
  asSent = { values: valuesOf(form), adds: /^(add:|$)/.test(event.detail.requestConfig.parameters.do ?? "") };
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const form = document.getElementById("rules");
  if (event.detail.target.id !== "builder" || !form || !asSent?.adds) return;
  const typed = [...valuesOf(form)].filter(([name, value]) => asSent.values.has(name) && asSent.values.get(name) !== value);
  const focused = typed.some(([name]) => name === document.activeElement?.name) && document.activeElement.name;
  asSent = null;
  if (!typed.length) return;
  document.addEventListener("htmx:afterSettle", () => {
    const anew = document.getElementById("rules").elements;
    for (const [name, value] of typed) if (anew[name]) anew[name].value = value;
    if (focused) anew[focused]?.focus();
    anew[typed[0][0]]?.dispatchEvent(new Event("change", { bubbles: true }));
  }, { once: true });
});

// The builder: what was typed last and is not sent yet goes as the page is left.
const typedIn = (form) => JSON.stringify([...valuesOf(form)]);
let kept = { form: null, typed: "" };
function keepInMind(event) {
  const form = document.getElementById("rules");
  const isSent = event?.type === "htmx:beforeSend" && form?.contains(event.target);
  if (form && (form !== kept.form || isSent)) kept = { form, typed: typedIn(form) };
}
keepInMind();
document.addEventListener("htmx:beforeSend", keepInMind);
document.addEventListener("htmx:afterSettle", keepInMind);
addEventListener("pagehide", () => {
  const form = document.getElementById("rules");
  if (form && typedIn(form) !== kept.typed) navigator.sendBeacon(form.action, new FormData(form));
});

// A link that carries what a text says, as it was edited.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-fill]");
  if (link) link.href = link.dataset.into + encodeURIComponent(document.querySelector(link.dataset.fill).value);
});

// Whether the address holds the filters of the page: not where a form was refused at an address of its own.
function atFilters() {
  const address = document.querySelector("form.filters")?.getAttribute("hx-get");
  return !address || address === location.pathname;
}

// A link to another view of the same cases takes the filters along, also those that were just chosen.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-keep-query]");
  if (link && atFilters()) link.search = location.search;
});

// Forms that go back to a filtered page take the filters along, also those that were just chosen.
document.addEventListener("submit", (event) => {
  if (!atFilters()) return;
  for (const field of event.target.querySelectorAll("[data-query]")) field.value = location.search.slice(1);
});

// A form that was sent is not sent once more by a second click; after a while it is, should the first have been lost.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.matches("[hx-post], [data-hx-post]")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 5000);
});
addEventListener("pageshow", () => { for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent; });

// The panel beside the board: Escape or its button closes it, and the focus goes back to the card.
let opener = null;
document.addEventListener("htmx:beforeRequest", (event) => { if (event.detail.target?.id === "panel") opener = event.target; });
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id === "panel") event.detail.target.querySelector("[data-close]")?.focus();
});
function closePanel() {
  const panel = document.getElementById("panel");
  if (!panel?.childElementCount) return;
  panel.replaceChildren();
  opener?.focus();
}
document.addEventListener("click", (event) => { if (event.target.closest("[data-close]")) closePanel(); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") closePanel(); });


// A word that is in use here is added to what was typed, or taken out again.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-word]");
  if (!button) return;
  const field = document.querySelector(button.parentElement.dataset.adds);
  const words = field.value.split(",").map((word) => word.trim()).filter(Boolean);
  const known = words.findIndex((word) => word.toLowerCase() === button.dataset.word.toLowerCase());
  if (known < 0) words.push(button.dataset.word); else words.splice(known, 1);
  field.value = words.join(", ");
});

// Towns are suggested while one is typed.
document.addEventListener("input", (event) => {
  const from = event.target.matches("[data-towns]") && event.target.form?.dataset.townsFrom;
  if (!from || event.target.value.length < 2 || event.target.value.includes("(")) return;
  fetch(`${from}?town=${encodeURIComponent(event.target.value)}`).then((answer) => answer.text()).then((options) => {
    document.getElementById("towns").innerHTML = options;
  });
});
