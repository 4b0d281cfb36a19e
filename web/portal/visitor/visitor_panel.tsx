import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { RoomAndVisitor, VisitorFacts } from "../../../protocol/portal.ts";
import { call } from "../service/calls.ts";
import { Avatar } from "../controls/avatar.tsx";
import { RoomProps } from "../desk/room_props.tsx";
import { Button, IconButton } from "../controls/button.tsx";
import { lazy } from "../controls/lazy.tsx";
import { Confirm } from "../controls/confirm.tsx";
import type { RoomView } from "../inbox/room_view.ts";
import { isWide } from "../shell/layout.ts";
import { roleMay } from "../service/roles.ts";
import { useLive } from "../service/live_context.ts";
import { nameOf } from "../words/names.ts";
import { failureWords } from "../words/failure_words.ts";
import { say } from "./visitor_words.ts";
import { Facts } from "./facts.tsx";

const MergeDialog = lazy(async () => (await import("./merge_dialog.tsx")).MergeDialog, () => null);
const ContactCard = lazy(async () => (await import("./contact_card.tsx")).ContactCard);

interface VisitorPanelProps {
  view: RoomView;
  close(): void;
  /** The visitor was deleted. */
  gone(): void;
}

/** Facts about a visitor, and actions. */
export function VisitorPanel({ view, close, gone }: VisitorPanelProps) {
  const { inbox, team } = useLive();
  const { consumer } = view;
  const facts = useFacts(view);
  const [asking, setAsking] = useState<"block" | "forget" | "merge">();
  const [problem, setProblem] = useState("");
  const name = nameOf(view);
  const path = encodeURIComponent(consumer);
  const block = async () => {
    const { room } = await call<{ room: RoomAndVisitor["room"] }>("POST", "/messages/api/blocked", {
      consumer,
    });
    inbox.put(room);
  };
  const unblock = async () => {
    setProblem("");
    await call<{ room: RoomAndVisitor["room"] }>("DELETE", `/messages/api/blocked/${path}`)
      .then(({ room }) => inbox.put(room), (error) => setProblem(failureWords(error)));
  };
  const forget = async () => {
    await call("DELETE", `/messages/api/rooms/${path}`);
    gone();
  };
  const panel = useRef<HTMLElement>(null);
  // Where it overlays the thread, it traps the focus while open and returns it to its button.
  useLayoutEffect(() => {
    const aside = panel.current!;
    if (!isWide.value) aside.querySelector<HTMLElement>(".panel-close")!.focus();
    return () => {
      if (!aside.contains(document.activeElement)) return;
      document.querySelector<HTMLElement>(`[aria-controls=${aside.id}]`)?.focus();
    };
  }, []);
  const keyed = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || isWide.value || asking) return;
    event.preventDefault();
    close();
  };
  return (
    <aside class="panel" id="visitor-panel" aria-label={say("details")} ref={panel} onKeyDown={keyed}>
      <header>
        <h2>{say("about")}</h2>
        <IconButton class="panel-close" icon="close" label={say("close")} onClick={close} />
      </header>
      <div class="panel-face">
        <Avatar
          consumer={consumer}
          name={view.visitor?.name ?? view.visitor?.email}
          online={view.online}
          size="large"
        />
        <p class="panel-name">
          <bdi>{name}</bdi>
        </p>
        {view.visitor && <Profile visitor={view.visitor} />}
      </div>
      <RoomProps view={view} />
      <ContactCard view={view} facts={facts} />
      <Facts view={view} facts={facts} />
      <div class="panel-acts">
        {view.blocked
          ? <Button kind="quiet" icon="reopen" onClick={unblock}>{say("unblock")}</Button>
          : <Button kind="quiet" icon="block" onClick={() => setAsking("block")}>{say("block")}</Button>}
        {roleMay(team.you.value?.role ?? "owner", "content") && (
          <Button
            kind="quiet"
            icon="users"
            onClick={() => setAsking("merge")}
          >
            {say("merge")}
          </Button>
        )}
        <Button kind="quiet" icon="trash" class="grave" onClick={() => setAsking("forget")}>
          {say("forget")}
        </Button>
        {problem && <p class="problem" role="alert">{problem}</p>}
      </div>
      {asking === "block" && (
        <Confirm
          title={say("block_title", { name })}
          text={say("block_text")}
          yes={say("block")}
          act={block}
          close={() => setAsking(undefined)}
        />
      )}
      {asking === "merge" && <MergeDialog view={view} close={() => setAsking(undefined)} />}
      {asking === "forget" && (
        <Confirm
          title={say("forget_title", { name })}
          text={say("forget_text")}
          yes={say("delete_for_good")}
          act={forget}
          close={() => setAsking(undefined)}
        />
      )}
    </aside>
  );
}

function Profile({ visitor }: { visitor: NonNullable<RoomView["visitor"]> }) {
  const { name, email, verified } = visitor;
  return (
    <>
      {name && email && <a class="panel-email" href={`mailto:${email}`}>{email}</a>}
      <p
        class={`badge ${verified ? "good" : ""}`}
        title={say(verified ? "verified_hint" : "unverified_hint")}
      >
        {say(verified ? "verified" : "unverified")}
      </p>
    </>
  );
}

/** The visitor's facts; reloaded when the visitor connects or leaves, the status changes, or the service is back. */
function useFacts({ consumer, online, status }: RoomView): VisitorFacts | undefined {
  const [facts, setFacts] = useState<{ consumer: string; visitor: VisitorFacts }>();
  const isCut = useLive().isCut.value;
  useEffect(() => {
    if (isCut) return;
    let isWanted = true;
    call<RoomAndVisitor>("GET", `/messages/api/rooms/${encodeURIComponent(consumer)}`)
      .then(({ visitor }) => isWanted && setFacts({ consumer, visitor }), () => {});
    return () => void (isWanted = false);
  }, [consumer, online, status, isCut]);
  return facts?.consumer === consumer ? facts.visitor : undefined;
}
