import type { Sla, SlaTargets } from "../../../../../protocol/sla.ts";
import { useLive } from "../../../service/live_context.ts";
import { Field, idOf, ties } from "../../controls/field.tsx";
import { Group, Section } from "../../controls/section.tsx";
import { Switch } from "../../controls/switch.tsx";
import { useEditor } from "../../state/editor.ts";
import { locale, say } from "../../words/settings_words.ts";

const names = ["first_reply", "next_reply", "resolve"] as const satisfies (keyof SlaTargets)[];
const none: SlaTargets = { first_reply: null, next_reply: null, resolve: null };
const maxMinutes = 40_320;

/** How soon the team wants to answer, in minutes within business hours; teams may have their own. */
export function TargetsSection() {
  const { draft } = useEditor();
  const { team } = useLive();
  const { sla } = draft.now.value!;
  const set = (change: Partial<Sla>) => draft.set({ sla: { ...sla, ...change } });
  const setTeam = (id: string, targets: SlaTargets | undefined) => {
    const others = sla.teams.filter((one) => one.team !== id);
    set({ teams: targets ? [...others, { ...targets, team: id }] : others });
  };
  return (
    <Section name="targets">
      <Group>
        <Targets path="sla" targets={sla} onChange={(name, minutes) => set({ [name]: minutes })} />
        <p class="set-hint">{say("set_targets_hint")}</p>
      </Group>
      {team.teams.value.map(({ id, name }) => {
        const at = sla.teams.findIndex((one) => one.team === id), own = sla.teams[at];
        return (
          <Group key={id} title={name}>
            <Switch
              path={`sla.own.${id}`}
              label={say("set_targets_own", { name })}
              isOn={own !== undefined}
              onChange={(isOn) => setTeam(id, isOn ? { ...none } : undefined)}
            />
            {own && (
              <Targets
                path={`sla.teams.${at}`}
                targets={own}
                onChange={(name, minutes) => setTeam(id, { ...own, [name]: minutes })}
              />
            )}
          </Group>
        );
      })}
    </Section>
  );
}

interface TargetsProps {
  path: string;
  targets: SlaTargets;
  onChange(name: keyof SlaTargets, minutes: number | null): void;
}

function Targets({ path, targets, onChange }: TargetsProps) {
  const { draft } = useEditor();
  return (
    <div class="set-targets">
      {names.map((name) => {
        const minutes = targets[name];
        const field = {
          path: `${path}.${name}`,
          label: say(`set_target_${name}`),
          hint: minutes === null ? say("set_target_none") : lengthOf(minutes),
          problem: draft.wrong.value[`${path}.${name}`],
        };
        return (
          <Field key={name} {...field}>
            <input
              type="number"
              inputmode="numeric"
              class="set-input"
              id={idOf(field.path)}
              min={1}
              max={maxMinutes}
              value={minutes ?? ""}
              onInput={({ currentTarget: { value } }) =>
                onChange(name, value === "" ? null : Math.trunc(Number(value)))}
              {...ties(field)}
            />
          </Field>
        );
      })}
    </div>
  );
}

/** Working minutes as people say them. */
function lengthOf(minutes: number): string {
  const unit = (n: number, unit: string) =>
    new Intl.NumberFormat(locale(), { style: "unit", unit, unitDisplay: "long" }).format(n);
  const hours = Math.floor(minutes / 60), rest = minutes % 60;
  const parts = [hours && unit(hours, "hour"), (rest || hours === 0) && unit(rest, "minute")].filter(
    Boolean,
  ) as string[];
  return new Intl.ListFormat(locale(), { type: "unit", style: "narrow" }).format(parts);
}
