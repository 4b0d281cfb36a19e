import config from "../deno.json" with { type: "json" };

/** Parlor's own, as `deno.json` and the changelog have it. */
export const { version } = config;
