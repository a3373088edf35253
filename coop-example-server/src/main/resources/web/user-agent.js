/** Browser and system out of what a browser says of itself, for people who help with downloads: a hint, never a fact. */

const BROWSERS = [
  [/\bEdg(?:A|iOS)?\/(\d+)/u, "Edge"],
  [/\b(?:OPR|Opera)\/(\d+)/u, "Opera"],
  [/\bSamsungBrowser\/(\d+)/u, "Samsung Internet"],
  [/\b(?:Firefox|FxiOS)\/(\d+)/u, "Firefox"],
  [/\b(?:Headless)?(?:Chrome|CriOS|Chromium)\/(\d+)/u, "Chrome"],
  [/\bVersion\/(\d+)[\d.]* (?:Mobile\/\w+ )?Safari\//u, "Safari"],
];

const SYSTEMS = [
  [/\biPad\b/u, "iPadOS"],
  [/\biPhone\b/u, "iOS"],
  [/\bAndroid\b/u, "Android"],
  [/\bCrOS\b/u, "ChromeOS"],
  [/\bWindows\b/u, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/u, "macOS"],
  [/\bLinux\b/u, "Linux"],
];

/** `Firefox 128 on Linux`; the text itself, shortened, where nothing is recognised. */
export function browserAndSystem(userAgent) {
  const browser = BROWSERS.map(([pattern, name]) => [pattern.exec(userAgent), name]).find(([found]) => found);
  const system = SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1];
  if (!browser) {
    return system ?? userAgent.slice(0, 80);
  }
  const named = `${browser[1]} ${browser[0][1]}`;
  return system ? `${named} on ${system}` : named;
}
