import { inboxPath } from "./paths.ts";
import { say } from "../words/words.ts";

/** Page for an unknown address, with a link back. */
export function NotFoundPage() {
  return (
    <main class="middle notice-page" id="main" tabIndex={-1}>
      <h1>{say("not_found_title")}</h1>
      <p>{say("not_found_text")}</p>
      <a class="button main" href={inboxPath}>{say("to_inbox")}</a>
    </main>
  );
}
