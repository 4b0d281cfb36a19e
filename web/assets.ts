/** What the build wrote, by the path it is served at or, for pages, by name. */
export type Manifest = Record<string, { file: string; type: string; etag: string }>;

/** Where the build writes and the service reads. */
export const distFolder = "dist";
