// What opens over the page: an alert of the bot, a picture at full size, a choice of places.

import { button, find, make } from "./api.js";

const PLACES = {
  Berlin: [52.52, 13.405], Kathmandu: [27.717, 85.324], London: [51.507, -0.128],
  "New York": [40.713, -74.006], "São Paulo": [-23.55, -46.633], Sydney: [-33.869, 151.209],
  Auckland: [-36.85, 174.76], Tokyo: [35.68, 139.69],
};

export function startDialogs() {
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  }
}

export function alertOf(words) {
  find("alert-words").textContent = words;
  find("alert").showModal();
}

export function enlarge(image) {
  find("large-picture").src = image.src;
  find("large-picture").alt = image.alt;
  find("large").showModal();
}

export function sharePlace(share) {
  const rows = Object.entries(PLACES).map(([name, place]) => make("li", "", button(name, () => {
    find("places").close();
    share(place);
  })));
  find("place-list").replaceChildren(...rows);
  find("places").showModal();
}
