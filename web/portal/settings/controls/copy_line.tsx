import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { useEditor } from "../state/editor.ts";
import { idOf } from "./field.tsx";
import { say } from "../words/settings_words.ts";

/** Milliseconds for which the button shows "Copied". */
const saidMs = 2_000;

/** A read-only text with a copy button. */
export function CopyLine({ path, label, text }: { path: string; label: string; text: string }) {
  const editor = useEditor();
  const isCopied = useSignal(false);
  const area = useRef<HTMLTextAreaElement>(null);

  const copy = async () => {
    await copied(area.current!);
    isCopied.value = true;
    editor.announce(say("set_copied"));
    setTimeout(() => isCopied.value = false, saidMs);
  };

  return (
    <div class="set-field">
      <label for={idOf(path)}>{label}</label>
      <div class="set-copy">
        <textarea
          ref={area}
          class="set-input set-code"
          id={idOf(path)}
          dir="ltr"
          rows={Math.ceil(text.length / 60)}
          readonly
          spellcheck={false}
          value={text}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type="button" class="set-button" onClick={copy}>
          {say(isCopied.value ? "set_copied" : "set_copy")}
        </button>
      </div>
    </div>
  );
}

/** Clipboard API; over plain http, where there is none, `execCommand`. */
async function copied(area: HTMLTextAreaElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(area.value);
  } catch {
    const before = document.activeElement as HTMLElement | null;
    area.focus();
    area.select();
    document.execCommand("copy");
    before?.focus();
  }
}
