/* Filters the models while one types; without scripts the form does it. */
(() => {
  const start = () => {
    const field = document.getElementById("ml-cicd-filter");
    const table = document.getElementById("ml-cicd-models");
    if (!field || !table) {
      return;
    }
    const rows = Array.from(table.querySelectorAll("tbody tr"));
    const count = document.querySelector(".ml-cicd-models__count");
    const filter = () => {
      const text = field.value.trim().toLowerCase();
      rows.forEach((row) => {
        row.classList.toggle("jenkins-hidden", !row.textContent.toLowerCase().includes(text));
      });
      const shown = rows.filter((row) => !row.classList.contains("jenkins-hidden")).length;
      count.textContent = count.dataset.of.replace("{0}", shown).replace("{1}", rows.length);
    };
    field.form.querySelector("button").classList.add("jenkins-hidden");
    field.addEventListener("input", filter);
    field.form.addEventListener("submit", (event) => event.preventDefault());
  };
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
