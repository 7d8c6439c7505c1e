// The open chat: its messages in their order, days between them, typing, presses of buttons.

import { button, find, make, tell } from "./api.js";
import { alertOf } from "./dialogs.js";
import { inlineKeys } from "./keys.js";
import { bubble } from "./message.js";

const TYPING = 5000;
const NEAR_END = 120;
const GAP = 8;

export class Chat {
  #act;
  #why;
  #log = find("log");
  #zone = "UTC";
  #posts = new Map();
  #items = new Map();
  #spinning = new Map();
  #typingEnds = 0;
  #marked = 0;
  #left = 0; // where the view was put last: somebody who is still there has not scrolled away

  constructor(act, why) {
    this.#act = act;
    this.#why = why;
  }

  empty() {
    this.#posts.clear();
    this.#items.clear();
    this.#spinning.clear();
    this.#log.replaceChildren();
    this.#showTyping(null);
  }

  /** The times of all messages, in another zone. */
  show(zone) {
    if (zone === this.#zone) return;
    this.#zone = zone;
    const posts = [...this.#posts.values()];
    this.#log.replaceChildren();
    this.#items.clear();
    posts.forEach((post) => this.#put(post));
    this.#toEnd();
  }

  take({ posts, presses, typing }) {
    const follows = this.#atEnd() || this.#log.scrollTop === this.#left;
    this.#showTyping(null);
    posts.forEach((post) => this.#put(post));
    presses.forEach((press) => this.#hear(press));
    this.#showTyping(typing);
    const newest = posts.findLast((post) => !post.deleted)?.message;
    if (newest && (follows || !newest.from.is_bot)) this.#bringUp(newest.message_id);
  }

  /** The message that is looked at behind the glass. */
  mark(messageId) {
    this.#items.get(this.#marked)?.classList.remove("marked");
    this.#items.get(messageId)?.classList.add("marked");
    this.#marked = messageId;
  }

  #put(post) {
    const id = post.message.message_id;
    const old = this.#items.get(id);
    if (post.deleted) {
      old?.remove();
      this.#posts.delete(id);
      return;
    }
    const item = this.#item(post);
    if (old) {
      const focused = old.contains(document.activeElement); // a press must not lose the place
      old.replaceWith(item);
      if (focused) (item.querySelector(".keys button") ?? item).focus();
    } else {
      this.#newDay(post);
      this.#log.append(item);
    }
    this.#posts.set(id, post);
    this.#items.set(id, item);
  }

  #item(post) {
    const { message } = post;
    const own = !message.from.is_bot;
    const say = (text) => this.#act("say", { text });
    const asks = own ? [] : [button("Why?", () => this.#why(message.message_id), "why")];
    const item = make("div", own ? "item own" : "item", bubble(post, this.#clock(message), say, asks));
    item.tabIndex = -1;
    item.classList.toggle("marked", message.message_id === this.#marked);
    const rows = message.reply_markup?.inline_keyboard;
    if (rows?.length) {
      item.append(inlineKeys(rows, (data, key) => this.#press(message.message_id, data, key)));
    }
    return item;
  }

  #newDay({ message }) {
    const day = this.#format(message, { weekday: "long", day: "numeric", month: "long" });
    if (this.#log.lastElementChild && this.#log.dataset.day === day) return;
    this.#log.dataset.day = day;
    this.#log.append(make("div", "item day", make("span", "", day)));
  }

  #clock(message) {
    return this.#format(message, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  }

  #format(message, shape) {
    const format = new Intl.DateTimeFormat("en-GB", { ...shape, timeZone: this.#zone });
    return format.format(message.date * 1000);
  }

  async #press(messageId, data, key) {
    key.setAttribute("aria-busy", "true");
    const body = { message_id: messageId, button: data, stale: true };
    const press = await this.#act("press", body);
    if (press) this.#spinning.set(press.query_id, key);
    else key.removeAttribute("aria-busy");
  }

  #hear(press) {
    const key = this.#spinning.get(press.query_id);
    if (!key || !press.answer) return;
    this.#spinning.delete(press.query_id);
    key.removeAttribute("aria-busy");
    if (press.answer.show_alert) alertOf(press.answer.text);
    else if (press.answer.text) tell(press.answer.text);
  }

  #showTyping(typing) {
    clearTimeout(this.#typingEnds);
    find("bot-state").textContent = typing ? "typing…" : "bot";
    find("typing")?.remove();
    if (!typing) return;
    const dots = make("span", "dots", make("i"), make("i"), make("i"));
    const item = make("div", "item", make("div", "bubble", make("span", "unseen", "typing"), dots));
    item.id = "typing";
    this.#log.append(item);
    this.#toEnd();
    this.#typingEnds = setTimeout(() => this.#showTyping(null), TYPING);
  }

  #atEnd() {
    return this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < NEAR_END;
  }

  #toEnd() {
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#left = this.#log.scrollTop;
  }

  /** The end of the chat; of a message that is taller than the view, its beginning. */
  #bringUp(messageId) {
    this.#toEnd();
    const item = this.#items.get(messageId);
    const tall = item.offsetHeight > this.#log.clientHeight;
    if (tall && item === this.#log.lastElementChild) this.#log.scrollTop = item.offsetTop - GAP;
    this.#left = this.#log.scrollTop;
  }
}
