/** The tasks of turbo that check the repository without running a test. */
export const checks = ["check:format", "check:lint", "check:types", "check:drift", "check:api", "check:spec"];
