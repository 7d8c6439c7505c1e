// Puts the page together: whose chat is open, and what follows when something happens in it.

import { ask, find, tell } from "./api.js";
import { Chat } from "./chat.js";
import { startComposer } from "./composer.js";
import { startDialogs, sharePlace } from "./dialogs.js";
import { Glass } from "./glass.js";
import { showKeyboard } from "./keys.js";
import { People } from "./people.js";
import { startThemeSwitch } from "./switch.js";
import { Time } from "./time.js";

const WAIT = 20;
const PAUSE = 1000;
const SILENT = "The demo does not answer. Trying again.";

let person = null;
let turn = 0;
const glass = new Glass((message) => chat.mark(message), () => time.next);
const chat = new Chat(act, (message) => glass.show(person, message, { open: true }));
const people = new People(choose);
const time = new Time(() => person, (seen) => {
  chat.show(seen.zone);
  people.describe(person, seen);
});

async function act(what, body) {
  try {
    tell("");
    return await ask(`people/${person}/${what}`, body);
  } catch (error) {
    tell(error.message);
    return null;
  }
}

async function choose(id) {
  person = id;
  location.replace(`#${id}`); // who reloads the page stays who they were
  turn += 1;
  const mine = turn;
  people.mark(id);
  chat.empty();
  glass.clear();
  await time.look();
  const first = await look(0, mine, 0);
  if (!first.posts.length) await act("say", { text: "/start" });
  follow(mine, first.revision);
}

/** Show what is new in the open chat, for as long as it is the open one. */
async function follow(mine, revision) {
  let since = revision;
  while (mine === turn) {
    try {
      since = (await look(WAIT, mine, since)).revision;
      if (find("word").textContent === SILENT) tell("");
    } catch {
      tell(SILENT);
      await new Promise((done) => { setTimeout(done, PAUSE); });
    }
  }
}

async function look(wait, mine, since) {
  const news = await ask(`chats/${person}/messages?since=${since}&wait=${wait}`);
  if (mine !== turn) return news;
  if (news.posts.length) await time.look();
  showKeyboard(news.keyboard, { say: (text) => act("say", { text }), locate });
  chat.take(news);
  const said = news.posts.filter((post) => post.message.from.is_bot && !post.deleted).at(-1);
  if (said) glass.show(person, said.message.message_id);
  return news;
}

function locate() {
  sharePlace((place) => act("location", { latitude: place[0], longitude: place[1] }));
}

startThemeSwitch();
startDialogs();
startComposer({ act, locate, commands: () => ask(`chats/${person}/commands`) });
people.start().catch((error) => tell(error.message));
