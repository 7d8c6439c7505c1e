// The open person's own clock: it runs, and it can be put forward.

import { ask, find, make, tell } from "./api.js";

export class Time {
  #person;
  #onSeen;
  #zone = "UTC";
  #now = 0;
  #asked = 0;
  #missing = {};
  /** The next messages, in words. */
  next = [];

  constructor(person, onSeen) {
    this.#person = person;
    this.#onSeen = onSeen;
    for (const move of find("time").querySelectorAll("[data-to]")) {
      move.addEventListener("click", () => this.#move(move));
    }
    setInterval(() => this.#tick(), 1000);
  }

  async look() {
    this.#show(await ask(`time/${this.#person()}`));
  }

  async #move(pressed) {
    const missing = this.#missing[pressed.dataset.to];
    if (missing) tell(missing);
    if (missing || pressed.getAttribute("aria-busy")) return;
    pressed.setAttribute("aria-busy", "true");
    tell("Time passes…");
    try {
      const seen = await ask(`time/${this.#person()}`, { to: pressed.dataset.to });
      this.#show(seen);
      tell(`${this.#day(this.#now)}, ${this.#clock(this.#now)}. ${came(seen.came)}`);
    } catch (error) {
      tell(error.message);
    } finally {
      pressed.removeAttribute("aria-busy");
    }
  }

  #show(seen) {
    this.#zone = seen.zone;
    this.#now = Date.parse(seen.now);
    this.#asked = performance.now();
    const place = seen.zone.split("/").at(-1).replaceAll("_", " ");
    find("place").textContent = seen.known ? place : "UTC, until a place is told";
    this.#tick();
    this.#foretell(seen);
    this.#onSeen(seen);
    if (seen.faults.length) tell(`content/ was refused, the old one stays: ${seen.faults[0]}`);
  }

  #tick() {
    if (!this.#now) return;
    const now = this.#now + performance.now() - this.#asked;
    const clock = make("b", "", this.#clock(now));
    find("now").dateTime = new Date(now).toISOString();
    const year = new Date(now).getUTCFullYear();
    find("now").replaceChildren(clock, ` ${this.#day(now)} ${year}`);
  }

  #foretell(seen) {
    this.next = seen.next.map(Date.parse).map((at) => `${this.#day(at)}, ${this.#clock(at)}`);
    const list = make("ul", "", ...this.next.map((words) => make("li", "", words)));
    this.#missing = {
      push: seen.next.length ? "" : "No message is planned: /start or /resume plans them.",
      change: seen.change ? "" : `Clocks do not change in ${this.#zone}: share another place first.`,
    };
    const change = seen.change ? `Clocks change on ${this.#day(Date.parse(seen.change))}.`
      : `Clocks do not change in ${seen.known ? "this place" : "UTC"}.`;
    const next = seen.next.length ? ["Next messages:", list] : ["No message is planned yet."];
    find("coming").replaceChildren(...next, make("p", "", change));
  }

  #clock(moment) {
    const shape = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    return new Intl.DateTimeFormat("en-GB", { ...shape, timeZone: this.#zone }).format(moment);
  }

  #day(moment) {
    const shape = { weekday: "short", day: "numeric", month: "short" };
    return new Intl.DateTimeFormat("en-GB", { ...shape, timeZone: this.#zone }).format(moment);
  }
}

function came(count) {
  if (!count) return "No message came.";
  return count === 1 ? "One message came." : `${count} messages came.`;
}
