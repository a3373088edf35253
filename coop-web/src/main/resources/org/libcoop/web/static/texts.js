/**
 * The words of the widget, and of what it shares with other pages, in the reader's language: one file a language in `texts/`, all of the
 * same keys. The language is that of the script's `data-lang`, else the page's, else the browser's first that there is, else English. It is
 * there before any module that imports this one runs.
 */

const LANGUAGES = ["en", "es", "de"];

/** The language of all words here. */
export const language = wanted().find((tag) => LANGUAGES.includes(tag)) ?? LANGUAGES[0];

const words = await load(language);

function wanted() {
  const said = document.querySelector("script[data-widget][data-lang]")?.dataset.lang;
  return [said, document.documentElement.lang, ...navigator.languages].filter(Boolean).map((tag) => tag.split("-")[0].toLowerCase());
}

async function load(tag) {
  for (const one of [tag, tag, LANGUAGES[0]]) {
    try {
      const answer = await fetch(new URL(`texts/${one}.json`, import.meta.url));
      if (answer.ok) {
        return await answer.json();
      }
    } catch {
      // once more, then English
    }
  }
  return {};
}

/** The text of a key, with `{name}` in it replaced by the value of that name. */
export function t(key, values = {}) {
  return (words[key] ?? key).replaceAll(/\{(\w+)\}/gu, (all, name) => values[name] ?? all);
}

/** The same as a list of texts and nodes, for values that are nodes. */
export function parts(key, values) {
  return (words[key] ?? key).split(/(\{\w+\})/u).filter((part) => part !== "").map((part) => values[part.slice(1, -1)] ?? part);
}

/** Whether there is a text of this key. */
export function has(key) {
  return Object.hasOwn(words, key);
}
