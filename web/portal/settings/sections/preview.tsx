import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { ChatbotPublic, ChatbotSettings } from "../../../../protocol/chatbot.ts";
import { isColour, textOn } from "../../../ui/accent.ts";
import { openFrame } from "../../../widget/host_page/frame_link.ts";
import { service } from "../../service/service.ts";
import { useEditor } from "../state/editor.ts";
import { Segments } from "../controls/segments.tsx";
import { say } from "../words/settings_words.ts";

/** The real widget panel with the settings of the draft, and the launcher. */
export function Preview() {
  const { workspace, draft } = useEditor();
  const online = useSignal<"here" | "away">("here");
  const theme = useSignal<"auto" | "light" | "dark">("auto");
  const box = useRef<HTMLDivElement>(null);
  const link = useRef<ReturnType<typeof openFrame>>(undefined);
  const now = draft.now.value!;
  const saved = draft.saved.value!;
  // The frame's policy allows pictures from the saved host only; a reloaded frame allows the new one.
  const picture = originOf(saved.avatar_url);

  useEffect(() => {
    link.current = openFrame(box.current!, service, {
      path: `/widget/frame?admin=${encodeURIComponent(workspace)}&origin=${location.origin}`,
      title: say("set_preview"),
      heard: () => {},
      failed: () => {},
    });
    return () => link.current!.remove();
  }, [workspace, picture]);

  useEffect(() => {
    const own = document.documentElement.dataset.theme as "light" | "dark" | undefined;
    const wanted = theme.value === "auto" ? own ?? "auto" : theme.value;
    link.current!.post({ type: "settings", settings: { theme: wanted } });
    link.current!.post({
      type: "preview",
      chatbot: shown(workspace, now, saved),
      online: online.value === "here",
      sample: say("set_sample"),
    });
  }, [now, picture, online.value, theme.value]);

  const isTold = now.avatar_url !== "" && originOf(now.avatar_url) !== picture;
  return (
    <aside class="set-preview" aria-label={say("set_preview")}>
      <div class="set-stage" ref={box} data-side={now.position} data-theme={theme.value} inert />
      <Launcher {...shown(workspace, now, saved)} />
      <div class="set-row">
        <Segments
          name="set-preview-online"
          label={say("set_preview_online")}
          options={[["here", say("set_here")], ["away", say("set_away")]]}
          value={online.value}
          onChange={(value) => online.value = value}
        />
        <Segments
          name="set-preview-theme"
          label={say("set_preview_theme")}
          options={[["auto", say("set_auto")], ["light", say("set_light")], ["dark", say("set_dark")]]}
          value={theme.value}
          onChange={(value) => theme.value = value}
        />
      </div>
      {isTold && <p class="set-hint">{say("set_picture_later")}</p>}
    </aside>
  );
}

/** The public settings, with the last valid value in place of one that is being typed. */
function shown(username: string, now: ChatbotSettings, saved: ChatbotSettings): ChatbotPublic {
  const { allowed_origins: _, collect: __, ...open } = now;
  const isPicture = originOf(now.avatar_url) === originOf(saved.avatar_url);
  return {
    ...open,
    username,
    title: now.title.trim() || saved.title,
    accent: isColour(now.accent) ? now.accent : saved.accent,
    avatar_url: isPicture ? now.avatar_url : "",
  };
}

function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : "";
}

function Launcher({ accent, position, launcher_text }: ChatbotPublic) {
  return (
    <div class="set-launcher" data-side={position} aria-hidden="true">
      <span style={{ background: accent, color: textOn(accent) }}>
        <i />
        {launcher_text}
      </span>
    </div>
  );
}
