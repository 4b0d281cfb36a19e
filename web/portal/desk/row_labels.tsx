import { useLive } from "../service/live_context.ts";

/** Most dots of a row. */
const mostDots = 3;

/** The labels of a room as dots, named in the tooltip. */
export function RowLabels({ labels }: { labels: readonly string[] }) {
  const { team } = useLive();
  const known = labels.map((id) => team.label(id)).filter((label) => label !== undefined);
  if (known.length === 0) return null;
  const names = known.map(({ name }) => name).join(", ");
  return (
    <span class="row-labels" title={names}>
      {known.slice(0, mostDots).map(({ id, colour }) => (
        <span key={id} class="label-dot" style={{ "--label": colour }} />
      ))}
      <span class="spoken">{names}</span>
    </span>
  );
}
