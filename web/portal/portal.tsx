import { effect } from "@preact/signals";
import { render } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { LocationProvider } from "preact-iso/router";
import { blockFileDrop } from "../ui/block_file_drop.ts";
import { ErrorBoundary } from "./controls/error_boundary.tsx";
import { Button } from "./controls/button.tsx";
import { failureWords } from "./words/failure_words.ts";
import { lazy } from "./controls/lazy.tsx";
import { inboxPath, joinPath } from "./shell/paths.ts";
import { ownTexts } from "./words/own_text.ts";
import { preferences } from "./service/preferences.ts";
import { recall, session, signOut } from "./service/session.ts";
import { Shell } from "./shell/shell.tsx";
import { say, speak } from "./words/words.ts";
import { workspace, workspaces } from "./service/workspace.ts";

const JoinPage = lazy(async () => (await import("./join/join_page.tsx")).JoinPage);
const isJoining = location.pathname.replace(/\/+$/, "") === joinPath;

const SignInPage = lazy(async () => (await import("./auth/sign_in_page.tsx")).SignInPage);

/** The portal: the sign-in page, or the shell for a signed-in admin. */
function Portal() {
  const now = session.value;
  const wasOut = useRef(false);
  wasOut.current ||= now.state === "out";
  // One may sign out where nothing can be loaded.
  useEffect(() => void (now.state === "in" && SignInPage.preload()), [now.state]);
  switch (now.state) {
    case "unknown":
      return <p class="notice-page" role="status">{say("loading")}</p>;
    case "other":
      return (
        <div class="notice-page" role="alert">
          <h1>{say("other_title")}</h1>
          <p>{say("other_text", { name: now.username })}</p>
          <Button kind="main" onClick={() => location.assign(inboxPath)}>{say("other_load")}</Button>
        </div>
      );
    case "failed":
      return (
        <div class="notice-page" role="alert">
          <p>{failureWords(now.error)}</p>
          <Button kind="main" onClick={() => void recall()}>{say("try_again")}</Button>
        </div>
      );
    case "out":
      return isJoining ? <JoinPage /> : <SignInPage />;
    case "in":
      if (isJoining) return <JoinPage />;
      if (workspaces.value?.length === 0) return <NoWorkspace username={now.account.username} />;
      return (
        <LocationProvider scope="/messages">
          <Shell
            key={`${now.account.username} ${workspace.value}`}
            username={now.account.username}
            workspace={workspace.value!}
            hasEntered={wasOut.current}
          />
        </LocationProvider>
      );
  }
}

/** An account that was made for a workspace, and is a member of none any more. */
function NoWorkspace({ username }: { username: string }) {
  return (
    <div class="notice-page" role="alert">
      <h1>{say("no_workspace_title")}</h1>
      <p>{say("no_workspace_text", { name: username })}</p>
      <Button kind="main" onClick={() => void signOut()}>{say("sign_out")}</Button>
    </div>
  );
}

ownTexts();
// Anywhere in the page: the browser would otherwise navigate to the file.
for (const type of ["dragover", "drop"] as const) addEventListener(type, blockFileDrop);

/** The parts that are loaded later import this module: it must not wait at its top for one of them. */
async function start(): Promise<void> {
  let { language } = preferences.value;
  await Promise.all([speak(), recall()]);
  // Changed here or in another tab.
  effect(() => {
    if (preferences.value.language === language) return;
    language = preferences.value.language;
    void speak();
  });
  render(
    <ErrorBoundary>
      <Portal />
    </ErrorBoundary>,
    document.getElementById("portal")!,
  );
}

void start();
