import { useEffect, useState } from "preact/hooks";
import { say } from "../words/words.ts";
import { Button } from "./button.tsx";

/** A read-only text with a copy button. */
export function CopyLine({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => navigator.clipboard.writeText(text).then(() => setCopied(true), () => {});
  return (
    <div class="copy-line">
      <code tabIndex={0} role="textbox" aria-readonly="true" aria-label={label}>{text}</code>
      <Button icon={copied ? "check" : "copy"} onClick={copy}>{say(copied ? "copied" : "copy")}</Button>
      <span class="spoken" role="status">{copied ? say("copied") : ""}</span>
    </div>
  );
}
