import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";

/** Colours of a chart, as the style sheet has them in the present theme. */
export type Colours = Record<"ink" | "line" | "paper" | "person" | "bot" | "nobody", string>;

/** Draws a chart into its place, again when what it shows, its width or the theme changes. */
export function Chart({ height, build }: {
  height: number;
  build(colours: Colours, width: number): { options: uPlot.Options; data: uPlot.AlignedData };
}) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current!;
    let plot: uPlot | undefined;
    const draw = () => {
      plot?.destroy();
      const { options, data } = build(coloursOf(element), Math.max(240, element.clientWidth));
      plot = new uPlot({ ...options, height }, data, element);
    };
    // Reports its first size at once, and so draws.
    const sizes = new ResizeObserver(draw), themes = new MutationObserver(draw);
    sizes.observe(element);
    themes.observe(document.documentElement, { attributeFilter: ["data-theme", "style", "lang"] });
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", draw);
    return () => {
      sizes.disconnect();
      themes.disconnect();
      dark.removeEventListener("change", draw);
      plot?.destroy();
    };
  }, [build]);
  // What it shows stands in the tables beside it.
  return <div class="rep-chart" ref={place} data-height={height} aria-hidden="true" dir="ltr" />;
}

/** A custom property with `light-dark()` has a colour only where it is used. */
function coloursOf(element: HTMLElement): Colours {
  const probe = document.createElement("i");
  element.append(probe);
  const names = ["ink", "line", "paper", "person", "bot", "nobody"] as const;
  const found = names.map((name) => {
    probe.className = `rep-colour-${name}`;
    return [name, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(found);
}

const font = "12px system-ui, sans-serif";

/** What both charts have: days from left to right, a scale from zero, and nothing that follows the pointer. */
export function plain(
  { ink, line }: Colours,
  { names, width, series, top }: { names: string[]; width: number; series: uPlot.Series[]; top: number },
): uPlot.Options {
  const axis = { stroke: ink, font, ticks: { show: false } };
  return {
    ...{ width, height: 0, pxAlign: true, legend: { show: false }, cursor: { show: false } },
    padding: [8, 8, 0, 0],
    scales: {
      x: { time: false, range: () => [-0.6, names.length - 0.4] },
      y: { range: () => [0, Math.max(top, 1)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 28,
        splits: () => labelled(names.length),
        values: (_, at) => at.map((i) => names[i] ?? ""),
      },
      {
        ...axis,
        grid: { stroke: line, width: 1 },
        size: 40,
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000],
      },
    ],
    series: [{}, ...series],
  };
}

/** Days that have a name below them: the last, and others evenly before it. */
function labelled(days: number): number[] {
  const step = Math.max(1, Math.ceil(days / 5));
  const found: number[] = [];
  for (let day = days - 1; day >= 0; day -= step) found.unshift(day);
  return found;
}

/** The next round number above, for the end of a scale. */
export function roundedUp(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  return [1, 1.5, 2, 3, 4, 5, 7.5, 10].map((n) => n * power).find((n) => n >= most) ?? most;
}
