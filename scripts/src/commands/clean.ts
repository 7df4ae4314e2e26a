import { cleanPackages } from "../release/publish.ts";

// Removes the build output of the published packages.
await cleanPackages();
