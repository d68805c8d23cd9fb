/* Brings the node that the page is about into view, where the picture is wider than the page. */
(() => {
  const start = () => {
    document.querySelectorAll(".ml-cicd-picture").forEach((picture) => {
      const chosen = picture.querySelector(".ml-cicd-box--chosen rect");
      if (chosen) {
        const box = chosen.getBoundingClientRect();
        const frame = picture.getBoundingClientRect();
        picture.scrollLeft += box.left - frame.left - (frame.width - box.width) / 2;
      }
    });
  };
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
