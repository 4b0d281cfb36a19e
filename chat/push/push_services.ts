/**
 * The push services of the browsers there are. An address elsewhere is refused: this process would otherwise send
 * requests wherever somebody who is signed in tells it to.
 */
const services = [
  "fcm.googleapis.com",
  "push.services.mozilla.com",
  "push.apple.com",
  "notify.windows.com",
];

/** Whether an endpoint is a browser's push service. */
export function isPushService(endpoint: string): boolean {
  const url = URL.parse(endpoint);
  return url?.protocol === "https:" && url.port === "" && url.username === "" &&
    services.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
}
