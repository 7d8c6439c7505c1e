// Behind the glass: why the message that is looked at says what it says.

import { ask, find, make } from "./api.js";

const NOTHING = "Pick “Why?” at a message of the bot.";

export class Glass {
  #panel = find("glass");
  #body = find("why");
  #onMark;
  #next;
  #opener = null;
  #turn = 0;

  /** `onMark` hears which message is looked at; `next` gives the next messages, in words. */
  constructor(onMark, next) {
    this.#onMark = onMark;
    this.#next = next;
    find("close-glass").addEventListener("click", () => this.close());
    this.#panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
    this.clear();
  }

  clear() {
    this.#turn += 1;
    this.#body.replaceChildren(make("p", "", NOTHING));
  }

  close() {
    this.#panel.classList.remove("open");
    this.#opener?.focus();
  }

  async show(chat, messageId, { open = false } = {}) {
    this.#turn += 1;
    const mine = this.#turn;
    const found = await ask(`why/${chat}/${messageId}`);
    if (mine !== this.#turn) return;
    this.#onMark(messageId);
    this.#body.replaceChildren(...parts(found), ...coming(this.#next()), ...log(found.calls));
    if (!open) return;
    this.#opener = document.activeElement;
    this.#panel.classList.add("open");
    find("glass-head").focus();
  }
}

function parts({ origin }) {
  if (!origin) return [make("p", "", "The bot has kept nothing about this message.")];
  return [
    ...understood(origin), ...scores(origin), ...passages(origin), ...session(origin),
    ...words(origin),
  ];
}

function coming(moments) {
  const rows = moments.map((moment) => make("li", "", moment));
  return [make("h3", "", "Next messages"), rows.length ? make("ul", "", ...rows) : "None is planned."];
}

function understood({ kind, confidence, steps }) {
  if (!kind) return [];
  const sure = confidence === null ? "" : `, ${Math.round(confidence * 100)} % sure`;
  return [
    make("h3", "", "How it was understood"),
    make("p", "", make("b", "", kind), sure),
    make("ul", "steps", ...steps.filter((step) => !step.startsWith("router:")).map((step) => make("li", "", step))),
  ];
}

function scores({ scores: found }) {
  if (!found.length) return [];
  const rows = found.map(([label, score]) => {
    const meter = make("meter");
    meter.value = score;
    meter.setAttribute("aria-label", label || "outside");
    const share = make("span", "share", score.toFixed(2));
    return make("li", "", make("span", "", breakable(label || "outside")), meter, share);
  });
  return [make("h3", "", "The router’s scores"), make("ol", "scores", ...rows)];
}

/** The label with places where a line may end. */
function breakable(label) {
  return label.replace(/[/._]/g, "$&\u200b");
}

function passages({ passages: found }) {
  if (!found.length) return [];
  const rows = found.map(([id, text]) => {
    const topic = id.split("#")[0];
    const source = make("code", "", `content/knowledge/${topic.replaceAll(".", "_")}.md`);
    const name = make("code", "", `#${id.split("#")[1]}`);
    return make("li", "", source, " ", name, make("blockquote", "", text));
  });
  return [make("h3", "", "Passages behind it"), make("ul", "plain", ...rows)];
}

function session({ sessions, reasons }) {
  if (!sessions.length) return [];
  const ids = sessions.map((id) => make("code", "", id));
  const rows = reasons.map(([code, words]) => make("li", "", make("code", "", code), ` ${words}`));
  const list = rows.length ? [make("ul", "plain", ...rows)] : [make("p", "", "No rule bent the plan.")];
  return [
    make("h3", "", "The day’s session"), make("p", "ids", ...ids),
    make("h3", "", "Reason codes"), ...list,
  ];
}

function words({ template }) {
  if (!template) return [];
  return [
    make("h3", "", "Where the words stand"),
    make("p", "", make("code", "", `content/templates/${template}`)),
    make("p", "hint", "Edit that file: the next answer has it."),
  ];
}

function log(calls) {
  if (!calls.length) return [];
  const rows = calls.map((call) => {
    const outcome = call.response.ok ? "ok" : call.response.description ?? call.fate;
    const head = make("summary", "", make("b", "", call.method), ` ${outcome}`);
    const body = make("pre", "", JSON.stringify(call.params, null, 2));
    body.tabIndex = 0;
    return make("li", "", make("details", "", head, body));
  });
  return [make("h3", "", "Calls to Telegram"), make("ol", "plain", ...rows)];
}
