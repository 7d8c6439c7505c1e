// The control API of the stand-in, and small helpers that every part of the page uses.

export const find = (id) => document.getElementById(id);

export async function ask(path, body) {
  const options = body && {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  };
  const response = await fetch(`/control/${path}`, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

/** A short word below the message field; screen readers hear it. */
export function tell(words) {
  find("word").textContent = words;
}

/** An element with its class and what stands in it. */
export function make(tag, className = "", ...inside) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...inside);
  return element;
}

export function button(words, onClick, className = "") {
  const element = make("button", className, words);
  element.type = "button";
  element.addEventListener("click", () => onClick(element));
  return element;
}
