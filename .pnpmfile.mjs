// The packages that hold Node say `"os": "win32"`, where pnpm expects a list, and would install Node for Windows everywhere.
export const hooks = {
  readPackage(manifest) {
    for (const key of ["os", "cpu"]) if (typeof manifest[key] === "string") manifest[key] = [manifest[key]];
    return manifest;
  },
};
