import { z } from "zod";
import { httpsOrigin, isOrigin, maxOriginLength } from "./is_origin.ts";

/** An origin exactly as a browser writes it: scheme, host, port unless it is the scheme's default. No wildcard. */
export const Origin = z.string().max(maxOriginLength).refine(
  isOrigin,
  "an origin such as https://www.example.com, without a path",
);

/** An https address whose origin a policy can name. */
export const HttpsUrl = z.url({ protocol: /^https$/, error: "an https:// address" }).max(500)
  .refine((address) => httpsOrigin(address) !== undefined, "an https:// address");
