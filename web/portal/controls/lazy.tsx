import type { ComponentChild, FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { say } from "../words/words.ts";
import { Button } from "./button.tsx";

/** A component whose code is loaded when it is first shown, or before by `preload`. */
export type Lazy<P> = FunctionComponent<P> & { preload(): void };

/**
 * Component whose code is loaded when it is first shown. Loading fails when a new release has removed the old code.
 * `waiting`: what is shown meanwhile, instead of words.
 */
export function lazy<P extends object>(
  load: () => Promise<FunctionComponent<P>>,
  waiting?: () => ComponentChild,
): Lazy<P> {
  let loaded: FunctionComponent<P> | undefined;
  const loadOnce = () => load().then((part) => loaded = part);
  function LazyPart(props: P) {
    const [state, setState] = useState<"loading" | "there" | "failed">(loaded ? "there" : "loading");
    useEffect(() => {
      if (loaded) return setState("there");
      loadOnce().then(() => setState("there"), () => setState("failed"));
    }, []);
    if (state === "there" || loaded) {
      const Part = loaded!;
      return <Part {...props} />;
    }
    if (state === "loading") {
      return waiting ? <>{waiting()}</> : <div class="notice-page" role="status">{say("loading")}</div>;
    }
    return (
      <div class="notice-page" role="alert">
        <p>{say("failed")}</p>
        <Button kind="main" onClick={() => location.reload()}>{say("reload")}</Button>
      </div>
    );
  }
  return Object.assign(LazyPart, { preload: () => void loadOnce().catch(() => {}) });
}
