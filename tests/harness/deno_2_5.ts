/** Whether the tests run on Deno 2.5, which lacks some features of later versions. */
export const isDeno2_5: boolean = Deno.version.deno.startsWith("2.5.");
