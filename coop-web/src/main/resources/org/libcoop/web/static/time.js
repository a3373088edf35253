/** Times and durations for people. */

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });

/** `3:07`, or `1:02:09` above an hour; what is negative counts as zero. */
export function duration(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [hours, minutes, rest] = parts.map((part) => String(part).padStart(2, "0"));
  return parts[0] > 0 ? `${parts[0]}:${minutes}:${rest}` : `${Number(minutes)}:${rest}`;
}

/** `12 s` or `2 min`, rounded up: what it counts down to is never there before it says zero. */
export function countdown(millis) {
  const seconds = Math.max(0, Math.ceil(millis / 1000));
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

/** The time of day of an instant, where the reader is. */
export function clockTime(instant) {
  return CLOCK.format(new Date(instant));
}
