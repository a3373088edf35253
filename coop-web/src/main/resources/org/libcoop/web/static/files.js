/** Files of a conversation, for both sides: choosing and sending them, and saving what the other side sent. Nothing of a file is ever shown. */

import { h, icon } from "./dom.js";
import { t, has } from "./texts.js";

const SAVED_MILLIS = 60_000;

/** A button that asks for files; files dropped on `target`, and pasted into it, are sent as well. `send(file)` gets each. */
export function fileButton(target, send) {
  const input = h("input", { type: "file", multiple: true, hidden: true, tabindex: "-1" });
  input.addEventListener("change", () => {
    [...input.files].forEach(send);
    input.value = "";
  });
  target.addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
  target.addEventListener("drop", (event) => takeFiles(event, event.dataTransfer, send));
  target.addEventListener("paste", (event) => takeFiles(event, event.clipboardData, send));
  return [h("button", { type: "button", class: "attach", "aria-label": t("file.send"), title: t("file.send"), on: { click: () => input.click() } }, icon("clip")), input];
}

/** Sends the files that a drop or a paste carries in `data`; one without files goes its usual way. */
export function takeFiles(event, data, send) {
  const files = [...(data?.files ?? [])];
  if (files.length > 0) {
    event.preventDefault();
    files.forEach(send);
  }
}

/** Sends the bytes to `url` with the token; `progress(share)` is told of 0 to 1. Answers `{ok}` or `{ok, code, message}`. */
export function upload(url, token, file, progress) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("Authorization", `Bearer ${token}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.addEventListener("progress", ({ loaded, total }) => progress(total === 0 ? 0 : loaded / total));
    request.addEventListener("load", () => resolve(answer(request)));
    request.addEventListener("error", () => resolve({ ok: false, code: "unavailable", message: t("file.failed") }));
    request.send(file);
  });
}

function answer({ status, responseText }) {
  let body = {};
  try {
    body = JSON.parse(responseText);
  } catch {
    // no answer of the library's: said below
  }
  return status === 200
    ? { ok: true, ...body }
    : { ok: false, code: body.code, message: has(`file.${body.code}`) ? t(`file.${body.code}`) : body.message ?? t("file.failed") };
}

/** Saves what is at `url` under this name; whether there was something. */
export async function save(url, token, name) {
  const answered = await fetch(url, { headers: { Authorization: `Bearer ${token}` }, referrerPolicy: "no-referrer" });
  answered.ok && saveBlob(await answered.blob(), name);
  return answered.ok;
}

/** Saves bytes or a text under this name, as nothing that a browser would show. */
export function saveBlob(content, name) {
  const address = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), SAVED_MILLIS);
}

/** What a message is whose content is a file: name, size and a button to save it, or what is left of it. `get(entry)` saves it. */
export function fileBubble(entry, get) {
  if (entry.fileName === undefined) {
    return h("p", { class: "bubble gone" }, t("file.removed"));
  }
  return h("p", { class: "bubble file" },
    h("bdi", {}, entry.fileName), h("span", { class: "size" }, size(entry.size)),
    h("button", { type: "button", class: "save", "aria-label": t("file.save-named", { file: entry.fileName }), on: { click: () => get(entry) } }, icon("save"), t("file.save")));
}

/** `1.2 MB` */
export function size(bytes) {
  const units = ["bytes", "KB", "MB", "GB"];
  const step = bytes < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return `${step === 0 || value >= 10 ? Math.round(value) : value.toFixed(1)} ${units[step]}`;
}
