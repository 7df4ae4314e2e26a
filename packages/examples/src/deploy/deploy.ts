// Deploys a customizer: builds it, finds or creates it by name, uploads, links, checks, and goes back if the check fails.
import { parseArgs } from "node:util";
import { clientFromEnvironment } from "@isc-customizers/client/node";
import { buildProject, defaultProject } from "./build-project.ts";
import { deploy } from "./deployment.ts";

const usage = `Usage: pnpm example deploy [options]

  --project FOLDER  the customizer's project, whose script \`package\` builds the zip; by default, the one in packages/examples
  --zip FILE        a zip that is built already, in place of --project; needs --name
  --name NAME       the name of the customizer; by default, the name in the project's package.json
  --instance NAME   name or id of a connector instance to link the customizer to; can be repeated
  --check COMMAND   a command that tests the deployed customizer, whose id is in CUSTOMIZER_ID; an exit code other than 0 fails
  --records FOLDER  where the deployed archives are kept for the way back; by default, .deployments
  --help            this text

The tenant is in SAIL_BASE_URL, SAIL_CLIENT_ID and SAIL_CLIENT_SECRET.
`;

const { values } = parseArgs({
  options: {
    project: { type: "string", default: defaultProject },
    zip: { type: "string" },
    name: { type: "string" },
    instance: { type: "string", multiple: true, default: [] },
    check: { type: "string" },
    records: { type: "string", default: ".deployments" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log(usage);
} else if (values.zip !== undefined && values.name === undefined) {
  console.error(`--zip needs --name.\n\n${usage}`);
  process.exitCode = 2;
} else {
  const built = values.zip === undefined ? await buildProject(values.project) : { name: "", zip: values.zip };
  const passed = await deploy(clientFromEnvironment(), {
    name: values.name ?? built.name,
    archive: built.zip,
    instances: values.instance,
    check: values.check,
    records: values.records,
  });
  process.exitCode = passed ? 0 : 1;
}
