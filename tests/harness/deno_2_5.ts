/** Whether these tests run on Deno 2.5, which cannot do all that later versions do. */
export const isDeno2_5: boolean = Deno.version.deno.startsWith("2.5.");
