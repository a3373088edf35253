/**
 * The server's time, carried by the page's monotonic clock: a wrong or moved clock of the computer changes nothing. Of all samples
 * the one with the shortest way there and back counts, since it is the least uncertain.
 */
export class ServerClock {
  #offset = Date.now() - performance.now();
  #best = Infinity;

  /** The server's time in milliseconds since 1970; the computer's own before the first sample. */
  now() {
    return performance.now() + this.#offset;
  }

  /** A new connection: earlier samples may be older than a sleep of the computer. */
  begin(instant) {
    this.#offset = Date.parse(instant) - performance.now();
    this.#best = Infinity;
  }

  /** What the server answered to a question sent at `sentAt` of `performance.now()`. */
  sample(instant, sentAt) {
    const receivedAt = performance.now();
    if (sentAt === null) {
      return;
    }
    const way = receivedAt - sentAt;
    if (way <= this.#best) {
      this.#best = way;
      this.#offset = Date.parse(instant) + way / 2 - receivedAt;
    } else {
      this.#best *= 1.2; // so that clocks that drift apart are set again some time
    }
  }
}
