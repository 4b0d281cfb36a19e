/** What a build wrote for browsers, by the path it is served at or, for pages, by name. */
export type Manifest = Record<string, AssetFile>;

export interface AssetFile {
  /** Its name in `distFolder`; `.br` and `.gz` are its compressed forms. */
  file: string;
  /** For `Content-Type`. */
  type: string;
  /** Of the plain form; the compressed ones share it. */
  etag: string;
}

/** Where the build writes and the service reads. */
export const distFolder = "dist";
