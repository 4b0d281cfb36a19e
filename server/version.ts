import config from "../deno.json" with { type: "json" };

/** Parlor's version, from `deno.json`. */
export const { version } = config;
