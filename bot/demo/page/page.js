// The chat page: what one person sees and does, over the control API of the stand-in.

import { formatted, linkTo } from "./formatting.js";

const WAIT = 20;
const SILENT = "The demo does not answer. Trying again.";
const CITIES = {
  Berlin: [52.52, 13.405], Kathmandu: [27.717, 85.324], London: [51.507, -0.128],
  "New York": [40.713, -74.006], "São Paulo": [-23.55, -46.633], Sydney: [-33.869, 151.209],
};
const find = (id) => document.getElementById(id);
const log = find("log");
let person = null;
let since = 0;
let turn = 0;
let elements = new Map();
let answered = new Set();
let spinning = new Map();

async function ask(path, body) {
  const options = body && {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  };
  const response = await fetch(`/control/${path}`, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

async function act(what, body) {
  try {
    return await ask(`people/${person}/${what}`, body);
  } catch (error) {
    tell(error.message);
    return null;
  }
}

function tell(words) {
  find("word").textContent = words;
}

async function start() {
  const { people, bot } = await ask("people");
  find("bot-name").textContent = bot.first_name;
  if (!people.length) people.push(await ask("people", { first_name: "Ann" }));
  people.forEach(offer);
  await choose(people[0].id);
}

function offer(someone) {
  find("person").append(new Option(someone.first_name, someone.id));
}

async function choose(id) {
  person = id;
  since = 0;
  elements = new Map();
  answered = new Set();
  spinning = new Map();
  find("person").value = String(id);
  log.replaceChildren();
  const { posts } = await look(0);
  if (!posts.length) await act("say", { text: "/start" });
  turn += 1;
  follow(turn);
}

async function follow(mine) {
  while (mine === turn) {
    try {
      await look(WAIT, mine);
      if (find("word").textContent === SILENT) tell("");
    } catch {
      tell(SILENT);
      await new Promise((done) => { setTimeout(done, 1000); });
    }
  }
}

async function look(wait, mine = turn) {
  const chat = await ask(`chats/${person}/messages?since=${since}&wait=${wait}`);
  if (mine !== turn) return chat;
  since = chat.revision;
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  chat.posts.forEach(show);
  chat.presses.forEach(hear);
  showKeyboard(chat.keyboard);
  showTyping(chat.typing);
  if (chat.posts.length && atEnd) log.scrollTop = log.scrollHeight;
  return chat;
}

let typingEnds = 0;
function showTyping(typing) {
  clearTimeout(typingEnds);
  find("typing").textContent = typing ? "typing…" : "";
  if (typing) typingEnds = setTimeout(() => showTyping(null), 5000);
}

function show(post) {
  const { message } = post;
  const old = elements.get(message.message_id);
  if (post.deleted) { old?.remove(); return; }
  const item = document.createElement("li");
  item.dataset.message = message.message_id;
  if (!message.from.is_bot) item.className = "own";
  item.append(bubble(message, post.edits > 0));
  const rows = message.reply_markup?.inline_keyboard;
  if (rows) item.append(keys(rows, (button) => inlineKey(button, message.message_id)));
  elements.set(message.message_id, item);
  if (old) old.replaceWith(item); else log.append(item);
}

function bubble(message, edited) {
  const box = document.createElement("div");
  box.className = "bubble";
  const who = document.createElement("span");
  who.className = "unseen";
  who.textContent = `${message.from.first_name}: `;
  box.append(who);
  if (message.photo) box.append(picture(message));
  if (message.document) box.append(file(message.document));
  const words = message.text ?? message.caption ?? plain(message);
  const send = (command) => act("say", { text: command });
  box.append(formatted(words, message.entities ?? message.caption_entities, send));
  const time = document.createElement("time");
  const at = new Date(message.date * 1000);
  time.dateTime = at.toISOString();
  time.textContent = `${edited ? "edited " : ""}${at.toISOString().slice(11, 16)} UTC`;
  box.append(time);
  return box;
}

function plain(message) {
  if (message.location) return `📍 ${message.location.latitude}, ${message.location.longitude}`;
  if (message.voice) return "🎤 voice message";
  return message.sticker?.emoji ?? "";
}

function picture(message) {
  const image = document.createElement("img");
  const size = message.photo.at(-1);
  image.src = `/control/files/${encodeURIComponent(size.file_id)}`;
  image.width = size.width;
  image.height = size.height;
  image.alt = (message.caption ?? "picture").split("\n")[0];
  return image;
}

function file(sent) {
  const link = document.createElement("a");
  link.href = `/control/files/${encodeURIComponent(sent.file_id)}`;
  link.download = sent.file_name;
  link.textContent = `📄 ${sent.file_name}\n`;
  return link;
}

function keys(rows, make) {
  const box = document.createElement("div");
  box.className = "keys";
  for (const row of rows) {
    const line = document.createElement("div");
    line.className = "row";
    line.append(...row.map(make));
    box.append(line);
  }
  return box;
}

function key(words, onClick) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words;
  button.addEventListener("click", () => onClick(button));
  return button;
}

function inlineKey(button, messageId) {
  if (button.url) {
    const link = linkTo(button.url);
    link.textContent = `${button.text} ↗`;
    return link;
  }
  if (button.copy_text) {
    return key(button.text, () => navigator.clipboard.writeText(button.copy_text.text));
  }
  return key(button.text, async (element) => {
    element.setAttribute("aria-busy", "true");
    const body = { message_id: messageId, button: button.callback_data, stale: true };
    const press = await act("press", body);
    if (press) spinning.set(press.query_id, element);
    else element.removeAttribute("aria-busy");
  });
}

function hear(press) {
  if (!press.answer || answered.has(press.query_id)) return;
  answered.add(press.query_id);
  const element = spinning.get(press.query_id);
  if (!element) return;
  spinning.delete(press.query_id);
  element.removeAttribute("aria-busy");
  if (press.answer.show_alert) {
    find("alert-words").textContent = press.answer.text;
    find("alert").showModal();
  } else {
    tell(press.answer.text ?? "");
  }
}

let shownKeyboard = "";
function showKeyboard(keyboard) {
  const written = JSON.stringify(keyboard);
  if (written === shownKeyboard) return;
  shownKeyboard = written;
  const box = find("keyboard");
  box.hidden = !keyboard;
  box.replaceChildren();
  if (keyboard) box.append(...keys(keyboard.keyboard, replyKey).children);
}

function replyKey(button) {
  if (!button.request_location) return key(button.text, () => act("say", { text: button.text }));
  return key(button.text, () => {
    const cities = Object.entries(CITIES).map(([name, place]) => [
      key(name, () => act("location", { latitude: place[0], longitude: place[1] })),
    ]);
    find("keyboard").replaceChildren(...keys(cities, (city) => city).children);
    find("keyboard").querySelector("button").focus();
  });
}

async function openMenu(open) {
  const menu = find("menu");
  menu.hidden = !open;
  find("commands").setAttribute("aria-expanded", String(open));
  if (!open) return;
  const { commands } = await ask(`chats/${person}/commands`);
  menu.replaceChildren(...commands.map(({ command, description }) => {
    const item = document.createElement("li");
    item.append(key(`/${command}  ${description}`, () => {
      openMenu(false);
      act("say", { text: `/${command}` });
    }));
    return item;
  }));
  menu.querySelector("button")?.focus();
}

find("say").addEventListener("submit", async (event) => {
  event.preventDefault();
  const words = find("words");
  const text = words.value.trim();
  if (text && await act("say", { text })) words.value = "";
});
find("words").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    find("say").requestSubmit();
  }
});
find("commands").addEventListener("click", () => openMenu(find("menu").hidden));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !find("menu").hidden) {
    openMenu(false);
    find("commands").focus();
  }
});
find("person").addEventListener("change", (event) => choose(Number(event.target.value)));
find("add-person").addEventListener("click", async () => {
  const names = ["Ben", "Cleo", "Dara", "Eli", "Fay"];
  const name = names[(find("person").options.length - 1) % names.length];
  const someone = await ask("people", { first_name: name });
  offer(someone);
  await choose(someone.id);
});

start().catch((error) => tell(error.message));
