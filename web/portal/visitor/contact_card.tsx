import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import type { ContactSeen, RoomAndVisitor, VisitorFacts } from "../../../protocol/portal.ts";
import { maxContactFields } from "../../../protocol/limits.ts";
import { addStyle } from "../controls/add_style.ts";
import { Button } from "../controls/button.tsx";
import type { RoomView } from "../inbox/room_view.ts";
import { call, CallFailed } from "../service/calls.ts";
import { useLive } from "../service/live_context.ts";
import { roleMay } from "../service/roles.ts";
import { failureWords } from "../words/failure_words.ts";
import { partWords } from "../words/words.ts";
import { contactStrings } from "./contact_strings.ts";
import style from "./contact.css" with { type: "text" };

addStyle(style);
const { say } = await partWords(contactStrings, { ar: () => import("./contact_strings_ar.ts") });

const lines = ["name", "email", "phone", "company"] as const;
type Change = Record<string, unknown>;
type Contact = Partial<ContactSeen>;

/** What agents wrote about a visitor, each value edited in place; and apart from it, who the visitor or the site says it is. */
export function ContactCard(
  { view: { consumer }, facts }: { view: RoomView; facts: VisitorFacts | undefined },
) {
  const { inbox, team } = useLive();
  const contact = useSignal<Contact>({}), saved = useSignal(false);
  useEffect(() => void (contact.value = facts?.contact ?? {}), [facts]);
  if (!facts) return null;
  const mayWrite = roleMay(team.you.value?.role ?? "owner", "write");
  /** Returns what is wrong; where somebody else was first, the card then shows what it is by now. */
  const save = async (change: Change, expect: Change): Promise<string> => {
    saved.value = false;
    try {
      const path = `/messages/api/rooms/${encodeURIComponent(consumer)}/visitor`;
      const answer = await call<{ room: RoomAndVisitor["room"]; contact: ContactSeen | null }>(
        "PATCH",
        path,
        { ...change, expect },
      );
      contact.value = answer.contact ?? {};
      inbox.put(answer.room);
      saved.value = true;
      return "";
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      if (error.code !== "conflict") return Object.values(error.fields)[0] ?? failureWords(error);
      const fresh = await call<RoomAndVisitor>("GET", `/messages/api/rooms/${encodeURIComponent(consumer)}`);
      contact.value = fresh.visitor.contact ?? {};
      return say("contact_changed");
    }
  };
  const { said } = facts, fields = Object.entries(contact.value.fields ?? {});
  return (
    <section class="contact" aria-labelledby="contact-heading">
      <h3 id="contact-heading">{say("contact")}</h3>
      {lines.map((line) => (
        <Line
          key={line}
          label={say(`contact_${line}`)}
          value={contact.value[line] ?? ""}
          isDisabled={!mayWrite}
          save={(value) => save({ [line]: value || null }, { [line]: contact.value[line] ?? null })}
        />
      ))}
      {fields.map(([name, value]) => (
        <Line
          key={name}
          label={name}
          value={value}
          isDisabled={!mayWrite}
          save={(next) =>
            save(
              { fields: { [name]: next || null } },
              { fields: { [name]: contact.value.fields?.[name] ?? null } },
            )}
        />
      ))}
      {mayWrite && fields.length < maxContactFields && (
        <NewField add={(name, value) => save({ fields: { [name]: value } }, { fields: { [name]: null } })} />
      )}
      {said && (said.name || said.email) && (
        <p class="contact-said">
          {say(said.verified ? "contact_signed" : "contact_claimed")}:{" "}
          <bdi>{[said.name, said.email].filter(Boolean).join(", ")}</bdi>
        </p>
      )}
      <p class="spoken" role="status">{saved.value ? say("contact_saved") : ""}</p>
    </section>
  );
}

interface LineProps {
  label: string;
  value: string;
  isDisabled: boolean;
  save(value: string): Promise<string>;
}

/** A value that looks like text until it is edited: Enter or leaving it saves, Escape restores. */
function Line({ label, value, isDisabled, save }: LineProps) {
  const id = useId(), typed = useSignal<string | undefined>(undefined), problem = useSignal("");
  const last = useRef(Promise.resolve());
  const finish = async () => {
    const next = typed.value?.trim();
    if (next === undefined || next === value) return void (typed.value = undefined);
    problem.value = await save(next);
    const isOver = !problem.value || problem.value === say("contact_changed");
    if (isOver && typed.value?.trim() === next) typed.value = undefined;
  };
  // One after another: leaving the field while Enter still saves would else meet its own change.
  const finishLater = () => void (last.current = last.current.then(finish));
  return (
    <div class="contact-line">
      <label for={id}>
        <bdi>{label}</bdi>
      </label>
      <input
        id={id}
        dir={typed.value ?? value ? "auto" : undefined}
        autocomplete="off"
        placeholder={isDisabled ? "" : say("contact_add")}
        disabled={isDisabled}
        value={typed.value ?? value}
        aria-invalid={problem.value ? true : undefined}
        aria-describedby={problem.value ? `${id}-problem` : undefined}
        onInput={({ currentTarget }) => typed.value = currentTarget.value}
        onBlur={finishLater}
        onKeyDown={(event) => {
          if (event.key === "Enter") finishLater();
          if (event.key !== "Escape" || typed.value === undefined) return;
          event.preventDefault();
          event.stopPropagation();
          typed.value = undefined;
          problem.value = "";
        }}
      />
      {problem.value && <p class="problem" id={`${id}-problem`} role="alert">{problem.value}</p>}
    </div>
  );
}

/** Adds a field of the agents' own. */
function NewField({ add }: { add(name: string, value: string): Promise<string> }) {
  const isOpen = useSignal(false), name = useSignal(""), value = useSignal(""), problem = useSignal("");
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!name.value.trim() || !value.value.trim()) return;
    problem.value = await add(name.value.trim(), value.value.trim());
    if (problem.value) return;
    name.value = value.value = "";
    isOpen.value = false;
  };
  if (!isOpen.value) {
    return <Button kind="quiet" onClick={() => isOpen.value = true}>{say("contact_add_field")}</Button>;
  }
  return (
    <form class="contact-new" onSubmit={submit} noValidate>
      <input
        aria-label={say("contact_field_name")}
        placeholder={say("contact_field_name")}
        maxLength={40}
        value={name.value}
        ref={(input) => void (document.activeElement === document.body && input?.focus())}
        onInput={({ currentTarget }) => name.value = currentTarget.value}
      />
      <input
        aria-label={name.value || say("contact_add")}
        placeholder={say("contact_add")}
        maxLength={500}
        value={value.value}
        onInput={({ currentTarget }) => value.value = currentTarget.value}
      />
      <Button type="submit">{say("contact_add")}</Button>
      {problem.value && <p class="problem" role="alert">{problem.value}</p>}
    </form>
  );
}
