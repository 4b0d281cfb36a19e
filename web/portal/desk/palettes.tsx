import { useLocation } from "preact-iso/router";
import { Icon } from "../controls/icon.tsx";
import { countOf } from "../inbox/tab.ts";
import { viewsOf } from "../rail/views.ts";
import { useLive } from "../service/live_context.ts";
import { boxPath } from "../shell/paths.ts";
import { locale, say } from "../words/words.ts";
import { Face } from "./face.tsx";
import { type Choice, Palette } from "./palette.tsx";
import { palette } from "./palette_state.ts";
import { SnoozePalette } from "./snooze_palette.tsx";
import { addStyle } from "../controls/add_style.ts";
import style from "./palette.css" with { type: "text" };

addStyle(style);

interface Props {
  consumers: readonly string[];
  close(): void;
}

/** The palette that is open. */
export function Palettes() {
  const { kind, consumers } = palette.value ?? {};
  const close = () => palette.value = undefined;
  const props = { consumers: consumers ?? [], close };
  switch (kind) {
    case "assign":
      return <AssignPalette {...props} />;
    case "label":
      return <LabelPalette {...props} />;
    case "snooze":
      return <SnoozePalette {...props} />;
    case "views":
      return <ViewsPalette {...props} />;
  }
  return null;
}

/** Whose the rooms are: a colleague's, a team's, nobody's. */
function AssignPalette({ consumers, close }: Props) {
  const { team, desk, inbox } = useLive();
  const room = consumers.length === 1 ? inbox.room(consumers[0]!).value : undefined;
  const you = team.you.value;
  const assign = (to: { agent?: string | null; team?: string | null }) => void desk.assign(consumers, to);
  const may = team.members.value.filter(({ role }) => role !== "observer");
  const own = may.filter(({ id }) => id === you?.id), others = may.filter(({ id }) => id !== you?.id);
  const people: Choice[] = [...own, ...others].map((member) => ({
    id: member.id,
    name: member.id === you?.id ? say("assign_me", { name: member.name }) : member.name,
    hint: say(`availability_${member.availability}`),
    mark: <Face id={member.id} name={member.name} avatarUrl={member.avatar_url} size={20} />,
    isOn: room?.assignee === member.id,
    pick: () => assign({ agent: member.id }),
  }));
  const nobody: Choice = {
    id: "nobody",
    name: say("assign_nobody"),
    mark: <span class="face-nobody" />,
    isOn: room !== undefined && room.assignee === undefined,
    pick: () => assign({ agent: null }),
  };
  const teams: Choice[] = team.teams.value.map(({ id, name }, i) => ({
    id,
    name,
    group: i === 0 ? say("teams") : undefined,
    mark: <Icon shape="users" />,
    isOn: room?.team === id,
    pick: () => assign({ team: id }),
  }));
  const noTeam: Choice[] = room?.team === undefined ? [] : [{
    id: "no-team",
    name: say("assign_no_team"),
    pick: () => assign({ agent: room.assignee ?? null, team: null }),
  }];
  return <Palette title={say("assign")} choices={[...people, nobody, ...teams, ...noTeam]} close={close} />;
}

/** Which labels the rooms have. On several rooms a label is on if all have it. */
function LabelPalette({ consumers, close }: Props) {
  const { team, desk, inbox } = useLive();
  const rooms = consumers.map((consumer) => inbox.room(consumer).value).filter((room) => room !== undefined);
  const choices: Choice[] = team.labels.value.map(({ id, name, colour }) => {
    const isOn = rooms.length > 0 && rooms.every(({ labels }) => labels.includes(id));
    return {
      ...{ id, name, isOn },
      mark: <span class="label-dot" style={{ "--label": colour }} />,
      pick: () => void desk.label(consumers, isOn ? { drop: [id] } : { add: [id] }),
    };
  });
  return (
    <Palette title={say("label")} choices={choices} isMulti close={close}>
      {choices.length === 0 && <p class="palette-none">{say("no_labels")}</p>}
    </Palette>
  );
}

/** The lists, where there is no room for the rail. */
function ViewsPalette({ close }: Props) {
  const live = useLive(), { route } = useLocation();
  const number = new Intl.NumberFormat(locale());
  const choices = viewsOf(live).flatMap(({ title, views }) =>
    views.map(({ tab, name, icon, colour }, i): Choice => {
      const count = countOf(live.inbox.counts.value, tab);
      return {
        ...{
          id: tab,
          name,
          group: i === 0 ? title : undefined,
          hint: count ? number.format(count) : undefined,
        },
        mark: icon ? <Icon shape={icon} /> : <span class="label-dot" style={{ "--label": colour }} />,
        isOn: live.inbox.tab.value === tab,
        pick: () => route(boxPath(tab)),
      };
    })
  );
  return <Palette title={say("lists")} choices={choices} close={close} />;
}
