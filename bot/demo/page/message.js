// One message as a bubble: words, picture, file, time.

import { button, make } from "./api.js";
import { enlarge } from "./dialogs.js";
import { formatted } from "./formatting.js";

/** `onCommand` gets a command that was clicked in the words; `foot` stands beside the time. */
export function bubble(post, clock, onCommand, foot) {
  const { message } = post;
  const box = make("div", "bubble", make("span", "unseen", `${message.from.first_name}: `));
  if (message.photo) box.append(picture(message));
  if (message.document) box.append(file(message.document));
  const words = message.text ?? message.caption ?? plain(message);
  const entities = message.entities ?? message.caption_entities;
  box.append(make("div", "words", formatted(words, entities, onCommand)));
  const time = make("time", "", `${post.edits && message.edit_date ? "edited " : ""}${clock}`);
  time.dateTime = new Date(message.date * 1000).toISOString();
  box.append(make("div", "foot", ...foot, time));
  return box;
}

function plain(message) {
  if (message.location) {
    const { latitude, longitude } = message.location;
    return `Location: ${latitude.toFixed(2)}, ${longitude.toFixed(2)}`;
  }
  if (message.voice) return "Voice message";
  return message.sticker?.emoji ?? "";
}

function picture(message) {
  const image = make("img");
  const size = message.photo.at(-1);
  image.src = `/control/files/${encodeURIComponent(size.file_id)}`;
  image.width = size.width;
  image.height = size.height;
  image.alt = `Picture: ${(message.caption ?? "no words").split("\n")[0]}`;
  const opener = button("", () => enlarge(image), "picture");
  opener.title = "Enlarge";
  opener.append(image);
  return opener;
}

function file(sent) {
  const link = make("a", "file", `File: ${sent.file_name}`);
  link.href = `/control/files/${encodeURIComponent(sent.file_id)}`;
  link.download = sent.file_name;
  return link;
}
