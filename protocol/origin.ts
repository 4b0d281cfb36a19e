import { z } from "zod";

/** An origin exactly as a browser writes it: scheme, host, port unless it is the scheme's own. No wildcard. */
export const Origin = z.string().max(300).refine((text) => {
  try {
    const url = new URL(text);
    return (url.protocol === "https:" || url.protocol === "http:") && url.origin === text;
  } catch {
    return false;
  }
}, "an origin such as https://www.example.com, without a path");
