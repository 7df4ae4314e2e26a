// A route of Next.js: save it as app/api/customizers/route.ts. GET lists the customizers, POST creates one. Add your own sign-in.
import { ApiError, type Client } from "@isc-customizers/client";
import { clientFromEnvironment } from "@isc-customizers/client/node";

let client: Client | undefined;

/** Creates the client at the first request, because the build of Next.js has no credentials. */
function customizers(): Client {
  return (client ??= clientFromEnvironment());
}

export async function GET(): Promise<Response> {
  return Response.json(await customizers().listConnectorCustomizers().all());
}

export async function POST(request: Request): Promise<Response> {
  const body = (await request.json().catch(() => null)) as { name?: unknown } | null;
  const name = body?.name;
  if (typeof name !== "string" || name === "")
    return Response.json({ error: "Give a name." }, { status: 400 });
  try {
    return Response.json(await customizers().createConnectorCustomizer({ body: { name } }), { status: 201 });
  } catch (error) {
    if (error instanceof ApiError && error.status === 400)
      return Response.json({ error: error.messages[0]?.text }, { status: 400 });
    throw error;
  }
}
