// Before the first paint: the theme chosen here, else the one the system prefers.
(() => {
  const preferred = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.bsTheme = localStorage.getItem("theme") || preferred;
})();
