/* The worker's half of ticker.js: says when a time is over. */
self.addEventListener("message", (event) => {
  const { id, millis } = event.data;
  setTimeout(() => self.postMessage(id), millis);
});
