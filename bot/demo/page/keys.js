// Buttons of the bot: those under a message, and the keyboard that takes the place of typing.

import { button, find, make } from "./api.js";
import { linkTo } from "./formatting.js";

/** Rows of buttons under a message; `press` gets the button's data and its element. */
export function inlineKeys(rows, press) {
  const keys = rowsOf(rows, (key) => inlineKey(key, press));
  keys.setAttribute("role", "group");
  keys.setAttribute("aria-label", "Buttons of this message");
  return keys;
}

function inlineKey(key, press) {
  if (key.url) {
    const link = linkTo(key.url);
    link.textContent = `${key.text} ↗`;
    return link;
  }
  if (key.copy_text) {
    return button(key.text, () => navigator.clipboard.writeText(key.copy_text.text));
  }
  return button(key.text, (element) => press(key.callback_data, element));
}

let shown = "";

export function showKeyboard(keyboard, { say, locate }) {
  const written = JSON.stringify(keyboard);
  if (written === shown) return;
  shown = written;
  const box = find("keyboard");
  box.hidden = !keyboard;
  const key = ({ text, request_location: place }) => (
    button(text, () => (place ? locate() : say(text))));
  box.replaceChildren(...(keyboard ? rowsOf(keyboard.keyboard, key).children : []));
}

function rowsOf(rows, key) {
  return make("div", "keys", ...rows.map((row) => make("div", "row", ...row.map(key))));
}
