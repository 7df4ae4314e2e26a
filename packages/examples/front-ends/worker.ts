// A Cloudflare Worker that lists the customizers as JSON. The secrets are bindings: `wrangler secret put SAIL_CLIENT_SECRET`.
// Add your own sign-in before you publish it.
import { createClient, IscError } from "@isc-customizers/client";

interface Env {
  readonly SAIL_BASE_URL: string;
  readonly SAIL_CLIENT_ID: string;
  readonly SAIL_CLIENT_SECRET: string;
}

// oxlint-disable-next-line import/no-default-export -- a Worker is the default export
export default {
  async fetch(_request: Request, env: Env): Promise<Response> {
    const customizers = createClient({
      baseUrl: env.SAIL_BASE_URL,
      auth: { clientId: env.SAIL_CLIENT_ID, clientSecret: env.SAIL_CLIENT_SECRET },
    });
    try {
      return Response.json(await customizers.listConnectorCustomizers().all());
    } catch (error) {
      if (!(error instanceof IscError)) throw error;
      console.error(error.message);
      return Response.json({ error: "The tenant cannot be used." }, { status: 502 });
    }
  },
};
