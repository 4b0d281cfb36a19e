import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { say } from "../words.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

interface ConfirmProps {
  title: string;
  text: string;
  /** The words of the button that does it. */
  yes: string;
  act(): Promise<void>;
  close(): void;
}

/** Asks before something that is hard or impossible to undo; says so if it failed. */
export function Confirm({ title, text, yes, act, close }: ConfirmProps) {
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const isAsking = useRef(true);
  useLayoutEffect(() => () => void (isAsking.current = false), []);
  const run = async () => {
    setState("busy");
    // Whoever did not wait for the answer may have something else open by then.
    await act().then(() => isAsking.current && close(), () => setState("failed"));
  };
  return (
    <Dialog title={title} close={close}>
      <p>{text}</p>
      {state === "failed" && <p class="problem" role="alert">{say("failed")}</p>}
      <div class="buttons">
        <Button onClick={close}>{say("cancel")}</Button>
        <Button kind="danger" busy={state === "busy"} onClick={run}>{yes}</Button>
      </div>
    </Dialog>
  );
}
