// Telegram's entities as elements. Offsets are UTF-16 units, as JavaScript's own. Text goes in
// as text only: nothing that a message holds is ever read as HTML.

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const BLOCKS = "pre, blockquote";
const SAFE = /^(https?|tg|mailto):/;

export function formatted(text, entities, onCommand) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const fragment = document.createDocumentFragment();
  fill(fragment, text, sorted, 0, text.length, onCommand);
  return fragment;
}

function fill(parent, text, entities, from, to, onCommand) {
  let at = from;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset < at) { index += 1; continue; }
    parent.append(text.slice(at, entity.offset));
    let next = index + 1;
    while (next < entities.length && entities[next].offset < end) next += 1;
    const element = elementFor(entity, text.slice(entity.offset, end), onCommand);
    fill(element, text, entities.slice(index + 1, next), entity.offset, end, onCommand);
    parent.append(element);
    at = end;
    if (element.matches(BLOCKS) && text[at] === "\n") at += 1; // a block ends its line by itself
    index = next;
  }
  parent.append(text.slice(at, to));
}

function elementFor(entity, words, onCommand) {
  if (entity.type in TAGS) return document.createElement(TAGS[entity.type]);
  if (entity.type === "bot_command") return commandFor(words, onCommand);
  if (entity.type === "spoiler") return spoiler();
  const address = { text_link: entity.url, url: words, email: `mailto:${words}` }[entity.type];
  return address && SAFE.test(address) ? linkTo(address) : document.createElement("span");
}

export function linkTo(address) {
  const link = document.createElement("a");
  link.href = SAFE.test(address) ? address : "#";
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return link;
}

function commandFor(words, onCommand) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "command";
  button.addEventListener("click", () => onCommand(words));
  return button;
}

function spoiler() {
  const span = document.createElement("span");
  span.className = "spoiler";
  span.tabIndex = 0;
  span.setAttribute("role", "button");
  const open = () => span.classList.add("open");
  span.addEventListener("click", open);
  span.addEventListener("keydown", (event) => { if (event.key === "Enter") open(); });
  return span;
}
