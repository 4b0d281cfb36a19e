import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { failureWords } from "../words/failure_words.ts";
import { say } from "../words/words.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

interface ConfirmProps {
  title: string;
  text: string;
  /** Label of the confirming button. */
  yes: string;
  act(): Promise<void>;
  close(): void;
}

/** Confirmation dialog for what is hard or impossible to undo; shows a failure. */
export function Confirm({ title, text, yes, act, close }: ConfirmProps) {
  const [isBusy, setBusy] = useState(false), [problem, setProblem] = useState("");
  const isAsking = useRef(true);
  useLayoutEffect(() => () => void (isAsking.current = false), []);
  const run = async () => {
    setBusy(true);
    setProblem("");
    // By then the user may have closed it and opened something else.
    await act().then(() => isAsking.current && close(), (error) => setProblem(failureWords(error)));
    setBusy(false);
  };
  return (
    <Dialog title={title} close={close}>
      <p>{text}</p>
      {problem && <p class="problem" role="alert">{problem}</p>}
      <div class="buttons">
        <Button onClick={close}>{say("cancel")}</Button>
        <Button kind="danger" busy={isBusy} onClick={run}>{yes}</Button>
      </div>
    </Dialog>
  );
}
