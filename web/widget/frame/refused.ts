import { mark, type ToHost } from "../bridge.ts";

/** Stands in for the chat on a site that may not show it: so that the site's owner hears why there is none. */
const origin = new URLSearchParams(location.search).get("origin") ?? "";
const message: ToHost = { type: "refused", key: "origin_not_allowed" };
parent.postMessage({ parlor: mark, ...message }, origin);
