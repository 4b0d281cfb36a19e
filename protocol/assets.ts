/** Files that a build wrote for browsers, by the path they are served at or, for pages, by name. */
export type Manifest = Record<string, AssetFile>;

export interface AssetFile {
  /** Its name in `distFolder`; `.br` and `.gz` are its compressed forms. */
  file: string;
  /** For `Content-Type`. */
  type: string;
  /** Of the plain form; the compressed ones share it. */
  etag: string;
}

/** The folder that the build writes and the service reads. */
export const distFolder = "dist";
