// Runs in a librarian's page before anything else: keeps when a waiting chat of whom was first in the list.
window.sightings = {};
new MutationObserver(() => {
  for (const name of document.querySelectorAll(".item .open")) {
    window.sightings[name.textContent] ??= Date.now();
  }
}).observe(document, { subtree: true, childList: true, characterData: true });
