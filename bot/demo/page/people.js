// The people of the demo: one is there, others come with a click.

import { ask, button, find, make, tell } from "./api.js";

export class People {
  #choose;

  constructor(choose) {
    this.#choose = choose;
    find("add-person").addEventListener("click", () => this.#add());
  }

  async start() {
    const { people, bot } = await ask("people");
    find("bot-name").textContent = bot.first_name;
    if (!people.length) people.push(await ask("people", { first_name: "Ann" }));
    people.forEach((someone) => this.#offer(someone));
    for (const { id } of people) ask(`time/${id}`).then((seen) => this.describe(id, seen));
    const kept = people.find(({ id }) => location.hash === `#${id}`);
    await this.#choose((kept ?? people[0]).id);
  }

  mark(id) {
    for (const one of find("person-list").querySelectorAll("button")) {
      one.setAttribute("aria-pressed", String(one.dataset.person === String(id)));
    }
  }

  /** Level and place below the name, as the bot has them now. */
  describe(id, { level, zone, known }) {
    const place = known ? zone.split("/").at(-1).replaceAll("_", " ") : "no place yet";
    const words = level ? `${level}, ${place}` : "not signed up";
    const choice = find("person-list").querySelector(`[data-person="${id}"]`);
    choice.querySelector("small").textContent = words;
  }

  async #add() {
    const adding = find("add-person");
    adding.disabled = true;
    tell("Somebody signs up…");
    try {
      const someone = await ask("cast", {});
      this.#offer(someone);
      await this.#choose(someone.id);
      tell(`You are ${someone.first_name} now.`);
    } catch (error) {
      tell(error.message);
    } finally {
      adding.disabled = false;
    }
  }

  #offer(someone) {
    const name = someone.first_name;
    const letter = make("span", "avatar", name[0]);
    letter.setAttribute("aria-hidden", "true");
    const who = make("span", "who", make("b", "", name), " ", make("small"));
    const choice = button("", () => this.#choose(someone.id));
    choice.append(letter, who);
    choice.dataset.person = someone.id;
    find("person-list").append(make("li", "", choice));
  }
}
