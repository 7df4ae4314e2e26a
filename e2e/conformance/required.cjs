// Runtimes that have CommonJS run this file.
const { createClient, IscError } = require("@isc-customizers/client");
const { clientFromEnvironment, undiciFetch, zipFromFile } = require("@isc-customizers/client/node");

const client = createClient({ tenant: "acme", auth: { accessToken: "a" } });
console.log(
  JSON.stringify({
    methods: typeof client.listConnectorCustomizers,
    errors: IscError.name,
    node: [clientFromEnvironment, undiciFetch, zipFromFile].map((exported) => typeof exported),
  }),
);
