// Before it is printed, a table wider than the page is made smaller, and a very wide one gets a
// page on its side; a picture that is much higher than wide may fill a page. Widths are those
// of print.css: A4 less its margins.
const UPRIGHT = 178, ON_ITS_SIDE = 265, LEAST = 0.62, TALL = 1.3, PIXELS = 96 / 25.4;
addEventListener("load", () => {
  for (const table of document.querySelectorAll("table")) {
    const fits = (width) => (width * PIXELS) / table.scrollWidth;
    const box = table.closest(".scroll") || table;
    let scale = fits(UPRIGHT);
    if (scale < LEAST) {
      box.classList.add("sideways");
      scale = fits(ON_ITS_SIDE);
    }
    if (scale < 1) table.style.zoom = scale;
  }
  for (const image of document.images) {
    image.classList.toggle("tall", image.naturalHeight > TALL * image.naturalWidth);
  }
});
