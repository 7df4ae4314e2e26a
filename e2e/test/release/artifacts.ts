import { cp, stat } from "node:fs/promises";
import { basename, join } from "node:path";

/** The files that one job of a workflow uploads and another downloads. */
export interface Artifacts {
  /** Stores a file or the contents of a folder. @returns the artifact's id. */
  upload(path: string): Promise<string>;
  /** Copies an artifact into a new folder. */
  download(id: string): Promise<string>;
}

export function createArtifacts(folder: string): Artifacts {
  let count = 0;
  const stored = (id: string) => join(folder, `stored-${id}`);
  return {
    upload: async (path) => {
      count += 1;
      const id = `${count}`;
      const isFolder = (await stat(path)).isDirectory();
      await cp(path, isFolder ? stored(id) : join(stored(id), basename(path)), { recursive: true });
      return id;
    },
    download: async (id) => {
      count += 1;
      const target = join(folder, `downloaded-${count}`);
      await cp(stored(id), target, { recursive: true });
      return target;
    },
  };
}
