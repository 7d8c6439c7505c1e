// What the person types with: the field, the command menu, the place, and things to try.

import { button, find, make } from "./api.js";

const TRIES = [
  ["Replace leg day with hills?", "Should I replace leg day with hill sprints?"],
  ["Today's session", "/today"],
  ["How steep should it be?", "How steep should the hill be?"],
  ["My knee hurts", "My knee hurts when I run downhill"],
  ["Change my time to 6:30"],
  ["All 12 weeks", "/plan"],
];

export function startComposer({ act, locate, commands }) {
  const words = find("words");
  const menu = new Menu(commands, (command) => { words.value = ""; act("say", { text: command }); });
  find("tries").append(...TRIES.map(([label, text]) => (
    button(label, () => act("say", { text: text ?? label })))));
  find("locate").addEventListener("click", locate);
  find("say").addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = words.value.trim();
    menu.close();
    if (text && await act("say", { text })) words.value = "";
  });
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      find("say").requestSubmit();
    } else if (event.key === "ArrowDown" && menu.focus()) {
      event.preventDefault();
    }
  });
  words.addEventListener("input", () => menu.follow(words.value));
}

class Menu {
  #commands;
  #chosen;
  #list = find("menu");
  #opener = find("commands");
  #turn = 0;
  #known = null;

  constructor(commands, chosen) {
    this.#commands = commands;
    this.#chosen = chosen;
    this.#opener.addEventListener("click", async () => {
      if (!this.#list.hidden) { this.close(); return; }
      await this.#open("/");
      this.focus();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.#list.hidden) return;
      this.close();
      find("words").focus();
    });
    this.#list.addEventListener("keydown", (event) => this.#walk(event));
  }

  /** A word that begins with a slash opens the menu at what it may become. */
  follow(typed) {
    if (/^\/\w*$/.test(typed)) this.#open(typed);
    else this.close();
  }

  focus() {
    const first = this.#list.hidden ? null : this.#list.querySelector("button");
    first?.focus();
    return Boolean(first);
  }

  close() {
    this.#turn += 1;
    this.#list.hidden = true;
    this.#opener.setAttribute("aria-expanded", "false");
  }

  async #open(typed) {
    this.#turn += 1;
    const mine = this.#turn;
    this.#known ??= (await this.#commands()).commands;
    const chosen = this.#list.contains(document.activeElement);
    if (mine !== this.#turn || chosen) return; // closed, typed on, or walked into, meanwhile
    const fitting = this.#known.filter(({ command }) => `/${command}`.startsWith(typed));
    this.#list.replaceChildren(...fitting.map(({ command, description }) => {
      const choice = button("", () => { this.close(); this.#chosen(`/${command}`); });
      choice.append(make("b", "", `/${command}`), ` ${description}`);
      return make("li", "", choice);
    }));
    this.#list.hidden = !fitting.length;
    this.#opener.setAttribute("aria-expanded", String(!this.#list.hidden));
  }

  #walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...this.#list.querySelectorAll("button")];
    const next = all[all.indexOf(document.activeElement) + step];
    (next ?? find("words")).focus();
  }
}
