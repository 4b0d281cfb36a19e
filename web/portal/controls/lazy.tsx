import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { say } from "../words/words.ts";
import { Button } from "./button.tsx";

/** Component whose code is loaded when it is first shown. Loading fails when a new release has removed the old code. */
export function lazy<P extends object>(load: () => Promise<FunctionComponent<P>>): FunctionComponent<P> {
  let loaded: FunctionComponent<P> | undefined;
  return function Lazy(props: P) {
    const [state, setState] = useState<"loading" | "there" | "failed">(loaded ? "there" : "loading");
    useEffect(() => {
      if (loaded) return;
      load().then((part) => (loaded = part, setState("there")), () => setState("failed"));
    }, []);
    if (state === "there") {
      const Part = loaded!;
      return <Part {...props} />;
    }
    if (state === "loading") return <div class="notice-page" role="status">{say("loading")}</div>;
    return (
      <div class="notice-page" role="alert">
        <p>{say("failed")}</p>
        <Button kind="main" onClick={() => location.reload()}>{say("reload")}</Button>
      </div>
    );
  };
}
