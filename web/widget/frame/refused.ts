import { mark, type ToHost } from "../bridge.ts";

/** Shown instead of the chat on a site that is not allowed, so that its owner learns the reason. */
const origin = new URLSearchParams(location.search).get("origin") ?? "";
const message: ToHost = { type: "refused", key: "origin_not_allowed" };
parent.postMessage({ parlor: mark, ...message }, origin);
