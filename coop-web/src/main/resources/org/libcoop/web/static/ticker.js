/**
 * Timers that keep their beat in a background tab. Browsers slow the timers of a hidden page down to one a minute, which would
 * silence a heartbeat and cost a librarian the chats in that tab; the timers of a worker are left alone. Where no worker can be had
 * (another origin, an old browser) the page's own timers serve.
 */

let worker = null;
let lastId = 0;
const waiting = new Map();

function start() {
  if (worker !== null) {
    return;
  }
  try {
    worker = new Worker(new URL("./ticker-worker.js", import.meta.url));
    worker.addEventListener("message", (event) => fire(event.data));
    worker.addEventListener("error", fallBack);
  } catch {
    worker = false;
  }
}

/** The worker could not be loaded: what it was to wake is woken by the page's own timers instead. */
function fallBack() {
  worker = false;
  for (const [id, { due }] of waiting) {
    setTimeout(fire, Math.max(0, due - performance.now()), id);
  }
}

function fire(id) {
  const timer = waiting.get(id);
  if (timer) {
    waiting.delete(id);
    timer.task();
  }
}

/** Runs `task` once, `millis` from now. Returns a function that cancels it. */
export function after(millis, task) {
  start();
  const id = ++lastId;
  waiting.set(id, { task, due: performance.now() + millis });
  if (worker) {
    worker.postMessage({ id, millis });
  } else {
    setTimeout(fire, millis, id);
  }
  return () => waiting.delete(id);
}
